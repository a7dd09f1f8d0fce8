"""Numbers of incidents and records in one form, whatever hands and spreadsheets made of them."""

import re
from collections.abc import Callable

import pandas as pd

LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
# Such letters are digits behind a digit, or before one inside a number; not at its beginning, where
# letters name the series.
BETWEEN_DIGITS = re.compile(r"(?<=\d)[OIL]+(?![A-Z])|(?<=[\d\W_])[OIL]+(?=\d)")
FLOAT = re.compile(r"\.0+$")  # a whole number that was kept as a decimal one
ROUNDED = r"\d(?:[.,]\d+)?[eE]\+\d+|\d[.,]\d+[eE]\d+"


def digits(numbers: pd.Series) -> pd.Series:
    """The digits of each number without leading zeros: `p26 0O12345`, `P260012345` and
    `260012345.0` are one.
    """
    return _each(numbers, lambda text: re.sub(r"\D", "", _as_digits(text)).lstrip("0"))


def series(numbers: pd.Series) -> pd.Series:
    """The letters of each number, which tell series apart that share digits: `P` of `P26-0012345`.
    Empty where it was typed without.
    """
    return _each(numbers, lambda text: re.sub(r"[^A-Z]", "", _as_digits(text)))


def one_form(numbers: pd.Series) -> pd.Series:
    """Each number in one spelling: equal where they mean the same. Letters count where there are
    several series.
    """
    if (letters := series(numbers)).replace("", pd.NA).nunique() < 2:
        return digits(numbers)
    written = _each(numbers, lambda text: re.sub(r"[^A-Z0-9]", "", _as_digits(text)).lstrip("0"))
    return written.where(letters != "", digits(numbers))


def rounded(numbers: pd.Series) -> pd.Series:
    """Which numbers a spreadsheet rounded, as 2.6E+12: many are one now, and nobody can tell them
    apart.
    """
    return numbers.str.fullmatch(ROUNDED).fillna(False).astype(bool)


def _as_digits(text: str) -> str:
    text = FLOAT.sub("", text.upper())
    return BETWEEN_DIGITS.sub(lambda letters: letters[0].translate(LOOKALIKE), text)


def _each(numbers: pd.Series, form: Callable[[str], str]) -> pd.Series:
    """Every number in a form, found once for each spelling; NA stays NA."""
    forms = {text: form(text) for text in numbers.dropna().unique()}
    return numbers.map(forms).astype("string")
