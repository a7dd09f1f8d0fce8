"""In: all tables of a release. Out: one linear system: a variable for each thing counted, and the
sums that hold between them.

Never here: a decision on what is withheld.
"""

__all__ = [
    "aliases",
    "completion",
    "conditions",
    "counts",
    "joint_tables",
    "lines",
    "linked_tables",
    "periods",
    "requirements",
    "shapes",
    "variables",
]
