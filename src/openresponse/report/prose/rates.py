"""Rates per 10,000 residents with their intervals, and which of them may be put in an order."""

from dataclasses import dataclass

import pandas as pd

from openresponse.language import N_
from openresponse.release.store.published import Published
from openresponse.release.tables.rate_intervals import CONFIDENCE, RATE, interval
from openresponse.report.prose.readings import ALL, cells

MOST_NAMED = 3  # more places at the top than this are no finding
UNKNOWN = "not_recorded"
METHOD = (
    N_("A rate is the number of calls in a calendar year for each 10,000 residents of the area."),
    N_(
        "Beside a rate stand the limits of its {confidence} interval: the exact limits of a Poisson"
        " count (Garwood 1936), divided by the residents. They say how far chance alone could move"
        " the number of calls. The number of residents is taken as exact."
    ),
    N_(
        "An area is named as the highest or lowest only where its interval overlaps none of the"
        " others. Up to {most} areas are named together where their intervals lie beyond all"
        " others. Without that, no order is told."
    ),
    N_(
        "A rate is called higher or lower than the city's where its whole interval lies on that"
        " side of the city's rate."
    ),
    N_(
        "A rate compares the calls in a place with the people who live there. People are also in a"
        " place to work, to study or to visit, so a rate is no measure of its residents."
    ),
)
TOLD = {"confidence": f"{CONFIDENCE:.0%}", "most": MOST_NAMED}  # what is filled in there


@dataclass(frozen=True)
class Rate:
    """One area's published cells; `low` and `high` are the limits of its interval. None stands for
    no value, and the status says why."""

    code: str
    label: str
    calls: int | None
    calls_status: str
    residents: int | None
    rate: float | None
    status: str
    low: float | None
    high: float | None

    def against(self, whole: "Rate") -> str:
        """On which side of the whole's rate it lies: `higher`, `lower` or `not told apart`; empty
        where one is not shown.
        """
        if self.low is None or whole.rate is None:
            return ""
        return (
            N_("higher")
            if self.low > whole.rate
            else N_("lower")
            if self.high < whole.rate
            else N_("not told apart")
        )


def table_of(published: Published) -> str | None:
    """The table with rates by neighborhood, where the release has one."""
    found = [
        t
        for t in published.tables
        if published.kind(t) == "counts"
        and published.category(t) == "neighborhood"
        and RATE in published.tables[t]
    ]
    return found[0] if found else None


def of_year(published: Published, table: str, period: str) -> tuple[Rate, list[Rate]]:
    """The whole city's rate and those of the areas that are known, in the order of the table."""
    frame = cells(published, table)
    category = published.category(table)
    labels = published.hierarchy(table, category).labels
    found = {
        row[category]: _rate(row, labels[row[category]], row[category], published.unit(table))
        for _, row in frame[frame["period"] == period].iterrows()
    }
    return found[ALL], [rate for code, rate in found.items() if code not in (ALL, UNKNOWN)]


def standing_clear(rates: list[Rate], highest: bool = True) -> list[Rate]:
    """The fewest areas, at most MOST_NAMED, whose intervals lie beyond those of all others; none
    where there are no such.

    The first of the list is the highest (or lowest). Areas without a shown rate are not compared.
    """
    shown = sorted((r for r in rates if r.low is not None), key=lambda r: r.rate, reverse=highest)
    for size in range(1, min(MOST_NAMED, len(shown) - 1) + 1):
        beyond, rest = shown[:size], shown[size:]
        if (
            min(r.low for r in beyond) > max(r.high for r in rest)
            if highest
            else max(r.high for r in beyond) < min(r.low for r in rest)
        ):
            return beyond
    return []


def _rate(row: pd.Series, label: str, code: str, unit: str) -> Rate:
    calls, residents, rate = (
        None if pd.isna(row[name]) else row[name] for name in (unit, "residents", RATE)
    )
    low, high = (
        interval(calls, residents)
        if calls is not None and residents is not None and rate is not None
        else (None, None)
    )
    return Rate(
        code, label, calls, row[f"{unit}_status"], residents, rate, row[f"{RATE}_status"], low, high
    )
