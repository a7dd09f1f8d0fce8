"""The cells of one column: what each says, and which say nothing or cannot be read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

import pandas as pd

from openresponse.program import Column, Extract
from openresponse.records import clock
from openresponse.records.dialects import TextTable
from openresponse.records.schema import Kind
from openresponse.records.written import ages, amounts, moments, parts, spellings


@dataclass(frozen=True)
class Cells:
    """One field of every row: its values, which cells record nothing, and which cannot be read.

    ambiguous: which times are of an hour that comes twice, the first or the second.
    """

    values: pd.Series
    empty: pd.Series
    unreadable: pd.Series
    ambiguous: pd.Series

    @classmethod
    def of(cls, values: pd.Series, text: pd.Series) -> "Cells":
        given = text != ""
        nothing = pd.Series(False, index=values.index)
        return cls(values, (~given).astype(bool), (given & values.isna()).astype(bool), nothing)

    def where(self, rows: pd.Series, other: "Cells") -> "Cells":
        """These in the chosen rows, and the other ones elsewhere."""
        return Cells(
            self.values.where(rows, other.values),
            self.empty.where(rows, other.empty),
            self.unreadable.where(rows, other.unreadable),
            self.ambiguous.where(rows, other.ambiguous),
        )

    def only(self, rows: pd.Series) -> "Cells":
        """The same, where filled cells of other rows cannot be read."""
        other = ~rows & ~self.empty
        return replace(self, values=self.values.mask(other), unreadable=self.unreadable | other)

    def without(self, rows: pd.Series) -> "Cells":
        """The same where these rows are not asked for a value."""
        return replace(self, unreadable=self.unreadable & ~rows)


def text(table: TextTable, column: Column, extract: Extract, kind: Kind) -> pd.Series:
    """The cells of a column with one heading, without the words that mean nothing; with `date`,
    after the date. Empty where the table has no such column.

    Why a value is absent is such a word, but among the codes that a column lists.
    """
    (heading,) = column.names
    if heading not in table.cells:
        return pd.Series("", index=table.cells.index, dtype="string")
    nothing = [*extract.missing, *column.missing]
    if kind != "diagnosis":
        nothing += table.absent - set(column.codes)
    cells = parts.recorded(table.cells[heading], nothing)
    if column.date is not None:
        cells = moments.joined(table.cells[column.date], cells)
    return cells


def outside(text: pd.Series, column: Column) -> pd.Series:
    """Which of these cells are of rows about something else."""
    if not column.not_ours:
        return pd.Series(False, index=text.index)
    return spellings.any_of(text, column.not_ours)


def every_part(table: TextTable, column: Column, extract: Extract) -> set[str]:
    """Every text in a column that could be the field's: all that its pattern matches, not only what
    is read.
    """
    whole = text(table, column, extract, "identifier")
    if column.pattern is None:
        return set(whole.unique())
    return set(whole.str.extractall(column.pattern)[0].str.strip().dropna())


def read(
    whole: pd.Series,
    column: Column,
    kind: Kind,
    zone: tzinfo,
    earlier: pd.Series | None,
    words: Sequence[str] | None,
) -> Cells:
    """The cells of one field. earlier: the moments that it is counted from. words: those that a
    code may be, where the program file lists no spellings.
    """
    part = whole if column.pattern is None else parts.cut(whole, column.pattern)
    if kind == "code":
        values = spellings.codes(part, column.codes, column.otherwise, column.more_than_one)
        values = values if words is None else values.where(values.isin(words))
        if column.otherwise is None:
            return Cells.of(values, part)
        return Cells.of(values.mask((part == "") & (whole != ""), column.otherwise), whole)
    if earlier is not None:
        return Cells.of(moments.after(part, column.format, earlier, zone), whole)
    cells = Cells.of(_values(part, column, kind, zone), whole)
    if kind in ("time", "date"):
        never = cells.unreadable & moments.never(whole)
        cells = replace(cells, empty=cells.empty | never).without(never)
    if kind == "time":
        twice = clock.repeated(cells.values, zone)
        twice &= ~moments.exact(part, column.format) if twice.any() else twice
        return replace(cells, ambiguous=twice)
    return cells


def _values(part: pd.Series, column: Column, kind: Kind, zone: tzinfo) -> pd.Series:
    if kind == "time":
        return moments.moments(part, column.format, zone)
    if kind == "date":
        return moments.days(part, column.format, zone)
    if kind == "age":
        return ages.read(part)
    if kind in ("number", "amount"):
        return amounts.numbers(part, column.decimal)
    return part.where(part != "")
