"""Tables of text in the fields of the schema, as the program file maps them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from itertools import pairwise
from pathlib import Path

import pandas as pd

from openresponse.errors import ExtractError
from openresponse.program import Column, Extract, ExtractName, Program
from openresponse.records import clock, vocabulary
from openresponse.records.column_readings import FIRST_ROWS
from openresponse.records.dialects import TextTable, quoted
from openresponse.records.schema import FIELDS, MOMENTS, Kind
from openresponse.records.written import ages, amounts, moments, parts, spellings

NOWHERE = Column(column="")  # of a field that is not mapped


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

    def without(self, rows: pd.Series) -> "Cells":
        """The same where these rows are not asked for a value."""
        return replace(self, unreadable=self.unreadable & ~rows)


def mapped(
    table: TextTable, path: Path, name: ExtractName, program: Program
) -> tuple[pd.DataFrame, dict[str, Cells]]:
    """The fields of the extract `name`, with `row`, `handling`, `malformed` (more cells than
    headings) and `<field>_given` as
    `delivery.read` has them; and the cells of each. An optional field that is not mapped is empty.
    """
    extract, numbers = program.extracts[name], table.cells.index
    # Rows out of one cell have one number, so numbers cannot tell rows apart.
    table = replace(table, cells=table.cells.reset_index(drop=True))
    cells = _cells(table, name, program)
    out = pd.DataFrame({"row": numbers}, index=table.cells.index)
    out["handling"] = pd.Series("", index=out.index, dtype="string")
    malformed, outside = out["row"].isin(table.malformed), _outside(table, extract)
    _set(out, malformed, "unreadable")
    out["malformed"] = malformed
    _set(out, outside, "not_ours")
    for field, rule in FIELDS[name].items():
        column = extract.columns.get(field)
        if column is None and not rule.optional:
            raise ExtractError(
                f"{path}: no column is mapped to the field `{field}`. Add "
                f"`extracts.{name}.columns.{field}` to the program file."
            )
        cells[field] = cells[field].without(outside | malformed)
        out[field] = cells[field].values
        if rule.kind in ("time", "date"):
            never_read = cells[field].unreadable if rule.kind == "date" else False
            out[f"{field}_given"] = out[field].notna() | never_read
        unreadable = cells[field].unreadable
        if rule.kind == "code" and column is not None:
            _few(out.loc[unreadable, "row"], column, of=len(out), path=path, program=program)
        if rule.essential:
            _set(out, unreadable, "unknown_code" if rule.kind == "code" else "unreadable")
            _set(out, out[field].isna(), "required_field_missing")
    return _in_order(out, cells, name, extract), cells


def text(table: TextTable, column: Column, extract: Extract) -> pd.Series:
    """The cells of a column without the words that mean nothing; with `date`, after the date."""
    if column is NOWHERE or column.column not in table.cells:
        return pd.Series("", index=table.cells.index, dtype="string")
    cells = parts.recorded(table.cells[column.column], (*extract.missing, *column.missing))
    if column.date is not None:
        cells = moments.joined(table.cells[column.date], cells)
    return cells


def every_part(table: TextTable, column: Column, extract: Extract) -> set[str]:
    """Every text in a column that could be the field's: all that its pattern matches, not only what
    is read.
    """
    whole = text(table, column, extract)
    if column.pattern is None:
        return set(whole.unique())
    return set(whole.str.extractall(column.pattern)[0].str.strip().dropna())


def _cells(table: TextTable, name: ExtractName, program: Program) -> dict[str, Cells]:
    """The cells of each field of the schema; what is counted from another field comes after it."""
    extract = program.extracts[name]
    cells: dict[str, Cells] = {}
    waiting = list(FIELDS[name])
    while waiting:
        field = waiting.pop(0)
        column = extract.columns.get(field, NOWHERE)
        if column.after in waiting:
            waiting.append(field)
            continue
        cells[field] = _read(
            text(table, column, extract),
            column,
            FIELDS[name][field].kind,
            program.program.zone,
            earlier=cells[column.after].values if column.after else None,
            words=None if column.codes else vocabulary.words(field, program),
        )
    return cells


def _read(
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
        values = spellings.codes(part, column.codes, column.otherwise)
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


def _outside(table: TextTable, extract: Extract) -> pd.Series:
    """Which rows are about something else."""
    outside = pd.Series(False, index=table.cells.index)
    for column in extract.columns.values():
        if column.not_ours:
            outside |= spellings.any_of(text(table, column, extract), column.not_ours)
    return outside


def _set(out: pd.DataFrame, rows: pd.Series, handling: str) -> None:
    out.loc[rows & (out["handling"] == ""), "handling"] = handling


def _few(unknown: pd.Series, column: Column, *, of: int, path: Path, program: Program) -> None:
    """ExtractError where so many rows have an unknown code that the program file must be wrong."""
    if len(unknown) > program.unknown_code_limit * of:
        rows = ", ".join(str(row) for row in unknown.head(FIRST_ROWS))
        raise ExtractError(
            f"{path}, column {quoted([column.column])}: a code that the program file does not list"
            f" in {len(unknown)} of {of} rows (the first are {rows}). Listed are"
            f" {quoted(column.codes)}; add the new one to the program file."
        )


def _in_order(
    out: pd.DataFrame, cells: dict[str, Cells], name: ExtractName, extract: Extract
) -> pd.DataFrame:
    """The rows with their moments one after the other, where a column holds only a time of day, or
    an hour that comes twice: of two readings in order, the one nearer to the row's other moments.
    Where both are in order it stays ambiguous in `cells`.
    """
    out, latest = out.copy(), None
    fields = MOMENTS.get(name, ())
    for field in fields:
        if latest is not None:
            if extract.columns.get(field, NOWHERE).date is not None:
                out[field] = clock.not_before(out[field], latest)
            twice = cells[field].ambiguous
            second = twice & (out[field] < latest) & (out[field] + clock.HOUR >= latest)
            out[field] = out[field].mask(second, out[field] + clock.HOUR)
            cells[field] = replace(cells[field], ambiguous=twice & ~second)
        latest = out[field] if latest is None else out[field].fillna(latest)
    for field, following in reversed(list(pairwise(fields))):
        twice = cells[field].ambiguous & ~cells[following].ambiguous
        second = twice & (out[field] + clock.HOUR <= out[following])
        out[field] = out[field].mask(second, out[field] + clock.HOUR)
    return out
