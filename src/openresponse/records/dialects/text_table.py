"""A table of text, as every kind of file is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from openresponse.program import Column, Extract, Heading

TEXT = pd.StringDtype("pyarrow")
AND = " + "  # between several values of one cell


@dataclass(frozen=True)
class TextTable:
    """cells: a column for each heading that the program file names, under the name it has there;
    the index is the number of the row in the file, as a spreadsheet counts, and blank rows are
    gone. malformed: the numbers of the rows with more cells than headings. form: what kind of file
    it is and how it is written, in words. detected: what of that the program file does not say.
    """

    cells: pd.DataFrame
    form: str
    detected: tuple[str, ...] = ()
    malformed: tuple[int, ...] = ()
    absent: frozenset[str] = frozenset()


def columns(extract: Extract, chosen: Iterable[Column]) -> list[Heading]:
    """The headings and places of the chosen columns, each once, without the one that comes from
    taking the values of a cell apart.
    """
    several = extract.several
    named = [h for one in chosen for h in (*one.names, one.date) if h is not None]
    named += several.columns if several else ()
    return [one for one in dict.fromkeys(named) if several is None or one != several.heading]


def empty(extract: Extract) -> TextTable:
    """A file without a row."""
    newest = [column.forms[-1] for column in extract.columns.values()]
    return of_columns(
        {one: pa.chunked_array([[]], pa.string()) for one in columns(extract, newest)},
        2,
        0,
        form="",
    )


def of_columns(
    arrays: Mapping[Heading, pa.ChunkedArray], first: int, drop_last: int, **facts: Any
) -> TextTable:
    """A table of columns of text, without outer spaces and without the rows in which all are empty.

    first: the number of the first row. drop_last: how many at the end are no records.
    """
    trimmed = {one: pc.utf8_trim_whitespace(array) for one, array in arrays.items()}
    rows = max(min(map(len, trimmed.values()), default=0) - drop_last, 0)
    cells = pd.DataFrame({one: pd.Series(array, dtype=TEXT) for one, array in trimmed.items()})
    cells.index = pd.RangeIndex(first, first + len(cells), name="row")
    cells = cells.iloc[:rows]
    given = np.zeros(len(cells), dtype=bool)
    for one in cells:
        given |= (cells[one] != "").to_numpy(dtype=bool)
    return TextTable(cells[given], **facts)


def quoted(names: Iterable[object]) -> str:
    return ", ".join(f"`{name}`" for name in names)
