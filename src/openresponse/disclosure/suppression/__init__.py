"""In: the linked system and what must stay shown or withheld. Out: the suppression pattern and its
witnesses.

Never here: anything that the audit uses.
"""

__all__ = [
    "bound_propagation",
    "carried_forward",
    "cuts",
    "hypercubes",
    "moves",
    "optimal",
    "search",
    "witness",
]
