"""Numbers and amounts of money, with any decimal sign."""

import pandas as pd

from openresponse.records.written import parts

AROUND = r"[\s\u00a0\u202f'’]|[$€£]|(?i:USD|EUR|GBP)"  # currencies, and spaces between thousands
IN_BRACKETS = r"^\((.*)\)$|^(.*)-$"  # as accountants write what is owed
POINT = r"^[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?$"
COMMA = r"^[+-]?(\d{1,3}(\.\d{3})+|\d+)?(,\d+)?$"
PLAIN = r"^[+-]?\d+$"
# One group of thousands and no decimals: read as in the United States where nothing says otherwise.
THOUSANDS = r"^[+-]?\d{1,3}(,\d{3})+$"


def numbers(text: pd.Series, decimal: str | None) -> pd.Series:
    """The numbers, NA where a cell is none.

    decimal: their decimal sign. Without it each cell that can be read in one way only decides for
    itself and for the others; `1.234` is unreadable where they disagree or there is none.
    """
    bare = text.str.replace(AROUND, "", regex=True)
    bare = bare.str.replace(IN_BRACKETS, r"-\1\2", regex=True)
    plain, point, comma = (parts.matches(bare, form) for form in (PLAIN, POINT, COMMA))
    if decimal is None:
        both = point & comma & ~plain
        comma_only, point_only = comma & ~point, point & ~comma
        if comma_only.any() and not point_only.any():
            point &= ~both
        elif point_only.any() and not comma_only.any():
            comma &= ~both
        else:
            us = both & parts.matches(bare, THOUSANDS) & (not comma_only.any())
            point, comma = point & ~(both & ~us), comma & ~both
    else:
        point, comma = point & (decimal == "."), comma & (decimal == ",")
    as_point = bare.str.replace(",", "", regex=False).where(point)
    as_comma = bare.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    digits = as_point.fillna(as_comma.where(comma))
    return pd.to_numeric(digits, errors="coerce").astype("Float64")
