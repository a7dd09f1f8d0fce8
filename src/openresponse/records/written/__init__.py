"""In: the text of cells. Out: the moments, amounts, numbers and codes that they write, empty where
a text is none.

Never here: which column a cell is of.
"""

__all__ = [
    "ages",
    "amounts",
    "booked_months",
    "moments",
    "parts",
    "persons",
    "record_numbers",
    "spellings",
]
