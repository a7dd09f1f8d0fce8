"""Workbooks: one sheet as a table of text, each cell as it would be typed."""

import datetime
import zipfile
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from openresponse.errors import ExtractError
from openresponse.program import Extract, ExtractName
from openresponse.records.dialects import headings, text_table
from openresponse.records.dialects.text_table import TextTable, quoted

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
FIRST_LINES = 20  # headings are looked for in so many
MOST_UNPACKED = 2**28  # a workbook is read into memory whole, at about ten times that
MOST_CELLS = 50_000_000


def read(path: Path, extract: Extract, name: ExtractName) -> TextTable:
    """The mapped columns of one sheet; ExtractError where it cannot be read or lacks one."""
    skip = extract.skip_rows
    sheet, names = _sheet(path, extract, name)
    rows = ([_text(cell) for cell in row] for row in sheet.iter_rows())
    first = list(islice(rows, max(skip + 1, FIRST_LINES)))
    given = first[skip] if skip < len(first) else []
    wanted = headings.wanted(extract, given)
    if headings.present(wanted, given) < len(wanted):
        headings.misplaced(headings.line_of(first, wanted), skip, path, name)
        if len(names) > 1:
            raise ExtractError(
                f"{path}: the sheet {quoted([sheet.name])} lacks columns that the program file"
                f" names. There are {quoted(names)}; set `extracts.{name}.sheet`."
            )
    places = headings.places(wanted, given, path, name)
    values: list[list[str]] = [[] for _ in places]
    blank = 0
    for row in chain(first[skip + 1 :], rows):
        blank = 0 if any(row) else blank + 1
        for column, place in zip(values, places, strict=True):
            column.append(row[place])
    return text_table.of_columns(
        {
            one: pa.chunked_array([pa.array(column, pa.string())])
            for one, column in zip(wanted, values, strict=True)
        },
        first=skip + 2,
        drop_last=extract.skip_last and extract.skip_last + blank,
        form=f"workbook, sheet {sheet.name}",
        detected=() if extract.sheet or len(names) == 1 else ("sheet",),
    )


def _sheet(path: Path, extract: Extract, name: ExtractName) -> tuple[CalamineSheet, Sequence[str]]:
    """The sheet to read, and the names of all; ExtractError where it is not there or too large."""
    try:
        _check_size(path)
        book = CalamineWorkbook.from_path(str(path))
        names = book.sheet_names
        number = _number(extract.sheet, names)
        if number is None:
            raise ExtractError(
                f"{path}: there is no sheet {quoted([extract.sheet])}. There are {quoted(names)};"
                f" change `extracts.{name}.sheet` in the program file."
            )
        sheet = book.get_sheet_by_index(number)
    except (CalamineError, zipfile.BadZipFile, ValueError) as error:
        raise ExtractError(
            f"{path}: not a readable {path.suffix[1:]} file ({type(error).__name__}). Export it"
            " again, without a password."
        ) from error
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise _too_large(path)
    return sheet, names


def _number(wanted: str | int | None, names: Sequence[str]) -> int | None:
    if isinstance(wanted, int):
        return wanted - 1 if wanted <= len(names) else None
    if wanted is None:
        return 0 if names else None
    normals = [headings.normal(one) for one in names]
    return normals.index(headings.normal(wanted)) if headings.normal(wanted) in normals else None


def _check_size(path: Path) -> None:
    if path.suffix.lower() == ".xls":  # not packed
        return
    with zipfile.ZipFile(path) as archive:
        if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
            raise _too_large(path)


def _too_large(path: Path) -> ExtractError:
    return ExtractError(
        f"{path}: the workbook is too large to be read. Save it as CSV or Parquet, or deliver it in"
        " several files."
    )


def _text(cell: object) -> str:
    """A cell as it would be typed: a whole number without a point, a day and a time in ISO 8601."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, datetime.timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return str(cell)  # a day, a time of day, a truth value
