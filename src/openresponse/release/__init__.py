"""In: protected tables. Out: a release: whole, checked, never rewritten.

Never here: a page or a picture.
"""

__all__ = [
    "candidate",
    "checks",
    "formats",
    "history",
    "public_tables",
    "publication",
    "store",
    "tables",
]
