"""In: a finished site and the releases in it. Out: what must not be shown, by page, rule and
remedy.

Never here: code that writes the pages.
"""

__all__ = [
    "accessibility",
    "area_counts",
    "blocks",
    "comparison",
    "examination",
    "figure_rows",
    "links",
    "naming",
    "numbers",
    "page",
    "published_figure",
    "reader",
    "reading",
    "spoken_figures",
    "story",
    "tallies",
]
