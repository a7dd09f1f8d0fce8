"""Marks on the figures of places and models that began, ended or became another."""

from collections.abc import Iterable
from itertools import product

import pandas as pd

from openresponse.measures.counting.counted import Counted
from openresponse.program import Program
from openresponse.program.lifetimes import lifetimes
from openresponse.release.tables.columns import (
    BREAK,
    NOT_APPLICABLE,
    PROVISIONAL,
    SHOWN,
    counts,
    values,
)
from openresponse.tables.months import span

DELIVERED = "rows"  # the universe of the rows delivered, which no day is missing of
OF_THE_WHOLE = ("part_of_", "all_", "residents")  # of a row, and not of its category


def marked(
    frame: pd.DataFrame,
    part: Counted,
    program: Program,
    incomplete: Iterable[str],
    before: pd.DataFrame | None,
) -> pd.DataFrame:
    """A public table of counts in which a figure is not applicable in periods in which there was no
    such place or model, and marked where its series breaks.

    incomplete: months of which days are missing; what they are a part of cannot be compared.
    before: the same rows of the release before. What it showed stays as it is.
    """
    out = frame.copy()
    if part.counts.universe != DELIVERED:
        out = _broken(out, _holding(frame["period"], incomplete), values(frame))
    lives = lifetimes(program)
    count, *_ = counts(frame)
    for dimension in part.counts.hierarchies:
        if dimension not in frame or dimension not in lives:
            continue
        shown = [
            name
            for name in values(frame)
            if dimension != part.category or not name.startswith(OF_THE_WHOLE)
        ]
        for period, (code, life) in product(frame["period"].unique(), lives[dimension].items()):
            rows = (frame["period"] == period) & (frame[dimension] == code)
            if life.breaks_in(period):
                out = _broken(out, rows, shown)
            elif not life.covers(period):
                rows &= (frame[count] == 0).fillna(False)
                new = rows if before is None else rows & before[count].isna()
                out = _not_applicable(out, new, shown)
    return out


def _holding(periods: pd.Series, months: Iterable[str]) -> pd.Series:
    """Which periods one of these months is in."""
    spans = {period: span(period) for period in periods.unique()}
    held = {one for one, (a, b) in spans.items() if any(a <= month <= b for month in months)}
    return periods.isin(held)


def _not_applicable(frame: pd.DataFrame, rows: pd.Series, names: list[str]) -> pd.DataFrame:
    columns = {name: frame[name].mask(rows) for name in names}
    columns |= {f"{n}_status": frame[f"{n}_status"].mask(rows, NOT_APPLICABLE) for n in names}
    return frame.assign(**columns)


def _broken(frame: pd.DataFrame, rows: pd.Series, names: list[str]) -> pd.DataFrame:
    statuses = {f"{name}_status": frame[f"{name}_status"] for name in names}
    return frame.assign(
        **{
            name: status.mask(rows & status.isin([SHOWN, PROVISIONAL]), BREAK)
            for name, status in statuses.items()
        }
    )
