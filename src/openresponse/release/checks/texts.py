"""Every published file as the text that a reader, or a program, can get out of it."""

import re
from base64 import b64decode
from collections.abc import Iterator

from openresponse.media import vega
from openresponse.release.checks import containers, pdf_text
from openresponse.release.checks.readable import LARGEST, Part, Text, UnreadableError, inside

DEEPEST = 4  # archives within archives
EMBEDDED = re.compile(r"data:[\w/+.;=-]*;base64,([A-Za-z0-9+/=\s]+)")


def texts(content: bytes, name: str, member: str = "", depth: int = 0) -> Iterator[Text]:
    """Every text in the bytes of a file called `name`; UnreadableError where there is a part that
    cannot be searched.
    """
    if depth > DEEPEST or len(content) > LARGEST:
        raise UnreadableError
    yield Text(member, name, name=True)
    for one in _content(content, name, member):
        if isinstance(one, Part):
            yield from texts(one.content, one.name, one.member, depth + 1)
        else:
            yield one


def _content(content: bytes, name: str, member: str) -> Iterator[Text | Part]:
    """The texts of a file, and the files in it, by what its first bytes say it is."""
    if content.startswith(b"PK\x03\x04"):
        yield from containers.archive(content, member)
    elif content.startswith(b"PAR1"):
        yield from containers.parquet(content, member)
    elif content.startswith(b"%PDF"):
        yield from pdf_text.texts(content, member)
    elif content.startswith(b"\x1f\x8b"):
        yield containers.unzipped(content, name, member)
    elif content.startswith(containers.PNG):
        containers.check_png(content)
    else:
        yield from _characters(containers.characters(content), name, member)


def _characters(text: str, name: str, member: str) -> Iterator[Text | Part]:
    # Code of others, the same for every release: it knows no record.
    if name == vega.FILE and text == vega.library():
        return
    yield Text(member, text)
    if name.endswith(".ipynb"):
        # A notebook's lines may be a list of strings, joined when it is shown.
        yield Text(member, re.sub(r'"\s*,\s*"', "", text))
    if name.endswith(".ics"):
        # A calendar's long lines go on after a line end and a blank.
        yield Text(member, re.sub(r"\r?\n[ \t]", "", text))
    for number, blob in enumerate(EMBEDDED.findall(text), start=1):
        yield Part(inside(member, f"embedded {number}"), "", b64decode(blob))
