"""In: counts and their status. Out: public tables in their published columns, and what follows from
these alone.

Never here: a count that is withheld.
"""

__all__ = [
    "cells",
    "columns",
    "incident_rows",
    "incidents",
    "loss",
    "protected",
    "quantiles",
    "rate_intervals",
    "revisions",
    "shares",
]
