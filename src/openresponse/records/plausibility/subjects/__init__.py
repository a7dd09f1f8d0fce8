"""In: what was delivered. Out: the named checks of each subject, and what they find.

Never here: whether that stops a release.
"""

__all__ = [
    "categories",
    "cells_read",
    "contradicting_fields",
    "days_covered",
    "files_delivered",
    "follow_ups",
    "keys_and_links",
    "milestone_steps",
    "money_spent",
    "numbers_of_rows",
    "order_of_moments",
    "people_met",
    "rows_again",
    "small_shifts",
    "spending_lines",
    "what_vanishes",
]
