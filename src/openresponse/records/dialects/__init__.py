"""In: a file as a city exports it. Out: its mapped columns as a table of text.

Never here: what a cell means.
"""

from pathlib import Path

from openresponse.errors import ExtractError
from openresponse.program import Extract, ExtractName
from openresponse.records.dialects import delimited, parquet_tables, several_values, spreadsheets
from openresponse.records.dialects.packing import PACKED
from openresponse.records.dialects.text_table import TextTable, empty, quoted

__all__ = ["PACKED", "TABLES", "TextTable", "empty", "quoted", "read"]

# Files that are tables of cells; all others are text.
TABLES = {".parquet": parquet_tables.read} | dict.fromkeys(spreadsheets.SUFFIXES, spreadsheets.read)


def read(path: Path, extract: Extract, name: ExtractName) -> TextTable:
    """The mapped columns of one file, every cell as text without outer spaces; ExtractError where
    it cannot be read or lacks one.
    """
    if path.is_symlink():
        raise ExtractError(f"{path}: this is a link. Put the file itself there.")
    if not path.is_file():
        raise ExtractError(
            f"{path}: this is a folder, not a file. Put the extract there as a file."
        )
    if path.stat().st_size == 0:
        raise ExtractError(f"{path}: the file is empty. Deliver it again, with its header line.")
    table = TABLES.get(path.suffix.lower(), delimited.read)(path, extract, name)
    return several_values.apart(table, extract) if extract.several else table
