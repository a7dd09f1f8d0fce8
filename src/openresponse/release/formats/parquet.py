"""A public table as Parquet: typed columns, missing values as null, and what it is in the file's
own metadata.
"""

import json
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

ARROW = {"Int64": pa.int64(), "Float64": pa.float64(), "string": pa.string()}


def content(frame: pd.DataFrame, about: dict[str, str]) -> bytes:
    """The file's bytes; the same frame gives the same.

    frame: columns of the types Int64, Float64 and string. about: what the metadata says, such as
    title and publisher.
    """
    schema = pa.schema([(name, ARROW[str(frame[name].dtype)]) for name in frame])
    table = pa.Table.from_arrays(
        [pa.array(frame[name], kind) for name, kind in zip(frame, schema.types, strict=True)],
        schema=schema,
    )
    out = pa.BufferOutputStream()
    # Without Arrow's own copy of the schema, which is text that nobody can search.
    with parquet.ParquetWriter(out, schema, store_schema=False) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({**about, "pandas": json.dumps(_types(frame))})
    return bytes(out.getvalue().to_pybytes())


def _types(frame: pd.DataFrame) -> dict[str, Any]:
    """What pandas looks for in a file, so that a count with missing values stays a whole number
    there; it names no version.
    """
    columns = [
        {
            "name": name,
            "field_name": name,
            "pandas_type": str(frame[name].dtype).lower(),
            "numpy_type": str(frame[name].dtype),
            "metadata": None,
        }
        for name in frame
    ]
    return {"index_columns": [], "column_indexes": [], "columns": columns}
