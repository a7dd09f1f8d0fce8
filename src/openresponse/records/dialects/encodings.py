"""How a text file is encoded, and how many lines it has."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from openresponse.errors import ExtractError
from openresponse.program import ExtractName
from openresponse.records.dialects import packing

CHUNK = 2**20
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Without a mark, as most programs write: UTF-8 is never valid by chance, and what is left is what
# Windows writes in America.
LAST = "cp1252"


@dataclass(frozen=True)
class TextFile:
    """encoding: with which all of it can be read. head, tail: its first and last letters. lines:
    how many, the last one counts whether or not it is ended.
    """

    encoding: str
    head: str
    tail: str
    lines: int


def examined(path: Path, declared: str | None, name: ExtractName) -> TextFile:
    """The file with the encoding that the program file says, or with the one it has; ExtractError
    where it has another one, or none.
    """
    with packing.opened(path) as file:
        head = file.read(CHUNK)
    marked = next((one for mark, one in MARKS.items() if head.startswith(mark)), None)
    marked = marked or _without_mark(head)
    if declared is None:
        read = _read(path, marked or "utf-8") or (None if marked else _read(path, LAST))
    else:
        right = codecs.lookup(marked or "utf-8").name
        read = None if marked and _family(right) != _family(declared) else _read(path, declared)
        if read and _is_one_byte(declared) and not head.isascii() and _read(path, "utf-8"):
            read = None
    if read is None:
        known = f"not readable as {declared}" if declared else "neither UTF-8 nor Windows-1252"
        raise ExtractError(
            f"{path}: {known}. Save it as UTF-8, or set `extracts.{name}.encoding` in the program"
            " file to what it is."
        )
    return read


def _without_mark(head: bytes) -> str | None:
    """UTF-16 by the empty halves of its letters."""
    start = head[:1000]
    if b"\0" not in start:
        return None
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def _family(encoding: str) -> str:
    return codecs.lookup(encoding).name.removesuffix("-sig")[:6]


def _is_one_byte(encoding: str) -> bool:
    """Whether it takes every byte for a letter, so that it never finds that it is the wrong one."""
    return len(bytes(range(0xA0, 0x100)).decode(encoding, "ignore")) == 0x60


def _read(path: Path, encoding: str) -> TextFile | None:
    """None where the file is not encoded so; ExtractError where it is too large."""
    decoder = codecs.getincrementaldecoder(encoding)()
    head, tail, lines, size, ended = "", "", 0, 0, True
    with packing.opened(path) as file:
        while True:
            chunk = file.read(CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeError:
                return None
            size += len(chunk)
            if size > packing.MOST_UNPACKED:
                raise ExtractError(f"{path}: is too large. Deliver it in several files.")
            head = head or text
            tail = text if len(text) == CHUNK else (tail + text)[-CHUNK:]
            lines += text.count("\n") or text.count("\r")
            ended = text.endswith(("\n", "\r")) if text else ended
            if not chunk:
                return TextFile(encoding, head, tail, lines + (not ended))
