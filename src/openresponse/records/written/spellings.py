"""Codes as a city spells them."""

import re
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from openresponse.records.dialects.text_table import AND, TEXT

FLOAT = re.compile(r"\.0+$")  # a whole number that was kept as a decimal one


def codes(
    text: pd.Series,
    listed: Mapping[str, str],
    otherwise: str | None,
    more_than_one: str | None = None,
) -> pd.Series:
    """The code that each cell stands for; NA for an empty cell, and for a spelling not listed.

    Case does not tell spellings apart, nor do the zeros that a spreadsheet takes off a number or
    puts behind it. Without a list a cell is its own code. more_than_one: of a cell whose values
    stand for different codes.
    """
    if not listed:
        return _each(text, lambda cell: FLOAT.sub("", cell) if _is_number(cell) else cell)
    exact = {spelling.strip().casefold(): code for spelling, code in listed.items()}
    bare: dict[str, set[str]] = {}
    for spelling, code in exact.items():
        bare.setdefault(_bare(spelling), set()).add(code)

    def code_of(cell: str) -> str | None:
        spelling = cell.casefold()
        if AND in cell and spelling not in exact:
            each = {code_of(one.strip()) for one in cell.split(AND)}
            return each.pop() if len(each) == 1 else None if None in each else more_than_one
        if spelling in exact:
            return exact[spelling]
        alike = bare.get(_bare(spelling), set())
        return next(iter(alike)) if len(alike) == 1 else otherwise

    return _each(text, code_of)


def any_of(text: pd.Series, spellings: Sequence[str]) -> pd.Series:
    """Which cells have one of these spellings, in which `*` stands for any letters."""
    forms = "|".join(re.escape(one.strip()).replace(r"\*", ".*") for one in spellings)
    pattern = re.compile(forms, re.IGNORECASE | re.DOTALL)
    return _each(text, lambda cell: "yes" if pattern.fullmatch(cell) else None).notna()


def _each(text: pd.Series, value: Callable[[str], str | None]) -> pd.Series:
    """A value for every cell that is not empty, found once for each spelling."""
    numbers, found = pd.factorize(text)
    values = pd.array([value(cell) if cell else None for cell in found], dtype=TEXT)
    return pd.Series(values.take(numbers), index=text.index, dtype=TEXT)


def _is_number(spelling: str) -> bool:
    return spelling.replace(".", "", 1).isdigit()


def _bare(spelling: str) -> str:
    """A number without the zeros before and behind its point that do not count."""
    return FLOAT.sub("", spelling).lstrip("0") if _is_number(spelling) else spelling
