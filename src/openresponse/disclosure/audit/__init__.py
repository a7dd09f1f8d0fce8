"""In: what was published in every release. Out: what of the withheld figures can be proved.

Never here: code of the search, or a true count.
"""

__all__ = [
    "attack",
    "between_releases",
    "equations",
    "facts",
    "found_tables",
    "independent_part",
    "kind_sums",
    "knowledge",
    "line_sums",
    "meanings",
    "ratio_bounds",
    "record_kinds",
    "rows",
    "same_figures",
    "solver",
    "table_sums",
    "verdict",
    "vintages",
]
