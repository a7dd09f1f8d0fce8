"""In: true counts and the status of each. Out: public tables in their published columns, in which
a withheld count is empty, and what follows from these alone.

Never here: a decision on what is withheld.
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
    "restated",
    "revisions",
    "series",
    "shares",
]
