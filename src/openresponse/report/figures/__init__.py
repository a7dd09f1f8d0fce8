"""In: a table of a release. Out: figures: finding, picture, table, definition and file.

Never here: HTML.
"""

__all__ = [
    "datatable",
    "figure",
    "money",
    "png",
    "table_figures",
    "times",
]
