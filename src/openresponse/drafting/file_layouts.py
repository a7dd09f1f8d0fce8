"""How an unknown file is laid out: where its headings are, how its cells are divided, and which of
its last rows are no records.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine
from pyarrow import parquet

from openresponse.errors import ExtractError
from openresponse.program import DELIMITERS, Extract, ExtractName, nemsis
from openresponse.records import dialects
from openresponse.records.dialects import TextTable, care_records, encodings, spreadsheets

FIRST_ROWS = 30
MOST_TOTALS = 5  # rows of totals, of notes and of signatures at the end of a file
ANY: ExtractName = "incidents"  # what an error names where nobody knows yet what a file holds
NO_LETTER = re.compile(r"^[\W\d_]*$")


@dataclass(frozen=True)
class Layout:
    """keys: those of an extract in the program file that the layout asks for."""

    path: Path
    headings: tuple[str, ...]
    keys: dict[str, Any] = field(default_factory=dict)

    def read(self) -> TextTable:
        """Every column, in the order of the headings."""
        name: ExtractName
        columns: dict[str, Any]
        if care_records.is_care_records(self.path):
            name, columns = "epcr", dict(nemsis.ELEMENT_OF)
        else:
            name, columns = ANY, {f"c{at}": at for at in range(1, len(self.headings) + 1)}
        extract = Extract(file=self.path.name, columns=columns, **self.keys)
        return dialects.read(self.path, extract, name)


def layout(path: Path) -> Layout:
    """The layout of a file; ExtractError where it has no headings."""
    if care_records.is_care_records(path):
        return Layout(path, tuple(nemsis.ELEMENT_OF.values()), {"standard": nemsis.NAME})
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return Layout(path, tuple(parquet.read_schema(path).names))
    if suffix in spreadsheets.SUFFIXES:
        return _of_workbook(path)
    return _of_text(path)


def _of_workbook(path: Path) -> Layout:
    book = python_calamine.CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        rows = [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        above = _line_of_headings(rows[:FIRST_ROWS])
        if above is not None:
            keys = {"sheet": name} if len(book.sheet_names) > 1 else {}
            return Layout(path, tuple(rows[above]), keys | _rows_left_out(rows, above))
    raise _without_headings(path)


def _of_text(path: Path) -> Layout:
    text = encodings.examined(path, None, ANY)
    tried = {
        name: (rows, _line_of_headings(rows[:FIRST_ROWS]))
        for name, sign in DELIMITERS.items()
        for rows in [_rows(text.head, sign)]
    }
    there = {name: (rows, above) for name, (rows, above) in tried.items() if above is not None}
    if not there:
        raise _without_headings(path)
    name = max(there, key=lambda one: len(there[one][0][there[one][1]]))
    rows, above = there[name]
    last = _rows(text.tail, DELIMITERS[name])
    keys: dict[str, Any] = {} if name == "comma" else {"delimiter": name}
    if text.encoding not in ("utf-8", "utf-8-sig"):
        keys["encoding"] = text.encoding
    return Layout(
        path, tuple(rows[above]), keys | _rows_left_out([*rows[: above + 1], *last], above)
    )


def _rows(text: str, sign: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=sign))
    except csv.Error:
        return []


def _line_of_headings(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row that is as wide as the widest and holds words that differ."""
    filled = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    widest = max(map(len, filled), default=0)
    for number, cells in enumerate(filled):
        different = len({cell.casefold() for cell in cells}) == len(cells)
        words = not any(NO_LETTER.match(cell) for cell in cells)
        if len(cells) > 1 and 0.7 * widest <= len(cells) and different and words:
            return number
    return None


def _rows_left_out(rows: Sequence[Sequence[str]], above: int) -> dict[str, int]:
    """How many rows above the headings and at the end are no records."""
    widest, totals = sum(bool(cell.strip()) for cell in rows[above]), 0
    for row in reversed(rows[above + 1 :]):
        cells = sum(bool(cell.strip()) for cell in row)
        if cells > max(2, 0.25 * widest) or totals == MOST_TOTALS:
            break
        totals += cells > 0
    counted = {"skip_rows": above, "skip_last": totals if widest > 3 else 0}
    return {key: count for key, count in counted.items() if count}


def _without_headings(path: Path) -> ExtractError:
    return ExtractError(
        f"{path}: no row of headings among the first {FIRST_ROWS}. Export it with headings."
    )
