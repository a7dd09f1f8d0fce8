"""Extracts as they are delivered, in the fields of the schema.

Only the columns that the program file maps are read. Errors name the file, the column, the row
numbers and what is allowed, and never a cell's value.
"""

import re
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
from pyarrow import ArrowInvalid

from openresponse.errors import ExtractError
from openresponse.program import Column, Extract, Program
from openresponse.records.schema import FIELDS, Field

MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")
FICTIONAL = (  # a drop that holds a file of this name is invented, and all made from it says so
    "FICTIONAL"
)
SUFFIXES = (".csv", ".parquet", ".xlsx")


def drops(folder: Path) -> list[str]:
    """The months for which there is a drop folder, in order."""
    if not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if p.is_dir() and MONTH.match(p.name))


def is_fictional(folder: Path, months: list[str]) -> bool:
    """Whether any drop that is used is marked as invented."""
    return any((folder / month / FICTIONAL).exists() for month in months)


def read(program: Program, name: str, months: list[str]) -> pd.DataFrame:
    """One extract over the drops of `months`: a row for each row of the files, whatever it holds.

    Columns: the schema's fields, `drop` (month it arrived in), `row` (line in its file, the header
    is line 1), `handling` (empty, or why the row cannot be used), and for a time field
    `<field>_given` (whether the cell held anything).
    """
    extract = program.extracts[name]
    folder = program.folders.raw
    if extract.layout == "single":
        sources = [(_find(folder, extract), None)]
    else:
        sources = [(_find(folder / month, extract), month) for month in months]
    frames = [
        _mapped(_table(path, extract, name), path, name, program).assign(drop=month)
        for path, month in sources
        if path is not None
    ]
    if not frames:
        return _empty(name)
    return pd.concat(frames, ignore_index=True)


def _find(folder: Path, extract: Extract) -> Path | None:
    path = folder / extract.file
    choices = [path.with_suffix(s) for s in SUFFIXES if path.with_suffix(s).exists()]
    if len(choices) > 1:
        raise ExtractError(
            f"{folder}: {' and '.join(p.name for p in choices)} are both there. Keep one of them."
        )
    if not choices:
        if extract.required:
            raise ExtractError(
                f"{path}: the file is missing. Put the extract there, or name it in the "
                "program file under `extracts`."
            )
        return None
    return choices[0]


def _table(path: Path, extract: Extract, name: str) -> pd.DataFrame:
    """The mapped columns of one file, every cell as text."""
    if not path.is_file():
        raise ExtractError(
            f"{path}: this is a folder, not a file. Put the extract there as a file."
        )
    if path.stat().st_size == 0:
        raise ExtractError(f"{path}: the file is empty. Deliver it again, with its header line.")
    wanted = _columns(extract)
    try:
        if path.suffix == ".parquet":
            table = pd.read_parquet(path)
        elif path.suffix == ".xlsx":
            table = pd.read_excel(path, dtype=str)
        else:
            table = pd.read_csv(
                path,
                dtype=str,
                keep_default_na=False,
                encoding=extract.encoding,
                encoding_errors="strict",
                usecols=lambda column: column in wanted,
            )
    except UnicodeError as error:
        raise ExtractError(
            f"{path}: not readable as {extract.encoding}. Save it as UTF-8, or set "
            f"`extracts.{name}.encoding` in the program file."
        ) from error
    except (ValueError, ArrowInvalid, zipfile.BadZipFile) as error:
        raise ExtractError(
            f"{path}: not a readable {path.suffix[1:]} file ({type(error).__name__}). "
            "Export it again."
        ) from error
    missing = [column for column in wanted if column not in table.columns]
    if missing:
        raise ExtractError(
            f"{path}: the column {_quoted(missing)} is missing. Deliver it, or change "
            f"`extracts.{name}.columns` in the program file."
        )
    return table[wanted].astype("string").fillna("").apply(lambda cells: cells.str.strip())


def _columns(extract: Extract) -> list[str]:
    named = [c for column in extract.columns.values() for c in (column.column, column.date) if c]
    return list(dict.fromkeys(named))


