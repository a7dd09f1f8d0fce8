"""In: published tables and what is known of their codes. Out: the kinds of records behind them.

Never here: code of the search, or a count.
"""

__all__ = [
    "code_classes",
    "exclusions",
    "kind_blocks",
    "kinds",
    "month_spans",
    "table_attributes",
    "table_uses",
    "variable_marks",
]
