"""What was delivered: which months there are, and each extract over them in the fields of the
schema.

Only the columns that the program file maps are read. Errors name the file, the column, the row
numbers and what is allowed, and never a cell's value.
"""

from pathlib import Path

import pandas as pd

from openresponse.errors import ExtractError
from openresponse.program import Extract, ExtractName, Program
from openresponse.records import dialects, mapping
from openresponse.records.schema import FIELDS
from openresponse.tables.months import is_month

# A delivery that holds a file of this name is invented, and all made from it says so.
FICTIONAL = "FICTIONAL"


def delivered_months(folder: Path) -> list[str]:
    """The months for which there is a folder, in order."""
    if not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if p.is_dir() and is_month(p.name))


def is_fictional(folder: Path, months: list[str]) -> bool:
    """Whether any delivery that is used is marked as invented."""
    return any((folder / month / FICTIONAL).exists() for month in months)


def is_monthly(program: Program) -> bool:
    """Whether any extract comes in a file a month."""
    return any(extract.layout == "monthly" for extract in program.extracts.values())


def read(program: Program, name: ExtractName, months: list[str]) -> pd.DataFrame:
    """One extract over the deliveries of `months`: a row for each row of the files, whatever it
    holds.

    Columns: the schema's fields, `delivery` (month it arrived in), `row` (line in its file, the
    header is line 1), `handling` (empty, or why the row cannot be used), and for a time field
    `<field>_given` (whether the cell held anything).
    """
    extract, raw = program.extracts[name], program.folders.raw
    frames = [
        mapping.mapped(dialects.table(path, extract, name), path, name, program).assign(
            delivery=month
        )
        for month, path in _files(extract, raw, months)
    ]
    if not frames:
        nothing = mapping.mapped(dialects.empty(extract), raw / extract.file, name, program)
        return nothing.assign(delivery=pd.Series(dtype="string"))
    return pd.concat(frames, ignore_index=True)


def identifiers(program: Program, months: list[str]) -> set[str]:
    """What the deliveries of `months` call incidents, records, persons and units, in any row."""
    values: set[str] = set()
    for name, extract in program.extracts.items():
        columns = {
            field: column
            for field, column in extract.columns.items()
            if FIELDS[name][field].kind == "identifier"
        }
        numbers = extract.model_copy(update={"columns": columns})
        for _, path in _files(numbers, program.folders.raw, months) if columns else ():
            table = dialects.table(path, numbers, name)
            values.update(*(mapping.cells(table, column).unique() for column in columns.values()))
    return values - {""}


def _files(extract: Extract, raw: Path, months: list[str]) -> list[tuple[str | None, Path]]:
    """The files of an extract that are there, each with the month that it was delivered in."""
    sources: dict[str | None, Path] = (
        {None: raw} if extract.layout == "single" else {month: raw / month for month in months}
    )
    files = {month: _find(folder, extract) for month, folder in sources.items()}
    return [(month, path) for month, path in files.items() if path is not None]


def _find(folder: Path, extract: Extract) -> Path | None:
    path = folder / extract.file
    choices = [
        path.with_suffix(suffix)
        for suffix in dialects.SUFFIXES
        if path.with_suffix(suffix).exists()
    ]
    if len(choices) > 1:
        raise ExtractError(
            f"{folder}: {' and '.join(p.name for p in choices)} are both there. Keep one of them."
        )
    if not choices and extract.required:
        raise ExtractError(
            f"{path}: the file is missing. Put the extract there, or name it in the "
            "program file under `extracts`."
        )
    return choices[0] if choices else None
