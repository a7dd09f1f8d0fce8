"""Tables of text in the fields of the schema, as the program file maps them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd

from openresponse.errors import ExtractError
from openresponse.program import Column, Extract, ExtractName, Program
from openresponse.records import clock, vocabulary
from openresponse.records.dialects import TextTable, quoted
from openresponse.records.schema import FIELDS, MOMENTS
from openresponse.records.written import column_cells
from openresponse.records.written.column_cells import Cells

NOWHERE = Column(column="")  # of a field that is not mapped, or whose column a file may lack


def mapped(
    table: TextTable,
    path: Path,
    name: ExtractName,
    extract: Extract,
    program: Program,
    *,
    day: date,
) -> tuple[pd.DataFrame, dict[str, Cells]]:
    """The fields of an extract, with `row`, `handling`, `malformed` (more cells than headings) and
    `<field>_given` as `delivery.read` has them; and the cells of each. An optional field that is
    not mapped is empty.

    name: what it is an extract of. day: of a row that has no moment of its own.
    """
    numbers = table.cells.index
    # Rows out of one cell have one number, so numbers cannot tell rows apart.
    table = replace(table, cells=table.cells.reset_index(drop=True))
    for field, rule in FIELDS[name].items():
        if field not in extract.columns and not rule.optional:
            raise ExtractError(
                f"{path}: no column is mapped to the field `{field}`. Add "
                f"`extracts.{name}.columns.{field}` to the program file."
            )
    fields, outside = _fields(table, path, name, extract, program, pd.Timestamp(day))
    out = pd.DataFrame({"row": numbers}, index=table.cells.index)
    out["handling"] = pd.Series("", index=out.index, dtype="string")
    malformed = out["row"].isin(table.malformed)
    _set(out, malformed, "unreadable")
    out["malformed"] = malformed
    _set(out, outside, "not_ours")
    for field, rule in FIELDS[name].items():
        fields[field] = fields[field].without(outside | malformed)
        out[field] = fields[field].values
        if rule.kind in ("time", "date"):
            never_read = fields[field].unreadable if rule.kind == "date" else False
            out[f"{field}_given"] = out[field].notna() | never_read
        if rule.essential:
            why_not = "unknown_code" if rule.kind == "code" else "unreadable"
            _set(out, fields[field].unreadable, why_not)
            _set(out, out[field].isna(), "required_field_missing")
    return _in_order(out, fields, name, extract), fields


def columns_there(table: TextTable, column: Column | None, path: Path) -> tuple[Column, ...]:
    """The forms of a column that a file has, the oldest first; none where it may lack them.
    ExtractError where it has several names of one form.
    """
    if column is None:
        return ()
    there = tuple(form for form in column.forms if form.names[0] in table.cells)
    for one, other in pairwise(there):
        if one.model_copy(update={"column": other.column}) == other:
            raise ExtractError(
                f"{path}: {quoted([*one.names, *other.names])} are both there, and the program file"
                " has them as names of one column. Take out the one that is not meant."
            )
    return there


def _fields(
    table: TextTable,
    path: Path,
    name: ExtractName,
    extract: Extract,
    program: Program,
    day: pd.Timestamp,
) -> tuple[dict[str, Cells], pd.Series]:
    """The cells of each field of the schema, and which rows are about something else.

    The moment of a row comes first, since it says which form of a column holds; what is counted
    from another field comes after that.
    """
    outside = pd.Series(False, index=table.cells.index)
    days = pd.Series(day, index=table.cells.index)
    fields: dict[str, Cells] = {}
    first = next(iter(MOMENTS.get(name, ())), None)
    waiting = sorted(FIELDS[name], key=lambda field: field != first)
    while waiting:
        field = waiting.pop(0)
        forms = columns_there(table, extract.columns.get(field), path)
        if any(form.after in waiting for form in forms):
            waiting.append(field)
            continue
        kind = FIELDS[name][field].kind
        texts = [column_cells.text(table, form, extract, kind) for form in forms or (NOWHERE,)]
        read = [
            column_cells.read(
                text,
                form,
                kind,
                program.program.zone,
                earlier=fields[form.after].values if form.after else None,
                words=None if form.codes else vocabulary.words(field, program),
            )
            for text, form in zip(texts, forms or (NOWHERE,), strict=True)
        ]
        own = [_days(one, days, program) if field == first else days for one in read]
        holds = [form.holds_on(day) for form, day in zip(forms, own, strict=False)]
        fields[field] = _one_after_the_other(read, holds)
        for text, form, rows in zip(texts, forms, holds, strict=False):  # none of NOWHERE
            outside |= column_cells.outside(text, form) & (rows | (len(forms) == 1))
        if field == first:
            days = _days(fields[field], days, program)
    return fields, outside


def _one_after_the_other(read: Sequence[Cells], holds: Sequence[pd.Series]) -> Cells:
    """The cells of each row as the form reads them that holds for it; where none does they cannot
    be read. A single form holds for all.
    """
    if len(read) == 1:
        return read[0]
    chosen = read[0].only(holds[0])
    for one, rows in zip(read[1:], holds[1:], strict=True):
        chosen = one.where(rows, chosen)
    return chosen


def _days(moments: Cells, otherwise: pd.Series, program: Program) -> pd.Series:
    """The local day of each moment; another where there is none."""
    local = moments.values.dt.tz_convert(program.program.zone).dt.tz_localize(None)
    return local.dt.normalize().fillna(otherwise)


def _set(out: pd.DataFrame, rows: pd.Series, handling: str) -> None:
    out.loc[rows & (out["handling"] == ""), "handling"] = handling


def _in_order(
    out: pd.DataFrame, fields: dict[str, Cells], name: ExtractName, extract: Extract
) -> pd.DataFrame:
    """The rows with their moments one after the other, where a column holds only a time of day, or
    an hour that comes twice: of two readings in order, the one nearer to the row's other moments.
    Where both are in order it stays ambiguous in `fields`.
    """
    out, latest = out.copy(), None
    moments = MOMENTS.get(name, ())
    for field in moments:
        if latest is not None:
            if any(form.date is not None for form in extract.columns.get(field, NOWHERE).forms):
                out[field] = clock.not_before(out[field], latest)
            twice = fields[field].ambiguous
            second = twice & (out[field] < latest) & (out[field] + clock.HOUR >= latest)
            out[field] = out[field].mask(second, out[field] + clock.HOUR)
            fields[field] = replace(fields[field], ambiguous=twice & ~second)
        latest = out[field] if latest is None else out[field].fillna(latest)
    for field, following in reversed(list(pairwise(moments))):
        twice = fields[field].ambiguous & ~fields[following].ambiguous
        second = twice & (out[field] + clock.HOUR <= out[following])
        out[field] = out[field].mask(second, out[field] + clock.HOUR)
    return out
