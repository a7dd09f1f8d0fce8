"""In: a candidate release or a finished site. Out: a refusal that names file, rule and remedy, or
nothing; and the officer's evidence.

Never here: a confidential value in a message.
"""

__all__ = [
    "evidence",
    "gate",
    "identifiers",
    "leaks",
    "texts",
    "tripwires",
    "withheld_counts",
]
