"""In: the text of cells. Out: the moments, amounts, numbers and codes that they write, empty where
a text is none.

Never here: which field a column holds.
"""

__all__ = [
    "ages",
    "amounts",
    "booked_months",
    "column_cells",
    "diagnoses",
    "moments",
    "parts",
    "persons",
    "record_numbers",
    "spellings",
]
