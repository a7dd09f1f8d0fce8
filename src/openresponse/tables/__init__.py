"""In: codes, labels and counts. Out: hierarchies, and contingency tables over them.

Never here: where a count comes from, or whether it may be shown.
"""

__all__ = [
    "contingency",
    "definition",
    "hierarchy",
    "microdata",
    "months",
    "process_limits",
]
