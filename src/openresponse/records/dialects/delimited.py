"""Text files with a delimiter between their cells."""

import csv
import io
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa

from openresponse.errors import ExtractError
from openresponse.program import DELIMITERS, Extract, ExtractName, Heading
from openresponse.records.dialects import encodings, headings, rows_of_text, text_table
from openresponse.records.dialects.text_table import TextTable

FIRST_LINES = 20  # headings are looked for in so many


def read(path: Path, extract: Extract, name: ExtractName) -> TextTable:
    """The mapped columns of one file; ExtractError where it cannot be read or lacks one."""
    every = [form for column in extract.columns.values() for form in column.forms]
    wanted = text_table.columns(extract, every)
    text = encodings.examined(path, extract.encoding, name)
    try:
        delimiter = extract.delimiter or _delimiter(text.head, wanted, extract.skip_rows)
        sign = DELIMITERS[delimiter]
        given, above = _headings(text.head, sign, extract.skip_rows)
        wanted = headings.wanted(extract, given)
        if headings.present(wanted, given) < len(wanted):
            line = headings.line_of(_first_lines(text.head, sign), wanted)
            headings.misplaced(line, extract.skip_rows, path, name)
        places = headings.places(wanted, given, path, name)
        shape = rows_of_text.Shape(text.encoding, sign, above, len(given), text.lines)
        rows = rows_of_text.read(path, shape, sorted(set(places)))
        end = extract.skip_last and extract.skip_last + _blank_at_the_end(text.tail, sign)
    except (csv.Error, pa.ArrowInvalid) as error:
        raise ExtractError(
            f"{path}: not a readable text file ({type(error).__name__}). Look for a quotation mark"
            " that is not closed, and export it again."
        ) from error
    return text_table.of_columns(
        {one: rows.columns[place] for one, place in zip(wanted, places, strict=True)},
        first=above + 1,
        drop_last=end,
        malformed=rows.malformed,
        form=f"text, {delimiter}, {text.encoding}",
        detected=tuple(key for key in ("delimiter", "encoding") if getattr(extract, key) is None),
    )


def _delimiter(head: str, wanted: Sequence[Heading], skip: int) -> str:
    """The one with which most of the wanted headings are there."""

    def fit(delimiter: str) -> tuple[int, int]:
        given, _ = _headings(head, DELIMITERS[delimiter], skip)
        return headings.present(wanted, given), len(given)

    return max(DELIMITERS, key=fit)


def _headings(head: str, sign: str, skip: int) -> tuple[list[str], int]:
    """The headings, and how many lines of the file end with them."""
    lines = io.StringIO(head, newline="")
    for _ in range(skip):
        next(lines, "")
    reader = csv.reader(lines, delimiter=sign)
    return next(reader, []), skip + reader.line_num


def _first_lines(head: str, sign: str) -> list[list[str]]:
    lines = islice(io.StringIO(head, newline=""), FIRST_LINES)
    return [next(csv.reader([line], delimiter=sign), []) for line in lines]


def _blank_at_the_end(tail: str, sign: str) -> int:
    """How many rows at the end of a file have no text in any cell."""
    rest = tail[len(tail.rstrip(f'{sign}\r\n\t "')) :]
    return max(len(rest.splitlines()) - 1, 0)
