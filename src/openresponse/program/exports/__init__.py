"""In: the section `extracts` of a program file. Out: which file holds what, how the city writes it,
and the codes of the standards that it may name.

Never here: anything read from a record.
"""

__all__ = ["extract_columns", "extracts", "nemsis"]
