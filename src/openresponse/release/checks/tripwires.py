"""What must never be in a published file, whatever made it: traces of one person, one call or one
unit.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from openresponse.errors import DisclosureError, first
from openresponse.release.checks.identifiers import Identifiers
from openresponse.release.checks.published_files import files
from openresponse.release.checks.readable import Text, UnreadableError
from openresponse.release.checks.texts import texts
from openresponse.release.checks.trace_patterns import PATTERNS

UNREADABLE = "cannot be searched"
Search = Callable[[Text], Iterable[str]]  # of a text, what must not be in it


@dataclass(frozen=True, order=True)
class Finding:
    """Where a rule is broken, never by what. member: the part of an archive, workbook or PDF, or
    empty.
    """

    file: Path
    member: str
    rule: str

    def __str__(self) -> str:
        return f"{self.file}{f' ({self.member})' if self.member else ''}: {self.rule}"


NONE = Identifiers()  # nothing is known of the extracts


def traces(contacts: Iterable[str] = (), identifiers: Identifiers = NONE) -> Search:
    """The rules that a text breaks.

    contacts: telephone numbers and addresses that the program publishes for people who seek help,
    as they are in its file. identifiers: what `learn` took from the extracts, where they are at
    hand.
    """
    allowed = frozenset(_bare(contact) for contact in contacts)
    return lambda text: _rules(text, allowed, identifiers)


def look(folders: Iterable[Path], *searches: Search) -> list[Finding]:
    """What the searches find in every text of every file below the folders; a file that cannot be
    searched is itself a finding.

    A release's files lie in several folders and in its archive, so no text is searched twice.
    """
    files_seen: dict[str, set[tuple[str, str]]] = {}
    texts_seen: dict[str, set[str]] = {}

    def within(content: bytes, name: str) -> Iterator[tuple[str, str]]:
        try:
            for text in texts(content, name):
                key = (
                    hashlib.sha256(text.content.encode("utf-8", "surrogatepass")).hexdigest()
                    + f"{text.markup}{text.name}"
                )
                if key not in texts_seen:
                    texts_seen[key] = {rule for search in searches for rule in search(text)}
                yield from ((text.member, rule) for rule in texts_seen[key])
        except UnreadableError:
            yield "", UNREADABLE

    findings = set()
    for path in files(folders):
        content = path.read_bytes()
        key = hashlib.sha256(content).hexdigest() + path.name
        if key not in files_seen:
            files_seen[key] = set(within(content, path.name))
        findings |= {Finding(path, member, rule) for member, rule in files_seen[key]}
    return sorted(findings)


def check(findings: list[Finding]) -> None:
    """DisclosureError that names the first places; nothing where there is none."""
    if findings:
        raise DisclosureError(
            f"What must not be published was found in {first(findings)}. Do not publish. Find what"
            " wrote it there, then make the site again."
        )


def _rules(text: Text, allowed: frozenset[str], identifiers: Identifiers) -> Iterator[str]:
    for reading in text.readings:
        for rule, pattern in PATTERNS.items():
            if any(_bare(match[0]) not in allowed for match in pattern.finditer(reading)):
                yield rule
    if identifiers.within(text):
        yield "identifier of the extracts"


def _bare(contact: str) -> str:
    """A telephone number as its digits, without the country's 1; anything else in small letters."""
    digits = re.sub(r"\D", "", contact)
    return (
        digits.removeprefix("1")
        if len(digits) >= 7 and not re.search(r"[@A-Za-z]", contact)
        else contact.strip().lower()
    )
