"""In: everything that a candidate rests on. Out: the officer's evidence pack.

Never here: a true count, or anything that is published.
"""

__all__ = [
    "basis",
    "pack",
    "proof",
    "sections",
    "uncertainty",
    "withheld_cells",
]
