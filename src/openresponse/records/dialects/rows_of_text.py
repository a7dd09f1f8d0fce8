"""The rows of a text file below its headings, every cell as text."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from openresponse.errors import ExtractError
from openresponse.records.dialects import packing

BLOCK = 2**24  # bytes read at a time, and the most that one row may have


@dataclass(frozen=True)
class Shape:
    """above: lines down to the headings. columns: how many headings. lines: of the whole file."""

    encoding: str
    delimiter: str
    above: int
    columns: int
    lines: int


@dataclass(frozen=True)
class Rows:
    """columns: text, by the place of the heading. malformed: numbers of rows with more cells than
    headings.
    """

    columns: dict[int, pa.ChunkedArray]
    malformed: tuple[int, ...]


def read(path: Path, shape: Shape, places: Sequence[int]) -> Rows:
    """The columns at `places`; ExtractError where a quotation mark takes several rows for one.

    A row with fewer cells than headings lacks the last ones.
    """
    if shape.lines <= shape.above:
        return Rows({place: pa.chunked_array([[]], pa.string()) for place in places}, ())
    odd: list[arrow_csv.InvalidRow] = []
    regular = _regular(path, shape, places, odd)
    if shape.above + len(regular) + len(odd) < shape.lines:
        _check_quotation_marks(path, shape)
    if not odd:
        return Rows({place: regular[str(place)] for place in places}, ())
    cells = [_cells(row.text, shape) for row in odd]
    numbers = np.array([row.number for row in odd]) - shape.above - 1
    order = np.argsort(
        np.concatenate([np.setdiff1d(np.arange(len(regular) + len(odd)), numbers), numbers])
    )
    columns = {
        place: pa.chunked_array(
            [*regular[str(place)].chunks, pa.array([row[place] for row in cells], pa.string())]
        ).take(order)
        for place in places
    }
    long = [
        row.number
        for row, row_cells in zip(odd, cells, strict=True)
        if any(row_cells[shape.columns :])
    ]
    return Rows(columns, tuple(long))


def _regular(
    path: Path, shape: Shape, places: Sequence[int], odd: list[arrow_csv.InvalidRow]
) -> pa.Table:
    """The rows with as many cells as headings; the others are put into `odd`."""

    def keep(row: arrow_csv.InvalidRow) -> str:
        odd.append(row)
        return "skip"

    names = [str(place) for place in range(shape.columns)]
    with packing.opened(path) as file:
        return arrow_csv.read_csv(
            pa.PythonFile(file, "r"),
            arrow_csv.ReadOptions(
                use_threads=False,  # else rows have no numbers
                block_size=BLOCK,
                skip_rows=shape.above,
                column_names=names,
                encoding=shape.encoding.removesuffix("-sig"),
            ),
            arrow_csv.ParseOptions(
                delimiter=shape.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=keep,
            ),
            arrow_csv.ConvertOptions(
                include_columns=[str(place) for place in places],
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
            ),
        )


def _cells(text: str, shape: Shape) -> list[str]:
    """The cells of a row, as many as there are headings or more."""
    cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=shape.delimiter), [])
    return cells + [""] * (shape.columns - len(cells))


def _check_quotation_marks(path: Path, shape: Shape) -> None:
    """ExtractError where a cell of several lines has a line that is a whole row by itself."""
    if shape.columns == 1:
        return
    with ExitStack() as stack:
        file = stack.enter_context(packing.opened(path))
        lines = _Lines(io.TextIOWrapper(file, shape.encoding, newline=""))
        for number, _ in enumerate(csv.reader(lines, delimiter=shape.delimiter), start=1):
            for line in lines.taken()[1:]:
                if len(next(csv.reader([line], delimiter=shape.delimiter), [])) == shape.columns:
                    raise ExtractError(
                        f"{path}: a quotation mark in row {number} is not closed, so that rows"
                        " below it would be lost. Export the file again."
                    )


class _Lines:
    """The lines of a file, and those that the last row took."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self._taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self._taken.append(line)
            yield line

    def taken(self) -> list[str]:
        taken, self._taken = self._taken, []
        return taken
