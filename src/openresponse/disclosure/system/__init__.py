"""In: all tables of a release, and the records behind them. Out: one linear system: a variable for
each thing counted and for each kind of record, and the sums that hold between them.

Never here: a decision on what is withheld.
"""

__all__ = [
    "atoms",
    "cell_sums",
    "cliques",
    "counts",
    "known_relations",
    "linked_tables",
    "periods",
    "relations",
    "requirements",
    "sums",
    "variables",
    "withheld_zeros",
]
