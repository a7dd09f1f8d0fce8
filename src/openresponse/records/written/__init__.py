"""In: the text of cells. Out: the moments, amounts and codes that they write, empty where a text is
none.

Never here: which column a cell is of.
"""

__all__ = ["amounts", "moments", "parts", "spellings"]
