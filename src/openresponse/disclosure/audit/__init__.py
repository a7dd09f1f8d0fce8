"""In: what was published in every release. Out: what of the withheld figures can be proved.

Never here: code of the search, or a true count.
"""

__all__ = [
    "attack",
    "equations",
    "facts",
    "independent_part",
    "line_sums",
    "meanings",
    "month_spans",
    "ratio_bounds",
    "revision_rows",
    "rows",
    "same_figures",
    "solver",
    "table_sums",
    "verdict",
    "vintages",
]
