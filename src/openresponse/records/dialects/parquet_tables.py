"""Parquet files: each column as text, whatever its type."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from openresponse.errors import ExtractError
from openresponse.program import Extract, ExtractName
from openresponse.records.dialects import headings, text_table
from openresponse.records.dialects.text_table import TextTable

EXACT = 2**53  # whole numbers up to this are exact as floats


def read(path: Path, extract: Extract, name: ExtractName) -> TextTable:
    """The mapped columns of one file; ExtractError where it cannot be read or lacks one."""
    try:
        with parquet.ParquetFile(path) as file:
            given = file.schema_arrow.names
            wanted = headings.wanted(extract, given)
            places = headings.places(wanted, given, path, name)
            groups = [given[place] for place in places]
            table = file.read(columns=list(dict.fromkeys(groups)))
            arrays = {
                one: _text(table.column(heading))
                for one, heading in zip(wanted, groups, strict=True)
            }
    except (OSError, ValueError, NotImplementedError, KeyError, pa.ArrowException) as error:
        raise ExtractError(
            f"{path}: not a readable parquet file ({type(error).__name__}). Export it again."
        ) from error
    return text_table.of_columns(arrays, first=2, drop_last=extract.skip_last, form="Parquet")


def _text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Values as they would be typed: whole numbers without a point, empty where there is none."""
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    if pa.types.is_floating(values.type):
        values = pc.if_else(pc.is_nan(values), None, values)
        whole = pc.and_(pc.equal(pc.floor(values), values), pc.less(pc.abs(values), EXACT))
        integers = pc.if_else(whole, values, None).cast(pa.int64()).cast(pa.string())
        return pc.coalesce(integers, values.cast(pa.string()), "")
    if pa.types.is_binary(values.type) or pa.types.is_large_binary(values.type):
        raise ValueError("bytes are no text")
    return pc.fill_null(values.cast(pa.string()), "")
