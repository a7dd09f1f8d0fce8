"""Tables of text in the fields of the schema, as the program file maps them."""

from datetime import tzinfo
from pathlib import Path

import numpy as np
import pandas as pd

from openresponse.errors import ExtractError
from openresponse.program import Column, ExtractName, Program
from openresponse.records import clock
from openresponse.records.dialects import quoted
from openresponse.records.schema import FIELDS, MOMENTS, Field

NAMED_ROWS = 10  # of those with an unknown code, so many are named


def mapped(table: pd.DataFrame, path: Path, name: ExtractName, program: Program) -> pd.DataFrame:
    """The fields of the extract `name`, with `row`, `handling` and `<field>_given` as
    `delivery.read` has them. An optional field that is not mapped is empty.
    """
    columns, zone = program.extracts[name].columns, program.program.zone
    out = pd.DataFrame({"row": np.arange(len(table)) + 2}, index=table.index)
    out["handling"] = pd.Series("", index=table.index, dtype="string")
    for field, rule in FIELDS[name].items():
        column = columns.get(field)
        if column is None and not rule.optional:
            raise ExtractError(
                f"{path}: no column is mapped to the field `{field}`. Add "
                f"`extracts.{name}.columns.{field}` to the program file."
            )
        text = cells(table, column)
        is_given = text != "" if column is None else table[column.column] != ""
        out[field] = _values(text, rule, column, zone, is_given)
        if rule.kind == "time":
            out[f"{field}_given"] = text != ""
        if rule.kind == "code" and column is not None:
            unknown = (out[field].isna() & (text != "")).astype(bool)
            _few(out.loc[unknown, "row"], column, of=len(out), path=path, program=program)
            if rule.essential:
                out.loc[unknown, "handling"] = "unknown_code"
        if rule.essential:
            missing = out[field].isna() & (out["handling"] == "")
            out.loc[missing, "handling"] = "required_field_missing"
    return _in_order(out, name, columns)


def cells(table: pd.DataFrame, column: Column | None) -> pd.Series:
    """The text of a field: a part of its column, or the date of another column before it."""
    if column is None:
        return pd.Series("", index=table.index, dtype="string")
    text = table[column.column]
    if column.pattern is not None:
        text = text.str.extract(column.pattern, expand=False).fillna("")
    if column.date is not None:
        text = (table[column.date] + " " + text).where(text != "", "")
    return text


def _values(
    cells: pd.Series, rule: Field, column: Column | None, zone: tzinfo, is_given: pd.Series
) -> pd.Series:
    """is_given: where the file has anything in the column."""
    given = cells.where(cells != "")
    if rule.kind == "time":
        return clock.moments(cells, zone)
    if rule.kind == "code" and column is not None:
        return _codes(cells, column, is_given)
    if rule.kind in ("number", "amount"):
        return pd.to_numeric(given.str.replace(",", ""), errors="coerce").astype("Float64")
    if rule.kind == "date":
        return pd.to_datetime(given, errors="coerce", format="ISO8601").dt.normalize()
    return given


def _codes(cells: pd.Series, column: Column, is_given: pd.Series) -> pd.Series:
    """Our code for each cell, or the cell itself where the program file lists no codes; NA for an
    unknown spelling, unless a code stands for it, and for an empty cell.
    """
    codes = {spelling.strip().casefold(): code for spelling, code in column.codes.items()}
    values = cells.str.casefold().map(codes) if codes else cells.where(cells != "")
    if column.otherwise is not None:  # what nobody wrote down is no group
        values = values.mask(values.isna() & is_given, column.otherwise)
    return values.astype("string")


def _few(unknown: pd.Series, column: Column, *, of: int, path: Path, program: Program) -> None:
    """ExtractError where so many rows have an unknown code that the program file must be wrong."""
    if len(unknown) > program.unknown_code_limit * of:
        rows = ", ".join(str(row) for row in unknown.head(NAMED_ROWS))
        raise ExtractError(
            f"{path}, column {quoted([column.column])}: a code that the program file does not list"
            f" in {len(unknown)} of {of} rows (the first are {rows}). Listed are"
            f" {quoted(column.codes)}; add the new one to the program file."
        )


def _in_order(out: pd.DataFrame, name: ExtractName, columns: dict[str, Column]) -> pd.DataFrame:
    """The rows with their moments one after the other, where a column holds only a time of day."""
    out, latest = out.copy(), None
    for field in MOMENTS.get(name, ()):
        column = columns.get(field)
        if latest is not None and column is not None and column.date is not None:
            out[field] = clock.not_before(out[field], latest)
        latest = out[field] if latest is None else out[field].fillna(latest)
    return out
