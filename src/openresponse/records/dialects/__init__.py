"""In: a file as a city exports it. Out: its mapped columns as a table of text.

Never here: what a cell means.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from openresponse.errors import ExtractError
from openresponse.program import Extract, ExtractName, nemsis
from openresponse.records.dialects import (
    care_records,
    delimited,
    parquet_tables,
    several_values,
    spreadsheets,
)
from openresponse.records.dialects.packing import PACKED
from openresponse.records.dialects.text_table import TextTable, empty, quoted

__all__ = ["CARE_RECORDS", "PACKED", "TABLES", "TextTable", "empty", "quoted", "read"]

CARE_RECORDS = care_records.SUFFIX
# Files that are tables of cells; all others are text.
TABLES = {".parquet": parquet_tables.read} | dict.fromkeys(spreadsheets.SUFFIXES, spreadsheets.read)


def read(path: Path, extract: Extract, name: ExtractName) -> TextTable:
    """The mapped columns of one file, every cell as text without outer spaces; ExtractError where
    it cannot be read or lacks one.
    """
    if path.is_symlink():
        raise ExtractError(f"{path}: this is a link. Put the file itself there.")
    if path.is_file() and path.stat().st_size == 0:
        raise ExtractError(f"{path}: the file is empty. Deliver it again, with its header line.")
    table = _reader(path)(path, extract, name)
    if extract.standard is not None:
        table = replace(table, absent=frozenset(nemsis.ABSENT))
    return several_values.apart(table, extract) if extract.several else table


def _reader(path: Path) -> Callable[[Path, Extract, ExtractName], TextTable]:
    if care_records.is_care_records(path):
        return care_records.read
    return TABLES.get(path.suffix.lower(), delimited.read)
