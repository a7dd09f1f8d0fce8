"""In: a finished site and the releases in it. Out: what must not be shown, by page, rule and
remedy.

Never here: code that writes the pages.
"""

__all__ = [
    "accessibility",
    "blocks",
    "examination",
    "grammar",
    "links",
    "numbers",
    "page",
    "spoken_figures",
]
