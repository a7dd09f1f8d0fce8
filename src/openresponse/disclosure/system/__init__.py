"""In: all tables of a release. Out: one linked system: a variable for each thing counted, and what
adds up to what.

Never here: a decision on what is withheld.
"""

__all__ = [
    "completion",
    "conditions",
    "joint_tables",
    "linked_tables",
    "periods",
]