def _mapped(table: pd.DataFrame, path: Path, name: str, program: Program) -> pd.DataFrame:
    extract = program.extracts[name]
    out = pd.DataFrame(
        {
            "row": np.arange(len(table)) + 2,
            "handling": pd.Series("", index=table.index, dtype="string"),
        }
    )
    previous = None
    for field, rule in FIELDS[name].items():
        column = extract.columns.get(field)
        if column is None:
            if not rule.optional:
                raise ExtractError(
                    f"{path}: no column is mapped to the field `{field}`. Add "
                    f"`extracts.{name}.columns.{field}` to the program file."
                )
            out[field] = _nothing(rule, len(table))
            if rule.kind == "time":
                out[f"{field}_given"] = False
            continue
        cells = _part(table[column.column], column)
        if rule.kind == "code":
            out[field] = _codes(cells, column, rule, out, path, program.unknown_code_limit)
        elif rule.kind == "time":
            out[f"{field}_given"] = cells != ""
            out[field] = previous = _times(cells, table, column, program.program.zone, previous)
        else:
            out[field] = _values(cells, rule)
        if rule.essential:
            out.loc[out[field].isna() & (out["handling"] == ""), "handling"] = (
                "required_field_missing"
            )
    return out


def _part(cells: pd.Series, column: Column) -> pd.Series:
    return (
        cells
        if column.pattern is None
        else cells.str.extract(column.pattern, expand=False).fillna("")
    )


def _codes(
    cells: pd.Series, column: Column, rule: Field, out: pd.DataFrame, path: Path, limit: float
) -> pd.Series:
    """Our code for each cell; an unknown spelling sets the row aside where the field is essential."""
    known = {spelling.strip().casefold(): code for spelling, code in column.codes.items()}
    found = cells.str.casefold().map(known) if known else cells.where(cells != "")
    if column.otherwise is not None:
        return found.fillna(column.otherwise).astype("string")
    unknown = (found.isna() & (cells != "")).astype(bool)
    if unknown.sum() > limit * len(cells):
        rows = ", ".join(str(row) for row in out.loc[unknown, "row"].head(10))
        raise ExtractError(
            f"{path}, column {_quoted([column.column])}: a code that the program file does not list"
            f" in {unknown.sum()} of {len(cells)} rows (the first are {rows}). Listed are"
            f" {_quoted(column.codes)}; add the new one to the program file."
        )
    if rule.essential:
        out.loc[unknown, "handling"] = "unknown_code"
    return found.astype("string")


def _times(cells, table, column: Column, zone, previous: pd.Series | None) -> pd.Series:
    """Moments in UTC. A clock time without a date that is earlier than the one before it is of the
    next day.

    Local hours that do not exist (spring) move forward; hours that occur twice (autumn) are read as
    the first.
    """
    text = (
        cells if column.date is None else (table[column.date] + " " + cells).where(cells != "", "")
    )
    local = pd.to_datetime(text.where(text != ""), errors="coerce", format="ISO8601")
    moments = local.dt.tz_localize(
        zone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="shift_forward"
    ).dt.tz_convert("UTC")
    if column.date is not None and previous is not None:
        moments = moments.mask(moments < previous, moments + pd.Timedelta(days=1))
    return moments


def _values(cells: pd.Series, rule: Field) -> pd.Series:
    if rule.kind in ("number", "amount"):
        return pd.to_numeric(cells.where(cells != "").str.replace(",", ""), errors="coerce").astype(
            "Float64"
        )
    if rule.kind == "date":
        return pd.to_datetime(
            cells.where(cells != ""), errors="coerce", format="ISO8601"
        ).dt.normalize()
    return cells.where(cells != "")


def _nothing(rule: Field, length: int) -> pd.Series:
    kinds = {
        "number": "Float64",
        "amount": "Float64",
        "date": "datetime64[ns]",
        "time": "datetime64[ns, UTC]",
    }
    return pd.Series([None] * length, dtype=kinds.get(rule.kind, "string"))


def _empty(name: str) -> pd.DataFrame:
    columns = {
        "row": pd.Series(dtype="int64"),
        "handling": pd.Series(dtype="string"),
        "drop": pd.Series(dtype="string"),
    }
    for field, rule in FIELDS[name].items():
        columns[field] = _nothing(rule, 0)
        if rule.kind == "time":
            columns[f"{field}_given"] = pd.Series(dtype=bool)
    return pd.DataFrame(columns)


def _quoted(names) -> str:
    return ", ".join(f"`{name}`" for name in names)
