"""In: written and generated sources. Out: a finished site, by whichever engine is there, fit to be
shown.

Never here: a figure, or knowledge of how one was made.
"""

__all__ = [
    "compression",
    "engines",
    "fetching",
    "finishing",
    "frame",
    "inspection",
    "leftovers",
    "not_found",
    "search_engines",
    "serving",
    "translations",
]
