"""In: public tables. Out: their dictionary, and the same tables in every other format.

Never here: a figure that the CSV files do not hold.
"""

__all__ = [
    "archive",
    "csvw",
    "derived",
    "dictionary",
    "parquet",
    "table_schema",
    "workbook",
]
