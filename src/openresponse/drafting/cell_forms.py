"""In which form the cells of a column are written, found by trying the forms that systems use."""

from dataclasses import dataclass

import pandas as pd

from openresponse.records.written import moments, parts

MOST_TRIED = 2_000  # different cells; a column is written by one system
ENOUGH = 0.98  # of the cells; the rest are typing errors
DATES = (
    "%m/%d/%Y",
    "%m/%d/%y",
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%m-%d-%Y",
    "%d-%b-%Y",
    "%Y%m%d",
)
CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M:%S%p", "%I:%M%p")
MOMENTS = tuple(f"{date} {clock}" for date in DATES for clock in CLOCKS)
EPOCHS = {"epoch seconds": (1e9, 4e9), "epoch milliseconds": (1e12, 4e12)}
SERIALS = (36_526.0, 73_050.0)  # days of a spreadsheet from 2000 to 2099


@dataclass(frozen=True)
class Form:
    """kind: `moment`, `day`, `clock` (a time of day alone), `number` or `text`. format: as the
    program file writes it, None for ISO 8601 and for what is no moment. other: a second form that
    fits as well.
    """

    kind: str
    format: str | None = None
    other: str | None = None


def form(cells: pd.Series) -> Form:
    """The form of cells that are not empty."""
    spellings = pd.Series(cells.unique()[:MOST_TRIED], dtype="string")
    iso = parts.matches(spellings, moments.ISO)
    if iso.mean() >= ENOUGH:
        return Form("moment" if spellings[iso].str.contains(":").mean() >= ENOUGH else "day")
    for kind, forms in (("moment", MOMENTS), ("day", DATES), ("clock", CLOCKS)):
        fitting = [one for one in forms if _fits(spellings, one)]
        if fitting:
            return Form(kind, fitting[0], next(iter(fitting[1:]), None))
    return _numbers(spellings)


def _fits(spellings: pd.Series, form: str) -> bool:
    if form == "%Y%m%d" and (spellings.str.len() != 8).any():
        return False
    first = pd.to_datetime(spellings[:20], format=form, errors="coerce")
    if first.notna().mean() < ENOUGH / 2:
        return False
    return bool(pd.to_datetime(spellings, format=form, errors="coerce").notna().mean() >= ENOUGH)


def _numbers(spellings: pd.Series) -> Form:
    numbers = pd.to_numeric(spellings, errors="coerce")
    if numbers.notna().mean() < ENOUGH:
        return Form("text")
    for name, (least, most) in EPOCHS.items():
        if numbers.between(least, most).mean() >= ENOUGH:
            return Form("moment", name)
    if (
        numbers.between(*SERIALS).mean() >= ENOUGH
        and spellings.str.contains(".", regex=False).any()
    ):
        return Form("moment", "excel")
    return Form("number")
