"""In: protected tables. Out: a release: whole, checked, never rewritten.

Never here: a page or a picture.
"""

__all__ = [
    "checks",
    "formats",
    "history",
    "publication",
    "store",
    "tables",
]
