"""In: public tables. Out: their dictionary, and the same tables in every other format.

Never here: a figure that the CSV files do not hold.
"""

__all__ = [
    "archive",
    "csvw",
    "derived",
    "dictionary",
    "explanations",
    "parquet",
    "program_facts",
    "resource",
    "rule_in_words",
    "table_schema",
    "workbook",
]
