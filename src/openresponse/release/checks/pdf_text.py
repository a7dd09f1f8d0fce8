"""The texts of a PDF: what its pages show, and every text that any object of it holds (title, alt
text, note, address, attachment).
"""

import io
import re
from collections.abc import Iterator

from openresponse.release.checks.readable import Part, Text, UnreadableError, inside

HELD = ("/Metadata", "/EmbeddedFile")  # objects that are files of their own


def texts(content: bytes, member: str) -> Iterator[Text | Part]:
    """The texts of pages and objects, and the files in them."""
    import pypdf  # a third of a second, for a search that most commands never make

    try:
        document = pypdf.PdfReader(io.BytesIO(content))
        for number, page in enumerate(document.pages, start=1):
            # Cells of one row come out with a space between; they are not one number.
            shown = re.sub(r"(?<=\d) (?=\d)", "\n", page.extract_text())
            yield Text(inside(member, f"page {number}"), shown)
        for number in range(1, int(str(document.trailer["/Size"]))):
            where = inside(member, f"object {number}")
            held = document.get_object(pypdf.generic.IndirectObject(number, 0, document))
            yield Text(where, "\n".join(_strings(held)))
            if isinstance(held, pypdf.generic.StreamObject) and held.get("/Type") in HELD:
                yield Part(where, "", held.get_data())
    except (
        pypdf.errors.PyPdfError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
    ):
        raise UnreadableError from None


def _strings(held: object) -> Iterator[str]:
    """The texts directly in an object of a PDF, not in those it refers to."""
    from pypdf.generic import ByteStringObject, DictionaryObject, TextStringObject

    if isinstance(held, TextStringObject):
        yield str(held)
    elif isinstance(held, ByteStringObject):
        yield held.decode("latin-1")
    elif isinstance(held, DictionaryObject):
        for key in held:
            yield from _strings(held.raw_get(key))
    elif isinstance(held, list):
        for part in list.__iter__(held):
            yield from _strings(part)
