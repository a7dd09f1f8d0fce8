"""In: a published release. Out: everything that is shown of it.

Never here: raw data, or a module that can open it.
"""

__all__ = [
    "charts",
    "feeds",
    "figures",
    "html",
    "pages",
    "prose",
]
