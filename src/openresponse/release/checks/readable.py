"""What a search of published bytes reads: texts, and parts that hold further ones."""

from dataclasses import dataclass

from openresponse.release.checks.plain_text import as_seen, decoded

LARGEST = 500_000_000  # bytes that one file may unpack to


class UnreadableError(Exception):
    """A file that nobody can search, so that nobody may publish it."""


@dataclass(frozen=True)
class Text:
    """The text of a file, or of a part of one. member: which part, empty for the file itself.
    markup: it is a part of a workbook, whose tags hold sizes, colours and positions. name: it is
    what a file is called, and no figure stands there.
    """

    member: str
    content: str
    markup: bool = False
    name: bool = False

    @property
    def readings(self) -> list[str]:
        """The text decoded, with its tags; and as it is seen, where a number may have been split by
        tags.
        """
        plain = decoded(self.content)
        return [plain, as_seen(plain)] if "<" in plain else [plain]


@dataclass(frozen=True)
class Part:
    """A file inside another. member: where. name: what it is called there."""

    member: str
    name: str
    content: bytes


def inside(member: str, part: str) -> str:
    """What a part of a member is called."""
    return f"{member} > {part}" if member else part
