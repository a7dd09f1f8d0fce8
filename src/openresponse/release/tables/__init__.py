"""In: counts and their status. Out: public tables in their published columns, and what follows from
these alone.

Never here: a count that is withheld.
"""

__all__ = [
    "cells",
    "incidents",
    "loss",
    "protected",
    "rate_intervals",
    "revisions",
]
