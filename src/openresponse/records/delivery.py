"""What was delivered: which months there are, and each extract over them in the fields of the
schema.

Only the columns that the program file maps are read. Errors name the file, the column, the row
numbers and what is allowed, and never a cell's value.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

import pandas as pd

from openresponse.errors import ExtractError, first
from openresponse.program import Column, Extract, ExtractName, Program
from openresponse.records import clock, dialects, mapping
from openresponse.records.column_readings import FIRST_ROWS, ColumnReading, FileReading, Reading
from openresponse.records.schema import FIELDS, MOMENTS
from openresponse.records.written import column_cells
from openresponse.tables.months import is_month

# A delivery that holds a file of this name is invented, and all made from it says so.
FICTIONAL = "FICTIONAL"
# One that holds a file of this name says that no call came in its month.
NO_CALLS = "NO_CALLS"
LAST_DAY = date(clock.LAST_YEAR, 12, 31)


def delivered_months(folder: Path) -> list[str]:
    """The months for which there is a folder, in order."""
    if not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if p.is_dir() and is_month(p.name))


def is_marked(delivery: Path) -> bool:
    """Whether a delivery says that it is invented."""
    return (delivery / FICTIONAL).exists()


def without_calls(program: Program, months: Iterable[str]) -> set[str]:
    """Those of the months of which the program file or the delivery says that no call came."""
    raw = program.folders.raw
    return {
        month for month in months if month in program.no_calls or (raw / month / NO_CALLS).is_file()
    }


def refuse_other_kind(program: Program, months: list[str]) -> None:
    """ExtractError where a delivery is not what the program file says that all are, invented or
    real: no single file makes the figures of a city count as invented.
    """
    raw, expected = program.folders.raw, program.program.demonstration
    places = {month: raw / month if (raw / month).is_dir() else raw for month in months}
    others = [month for month, place in places.items() if is_marked(place) != expected]
    if others and expected:
        raise ExtractError(
            f"{raw}: no file `{FICTIONAL}` in {first(others, ', ')}, and `program.demonstration` of"
            " the program file says that all deliveries are invented. For real ones set it to"
            " false, and remove the invented ones with `openresponse fresh`."
        )
    if others:
        raise ExtractError(
            f"{raw}: a file `{FICTIONAL}` in {first(others, ', ')} says that the delivery is"
            " invented. Real and invented deliveries are never counted together: remove these with"
            " `openresponse fresh`. For a demonstration set `program.demonstration` of the program"
            " file to true."
        )


def is_monthly(program: Program) -> bool:
    """Whether any extract comes in a file a month."""
    return any(
        form.layout == "monthly" for extract in program.extracts.values() for form in extract.forms
    )


def read(program: Program, name: ExtractName, months: list[str]) -> pd.DataFrame:
    """One extract over the deliveries of `months`: a row for each row of the files, whatever it
    holds.

    Columns: the schema's fields, `form` (which of the forms of its extract, counted from 0),
    `delivery` (month it arrived in; in a file for all months the one
    it is about), `row` (its number in the file as
    a spreadsheet counts), `handling` (empty, or why the row cannot be used), and for a time or date
    `<field>_given` (whether the cell held one).
    """
    return reading(program, name, months).rows


def reading(program: Program, name: ExtractName, months: list[str]) -> Reading:
    """The same, with how every file and column was read."""
    extract, raw = program.extracts[name], program.folders.raw
    pieces = [_piece(file, name, program) for file in _files(extract, raw, months)]
    if not pieces:
        return Reading(_without_a_row(program, name, extract), (), ())
    return Reading(
        pd.concat([piece.rows for piece in pieces], ignore_index=True),
        tuple(file for piece in pieces for file in piece.files),
        tuple(column for piece in pieces for column in piece.columns),
    )


def not_delivered(program: Program, name: ExtractName) -> pd.DataFrame:
    """An extract that the city has not: the columns of `read`, without a row."""
    needed = {f: Column(column=f) for f, rule in FIELDS[name].items() if not rule.optional}
    return _without_a_row(program, name, Extract(file=name, columns=needed))


def _without_a_row(program: Program, name: ExtractName, extract: Extract) -> pd.DataFrame:
    table, path = dialects.empty(extract), program.folders.raw / extract.file
    nothing, _ = mapping.mapped(table, path, name, extract, program, day=LAST_DAY)
    return nothing.assign(delivery=pd.Series(dtype="string"), form=0)


def not_read(program: Program, months: list[str]) -> list[Path]:
    """The files in the deliveries of `months` that no extract reads."""
    raw = program.folders.raw
    known = {
        file.path for extract in program.extracts.values() for file in _files(extract, raw, months)
    }
    there = (path for month in months for path in sorted((raw / month).iterdir()))
    return [
        path
        for path in there
        if path not in known
        and path.name not in (FICTIONAL, NO_CALLS)
        and not path.name.startswith(".")
    ]


def identifiers(program: Program, months: list[str]) -> set[str]:
    """What the deliveries of `months` call incidents, records, persons and units, in any row."""
    values: set[str] = set()
    for name, extract in program.extracts.items():
        for file in _files(_numbers(extract, name), program.folders.raw, months):
            if not file.extract.columns:
                continue
            table = dialects.read(file.path, file.extract, name)
            for column in file.extract.columns.values():
                for form in mapping.columns_there(table, column, file.path):
                    values.update(column_cells.every_part(table, form, file.extract))
    return values - {""}


def _numbers(extract: Extract, name: ExtractName) -> Extract:
    """An extract with its identifiers alone."""
    return extract.model_copy(
        update={
            "columns": {
                field: column
                for field, column in extract.columns.items()
                if FIELDS[name][field].kind == "identifier"
            },
            "required": False,
            "earlier": tuple(_numbers(one, name) for one in extract.earlier),
        }
    )


@dataclass(frozen=True)
class _File:
    """A file, the month that it was delivered in, and how it is written: form, of those of its
    extract.
    """

    path: Path
    month: str | None
    extract: Extract
    form: int

    @property
    def day(self) -> date:
        """The day by which columns are chosen for a row without a moment: the last of its month."""
        return LAST_DAY if self.month is None else pd.Period(self.month, freq="M").end_time.date()


def _piece(file: _File, name: ExtractName, program: Program) -> Reading:
    """One file as it was read."""
    table = dialects.read(file.path, file.extract, name)
    rows, fields = mapping.mapped(table, file.path, name, file.extract, program, day=file.day)
    place = file.path.relative_to(program.folders.raw).as_posix()
    counted = FileReading(
        name, place, file.month, len(rows), table.form, table.detected, file.extract.days
    )
    columns = (
        ColumnReading(
            name,
            place,
            file.month,
            field,
            _column_in_words(mapping.columns_there(table, column, file.path) or (column,)),
            readable=len(rows) - int(fields[field].empty.sum() + fields[field].unreadable.sum()),
            empty=int(fields[field].empty.sum()),
            unreadable=int(fields[field].unreadable.sum()),
            rows=tuple(rows.loc[fields[field].unreadable, "row"].head(FIRST_ROWS)),
            ambiguous=int(fields[field].ambiguous.sum()),
        )
        for field, column in file.extract.columns.items()
    )
    delivery = file.month or _own_months(rows, name, program)
    return Reading(rows.assign(delivery=delivery, form=file.form), (counted,), tuple(columns))


def _column_in_words(forms: Sequence[Column]) -> str:
    """The heading of a column, and the days on which each of its forms holds."""
    return "; ".join(
        f"{' or '.join(map(str, form.names))}{f' ({form.days})' if form.days else ''}"
        for form in forms
    )


def _own_months(rows: pd.DataFrame, name: ExtractName, program: Program) -> pd.Series:
    """The month that each row of a file for all months is about, as if it had come with it."""
    first = next((rows[moment] for moment in MOMENTS.get(name, ())), None)
    if first is None:
        return pd.Series(pd.NA, index=rows.index, dtype="string")
    return clock.month(first.dt.tz_convert(program.program.zone))


def _files(extract: Extract, raw: Path, months: list[str]) -> Iterator[_File]:
    """The files of an extract that are there; ExtractError where one is missing, or is there in two
    forms.
    """
    for number, form in enumerate(extract.forms):
        folders: dict[str | None, Path] = (
            {None: raw}
            if form.layout == "single"
            else {month: raw / month for month in months if form.holds_in(month)}
        )
        for month, folder in folders.items():
            yield from (_File(path, month, form, number) for path in _in_folder(form, folder))


def _in_folder(extract: Extract, folder: Path) -> list[Path]:
    """The files of an extract in one folder."""
    if folder.is_symlink():
        raise ExtractError(f"{folder}: this is a link. Put the folder itself there.")
    paths = _matching(folder, extract.file)
    if len(paths) > 1 and "*" not in extract.file:
        raise ExtractError(
            f"{folder}: {' and '.join(path.name for path in paths)} are both there. Keep one of"
            " them."
        )
    if not paths and extract.required:
        held = f" It is the extract that holds {extract.days}." if extract.days else ""
        way_on = (
            "Put the extract there, or name it in the program file under `extracts`."
            if extract.query is None
            else f"Ask the database for it with `openresponse fetch --month {folder.name}`."
        )
        raise ExtractError(f"{folder / extract.file}: the file is missing.{held} {way_on}")
    return paths


def _matching(folder: Path, wanted: str) -> list[Path]:
    """The files of that name, in order; also packed ones, and workbooks and Parquet in place of
    text.
    """
    if not folder.is_dir():
        return []
    name = wanted.casefold()
    names = {name, *(f"{name}{packed}" for packed in dialects.PACKED)}
    if not name.endswith(dialects.CARE_RECORDS):
        names |= {f"{name.rpartition('.')[0] or name}{suffix}" for suffix in dialects.TABLES}
    return sorted(
        path
        for path in folder.iterdir()
        if any(fnmatchcase(path.name.casefold(), one.replace("[", "[[]")) for one in names)
    )
