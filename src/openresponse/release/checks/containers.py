"""Archives, workbooks, Parquet files and pictures, opened for a search."""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from openresponse.release.checks.readable import LARGEST, Part, Text, UnreadableError, inside

PNG = b"\x89PNG\r\n\x1a\n"
# The parts of a picture that hold its pixels and colours. What the pixels show is proved by making
# the pictures again, as are the shapes of a drawing.
PIXELS = frozenset(b"IHDR PLTE IDAT IEND tRNS pHYs gAMA cHRM sRGB sBIT bKGD".split())
# In a workbook's parts: addresses of cells; and cells that point to a text, which is read in the
# list of texts, and the frame of every other, which is the same for every value.
ADDRESS = re.compile(r'\s(?:r|ref|sqref|spans|activeCell|topLeftCell)="[A-Z0-9:$ ]*"')
CELL = re.compile(
    r'<c(?: s="\d+")? t="s"><v>\d+</v></c>'
    r'|<c(?: s="\d+")?(?: t="[a-zA-Z]+")?\s?/?>|</?(?:is|t|v|row)>|</c>'
)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    CalamineError,
    RuntimeError,
    NotImplementedError,
    KeyError,
    ValueError,
)


def archive(content: bytes, member: str) -> Iterator[Text | Part]:
    """The files of an archive; of a workbook, its markup and its cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise UnreadableError
            yield Text(member, packed.comment.decode("utf-8", "replace"))
            is_workbook = "xl/workbook.xml" in packed.namelist()
            for part in packed.infolist():
                where, held = inside(member, part.filename), packed.read(part)
                yield Text(where, f"{part.comment!r} {part.extra!r}")
                if is_workbook and part.filename.endswith((".xml", ".rels")):
                    yield Text(where, _markup(characters(held)), markup=True)
                else:
                    yield Part(where, part.filename, held)
            if is_workbook:
                yield Text(inside(member, "cells"), _cells(content))
    except BROKEN:
        raise UnreadableError from None


def parquet(content: bytes, member: str) -> Iterator[Text]:
    """The rows as a CSV file has them, and what the file says of itself."""
    import pyarrow  # half a second, for a search that most commands never make
    from pyarrow.parquet import ParquetFile

    try:
        file = ParquetFile(io.BytesIO(content))
        about = file.metadata
        groups = range(file.num_row_groups)
        if sum(about.row_group(group).total_byte_size for group in groups) > LARGEST:
            raise UnreadableError
        metadata = [
            f"{key.decode()}: {value.decode()}" for key, value in (about.metadata or {}).items()
        ]
        yield Text(inside(member, "metadata"), "\n".join([about.created_by, *metadata]))
        yield Text(inside(member, "rows"), file.read().to_pandas().to_csv(index=False))
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError):
        raise UnreadableError from None


def unzipped(content: bytes, name: str, member: str) -> Part:
    """The file in a file that was compressed with gzip."""
    try:
        with gzip.open(io.BytesIO(content)) as stream:
            held = stream.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise UnreadableError from None
    return Part(inside(member, "gzip"), name.removesuffix(".gz"), held)


def characters(content: bytes) -> str:
    """The characters of a file that is nothing but text."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError from None
    if "\0" in text:
        raise UnreadableError
    return text


def check_png(content: bytes) -> None:
    """UnreadableError where a picture holds anything but pixels: a text, a place, a time, or bytes
    after its end.
    """
    at, last = len(PNG), b""
    while at < len(content) and last != b"IEND":
        length, last = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if last not in PIXELS:
            raise UnreadableError
        at += length + 12
    if at != len(content) or last != b"IEND":
        raise UnreadableError


def _markup(text: str) -> str:
    """A part of a workbook, each value and each other tag once: which of them are together is read
    from the cells.
    """
    return "\n".join(dict.fromkeys(CELL.sub("\n", ADDRESS.sub("", text)).split("\n")))


def _cells(content: bytes) -> str:
    """The cells of a workbook as they are shown: a day and a time are a fraction in the file."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return "\n".join(_shown(cell) for row in rows for cell in row if cell != "")


def _shown(cell: int | float | str | bool | time | date | datetime | timedelta) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
