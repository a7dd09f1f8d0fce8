"""Months as bookings write them, and as spreadsheets save them."""

import pandas as pd

FORMS = ("%Y-%m", "%m/%Y", "%b-%y", "%b %Y", "%b-%Y", "%B %Y", "%Y/%m")
FIRST_DAY = r"^(\d{4}-\d{2})-01(?:[ T]00:00(?::00)?)?$"  # a month that was made a day


def months(text: pd.Series) -> pd.Series:
    """Each month as `2026-10`; NA where it is none, or not sure, as 10/1/2026."""
    found = text.str.extract(FIRST_DAY, expand=False).astype("string")
    for form in FORMS:
        day = pd.to_datetime(text, format=form, errors="coerce")
        found = found.fillna(day.dt.strftime("%Y-%m").astype("string"))
    return found
