"""Ages as people write them, in years."""

import numpy as np
import pandas as pd

OLDEST = 120  # what is above is a typing error, not an age
# How many of each unit make a year.
A_YEAR = {
    "years": 1,
    "months": 12,
    "weeks": 52.18,
    "days": 365.25,
    "hours": 8766,
    "minutes": 525_960,
}
# `90+` is an age that is only bounded; `20 mo` names its unit.
WRITTEN = r"^[<>≥]?=?\s*(?P<number>\d+(?:[.,]\d+)?)\s*\+?\s*(?P<unit>[a-z/]*)\.?(?: old)?$"
WORDS = {
    "years": ("", "y", "yr", "yrs", "yo", "y/o", "year", "years"),
    "months": ("m", "mo", "mos", "mth", "mths", "month", "months"),
    "weeks": ("w", "wk", "wks", "week", "weeks"),
    "days": ("d", "day", "days"),
    "hours": ("h", "hr", "hrs", "hour", "hours"),
    "minutes": ("min", "mins", "minute", "minutes"),
}
UNITS = {word: A_YEAR[unit] for unit, words in WORDS.items() for word in words}


def read(cells: pd.Series) -> pd.Series:
    """The number of each age as written, in years where the cell names another unit; NA where it
    cannot be read. An age that is only given as above or below another is taken as that one.
    """
    written = cells.str.casefold().str.strip().str.extract(WRITTEN)
    number = pd.to_numeric(written["number"].str.replace(",", "."), errors="coerce")
    return (number / pd.to_numeric(written["unit"].map(UNITS))).astype("Float64")


def years(ages: pd.Series, units: pd.Series) -> pd.Series:
    """Ages in whole years, by the unit beside each: years where none is recorded. NA where the unit
    is unknown or the age is impossible.
    """
    in_years = np.floor(ages / pd.to_numeric(units.fillna("years").map(A_YEAR)))
    return in_years.where(in_years.between(0, OLDEST))
