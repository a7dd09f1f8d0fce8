"""Files as cities export them, as tables of text."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from pyarrow import ArrowInvalid
from python_calamine import CalamineError

from openresponse.errors import ExtractError
from openresponse.program import Extract

SUFFIXES = (".csv", ".parquet", ".xlsx")
UNREADABLE = (ValueError, ArrowInvalid, CalamineError, zipfile.BadZipFile)


def table(path: Path, extract: Extract, name: str) -> pd.DataFrame:
    """The mapped columns of one file, every cell as text without outer spaces; ExtractError where
    it cannot be read or lacks one.
    """
    if not path.is_file():
        raise ExtractError(
            f"{path}: this is a folder, not a file. Put the extract there as a file."
        )
    if path.stat().st_size == 0:
        raise ExtractError(f"{path}: the file is empty. Deliver it again, with its header line.")
    wanted = _columns(extract)
    try:
        cells = _cells(path, extract.encoding, wanted)
    except UnicodeError as error:
        raise ExtractError(
            f"{path}: not readable as {extract.encoding}. Save it as UTF-8, or set "
            f"`extracts.{name}.encoding` in the program file."
        ) from error
    except UNREADABLE as error:
        raise ExtractError(
            f"{path}: not a readable {path.suffix[1:]} file ({type(error).__name__}). "
            "Export it again."
        ) from error
    missing = [column for column in wanted if column not in cells.columns]
    if missing:
        raise ExtractError(
            f"{path}: the column {quoted(missing)} is missing. Deliver it, or change "
            f"`extracts.{name}.columns` in the program file."
        )
    return cells[wanted].astype("string").fillna("").apply(lambda column: column.str.strip())


def empty(extract: Extract) -> pd.DataFrame:
    """The same of a file without a row."""
    return pd.DataFrame({column: pd.Series(dtype="string") for column in _columns(extract)})


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _columns(extract: Extract) -> list[str]:
    named = [c for column in extract.columns.values() for c in (column.column, column.date) if c]
    return list(dict.fromkeys(named))


def _cells(path: Path, encoding: str, wanted: list[str]) -> pd.DataFrame:
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    if path.suffix == ".xlsx":
        return pd.read_excel(path, dtype=str, keep_default_na=False, engine="calamine")
    return pd.read_csv(
        path,
        dtype=str,
        keep_default_na=False,
        encoding=encoding,
        encoding_errors="strict",
        usecols=lambda column: column in wanted,
    )
