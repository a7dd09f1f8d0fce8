"""In: a table of a release. Out: figures: finding, picture, table, definition and file.

Never here: HTML.
"""

__all__ = [
    "bars",
    "datatable",
    "figure",
    "listing",
    "money",
    "place_shares",
    "png",
    "rates_table",
    "table_figures",
    "times",
    "trends",
]
