"""In: a seed. Out: a fictional extract in the shape of a real one.

Never here: anything from a real record.
"""

__all__ = [
    "arrivals",
    "calls",
    "clinical_words",
    "contacts",
    "events",
    "extract",
    "first_rings",
    "plan",
    "teams",
    "units",
]
