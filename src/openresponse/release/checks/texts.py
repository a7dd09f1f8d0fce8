"""Every published file as the text that a reader, or a program, can get out of it."""

import gzip
import html
import io
import re
import unicodedata
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import brotli

from openresponse.media import vega

DEEPEST = 4  # archives within archives
LARGEST = 500_000_000  # bytes that one file may unpack to
INVISIBLE = {ord(c): None for c in "\u00ad\u200b\u200c\u200d\u2060\ufeff"}
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
EMBEDDED = re.compile(r"data:[\w/+.;=-]*;base64,([A-Za-z0-9+/=\s]+)")
PNG = b"\x89PNG\r\n\x1a\n"
# The parts of a picture that hold its pixels and colours. What the pixels show is told by the
# rebuild, as the shapes of a drawing are.
PIXELS = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"pHYs",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"sBIT",
        b"bKGD",
    }
)
UNSEEN = re.compile(r"<!--.*?-->|<!\[CDATA\[|\]\]>", re.S)
TAG = re.compile(r"</?([a-zA-Z][\w:.-]*)[^<>]*>")
# In a workbook's parts: addresses of cells; and cells that point to a text, which is read in the
# list of texts, and the frame of every other, which is the same for every value.
WHERE = re.compile(r'\s(?:r|ref|sqref|spans|activeCell|topLeftCell)="[A-Z0-9:$ ]*"')
CELL = re.compile(
    r'<c(?: s="\d+")? t="s"><v>\d+</v></c>'
    r'|<c(?: s="\d+")?(?: t="[a-zA-Z]+")?\s?/?>|</?(?:is|t|v|row)>|</c>'
)
JOINED = re.compile(
    r"(?<=\d)[,'\u2019 ](?=\d{3}(?!\d))"
)  # between the thousands of one number, or between two numbers
# Where one of these stands, a line ends; any other tag may stand inside a number.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "circle",
        "c",
        "col",
        "cols",
        "dd",
        "desc",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "g",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "input",
        "item",
        "li",
        "line",
        "link",
        "main",
        "meta",
        "nav",
        "ol",
        "option",
        "p",
        "path",
        "pre",
        "rect",
        "row",
        "script",
        "section",
        "sheetdata",
        "si",
        "style",
        "summary",
        "svg",
        "symbol",
        "table",
        "tbody",
        "td",
        "text",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "use",
        "v",
        "url",
        "loc",
        "guid",
        "pubdate",
        "description",
        "channel",
        "rss",
        "entry",
        "updated",
        "published",
        "summary",
        "id",
    ]
)


class UnreadableError(Exception):
    """A file that nobody can search, so that nobody may publish it."""


@dataclass(frozen=True)
class Text:
    """The text of a file, or of a part of one. member: which part, empty for the file itself.
    markup: it is a part of a workbook, where what stands in the tags are sizes, colours and
    positions."""

    member: str
    content: str
    markup: bool = False

    @property
    def readings(self) -> list[str]:
        """The text decoded, with its tags; and as it is seen, where a number may have been split by
        tags.
        """
        plain = decoded(self.content)
        if "<" not in plain:
            return [plain]
        return [plain, decoded(TAG.sub(_seam, UNSEEN.sub("", plain)))]


def texts(content: bytes, name: str, member: str = "", depth: int = 0) -> Iterator[Text]:
    """Every text in the bytes of a file called `name`; UnreadableError where there is a part that cannot
    be searched.
    """
    if depth > DEEPEST or len(content) > LARGEST:
        raise UnreadableError
    yield Text(member, name)
    if content.startswith(b"PK\x03\x04"):
        yield from _archive(content, member, depth)
    elif content.startswith(b"PAR1"):
        yield from _parquet(content, member)
    elif content.startswith(b"%PDF"):
        yield from _pdf(content, member, depth)
    elif content.startswith(b"\x1f\x8b"):
        yield from texts(
            _unzipped(content), name.removesuffix(".gz"), _inside(member, "gzip"), depth + 1
        )
    elif content.startswith(PNG):
        _check_png(content)
    else:
        text = _characters(content)
        if (
            name == vega.FILE and text == vega.library()
        ):  # code of others, the same for every release: it knows no record
            return
        yield Text(member, text)
        if name.endswith(
            ".ipynb"
        ):  # a notebook's lines may be a list of strings, joined when it is shown
            yield Text(member, re.sub(r'"\s*,\s*"', "", text))
        if name.endswith(".ics"):  # a calendar's long lines go on after a line end and a blank
            yield Text(member, re.sub(r"\r?\n[ \t]", "", text))
        for number, blob in enumerate(EMBEDDED.findall(text), start=1):
            yield from texts(b64decode(blob), "", _inside(member, f"embedded {number}"), depth + 1)


def decoded(text: str) -> str:
    """Without escapes of HTML, JSON and addresses, however often applied, without invisible and
    look-alike characters.
    """
    for _ in range(3):
        before = text
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
        text = (
            re.sub(r"\\[nrt]", "\n", text)
            .replace('\\"', '"')
            .replace("\\/", "/")
            .replace("\\-", "-")
        )
        text = html.unescape(unquote(text, errors="replace"))
        if text == before:
            break
    return unicodedata.normalize("NFKC", text.translate(INVISIBLE)).translate(DASHES)


