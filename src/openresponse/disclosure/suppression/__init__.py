"""In: the linear system, and what must stay shown or withheld. Out: the suppression pattern and its
witnesses.

Never here: anything that the audit uses.
"""

__all__ = [
    "carried_forward",
    "change_equations",
    "cut_generation",
    "integrality",
    "linear_programme",
    "pattern",
    "redundancy",
    "search",
    "subsystem",
    "surroundings",
    "targets",
    "task",
    "witness",
]