def _seam(tag: re.Match) -> str:
    return "\n" if tag[1].lower() in BLOCKS else ""


def _inside(member: str, part: str) -> str:
    return f"{member} > {part}" if member else part


def _characters(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError from None
    if "\0" in text:
        raise UnreadableError
    return text


def _unzipped(content: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as stream:
            return stream.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise UnreadableError from None


def _check_png(content: bytes) -> None:
    """UnreadableError where a picture holds anything but pixels: a text, a place, a time, or bytes after
    its end.
    """
    at, last = len(PNG), b""
    while at < len(content) and last != b"IEND":
        length, last = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if last not in PIXELS:
            raise UnreadableError
        at += length + 12
    if at != len(content) or last != b"IEND":
        raise UnreadableError


def _archive(content: bytes, member: str, depth: int) -> Iterator[Text]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST:
                raise UnreadableError
            yield Text(member, archive.comment.decode("utf-8", "replace"))
            workbook = "xl/workbook.xml" in archive.namelist()
            for part in archive.infolist():
                inside, held = _inside(member, part.filename), archive.read(part)
                yield Text(inside, f"{part.comment!r} {part.extra!r}")
                if workbook and part.filename.endswith((".xml", ".rels")):
                    yield Text(inside, _markup(_characters(held)), markup=True)
                else:
                    yield from texts(held, part.filename, inside, depth + 1)
            if workbook:
                yield Text(_inside(member, "cells"), _cells(content))
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        zlib.error,
        KeyError,
        ValueError,
    ):
        raise UnreadableError from None


def _markup(text: str) -> str:
    """A part of a workbook, each value and each other tag once: which of them stand together is
    read from the cells.
    """
    return "\n".join(dict.fromkeys(CELL.sub("\n", WHERE.sub("", text)).split("\n")))


@lru_cache(maxsize=32)  # a release's workbook lies in several folders and in its archive
def _cells(content: bytes) -> str:
    """The cells of a workbook as they are shown: a day and a time are a fraction in the file."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return "\n".join(
        str(cell)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    )


def _parquet(content: bytes, member: str) -> Iterator[Text]:
    """The rows as a CSV file has them, and what the file says of itself."""
    import pyarrow
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(io.BytesIO(content))
        if (
            sum(
                file.metadata.row_group(group).total_byte_size
                for group in range(file.num_row_groups)
            )
            > LARGEST
        ):
            raise UnreadableError
        told = file.metadata.metadata or {}
        yield Text(
            _inside(member, "metadata"),
            "\n".join(
                [
                    file.metadata.created_by,
                    *(f"{key.decode()}: {value.decode()}" for key, value in told.items()),
                ]
            ),
        )
        yield Text(_inside(member, "rows"), file.read().to_pandas().to_csv(index=False))
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError):
        raise UnreadableError from None


def _pdf(content: bytes, member: str, depth: int) -> Iterator[Text]:
    """What the pages show, and every text that any object of the document holds (title, alt text,
    note, address, attachment).
    """
    import pypdf

    try:
        document = pypdf.PdfReader(io.BytesIO(content))
        for number, page in enumerate(document.pages, start=1):
            # Cells of one row come out with a space between; they are not one number.
            yield Text(
                _inside(member, f"page {number}"),
                re.sub(r"(?<=\d) (?=\d)", "\n", page.extract_text()),
            )
        for number in range(1, int(document.trailer["/Size"])):
            held = document.get_object(pypdf.generic.IndirectObject(number, 0, document))
            yield Text(_inside(member, f"object {number}"), "\n".join(_strings(held)))
            if isinstance(held, pypdf.generic.StreamObject) and held.get("/Type") in (
                "/Metadata",
                "/EmbeddedFile",
            ):
                yield from texts(
                    held.get_data(), "", _inside(member, f"object {number}"), depth + 1
                )
    except (
        pypdf.errors.PyPdfError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
    ):
        raise UnreadableError from None


def _strings(held) -> Iterator[str]:
    """The texts directly in an object of a PDF, not in those it refers to."""
    import pypdf

    if isinstance(held, (pypdf.generic.TextStringObject, pypdf.generic.ByteStringObject)):
        yield str(held) if isinstance(held, str) else held.decode("latin-1")
    elif isinstance(held, dict):
        for key in held:
            yield from _strings(held.raw_get(key))
    elif isinstance(held, list):
        for part in list.__iter__(held):
            yield from _strings(part)


def files(folders) -> list[Path]:
    """Every file below the folders, in order; not those that are the file beside them again,
    compressed.
    """
    found = (
        path
        for folder in folders
        for path in (folder.rglob("*") if folder.is_dir() else [folder])
        if path.is_file()
    )
    return sorted(path for path in found if not _is_copy(path))


def _is_copy(path: Path) -> bool:
    """Whether a compressed file unpacks to exactly what the file of its name without the suffix
    holds, and tells no name or time.
    """
    beside = path.with_suffix("")
    if path.suffix not in (".gz", ".br") or not beside.is_file():
        return False
    packed = path.read_bytes()
    try:
        if path.suffix == ".br":
            return brotli.decompress(packed) == beside.read_bytes()
        stream = zlib.decompressobj(wbits=31)
        return (
            stream.decompress(packed) == beside.read_bytes()
            and not stream.unused_data
            and not any(packed[3:8])
        )
    except (zlib.error, brotli.error):
        return False
