"""Rates per 10,000 residents with their intervals, and which of them may be put in an order."""

from dataclasses import dataclass

import pandas as pd

from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.release.tables.rate_intervals import CONFIDENCE, RATE, interval
from openresponse.report.prose.readings import cells
from openresponse.tables.hierarchy import ALL, NOT_RECORDED

MOST_NAMED = 3  # more places at the top than this are no finding
METHOD = (
    N_("A rate is the number of calls in a calendar year for each 10,000 residents of the area."),
    N_(
        "Beside each rate is its {confidence} confidence interval: the exact limits of a Poisson"
        " count (Garwood 1936), divided by the residents. It says how far chance alone could move"
        " the number of calls. The number of residents is taken as exact."
    ),
    N_(
        "An area is named as the highest or lowest only where its interval overlaps none of the"
        " others. Up to {most} areas are named together where their intervals lie beyond all"
        " others. Otherwise no area is called the highest or the lowest."
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

    @property
    def limits(self) -> tuple[float, float] | None:
        """Of its confidence interval; None where the rate is not shown."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    def against(self, whole: "Rate") -> str:
        """On which side of the whole's rate it lies: `higher`, `lower` or `too close to say`; empty
        where one is not shown.
        """
        if self.limits is None or whole.rate is None:
            return ""
        low, high = self.limits
        if low > whole.rate:
            return N_("higher")
        return N_("lower") if high < whole.rate else N_("too close to say")


def method() -> list[str]:
    """How rates are computed and put in an order, in sentences."""
    values = {"confidence": f"{CONFIDENCE:.0%}", "most": MOST_NAMED}
    return [_(text, **values) for text in METHOD]


def table_of(published: Published) -> str:
    """The table with rates by neighborhood; empty where the release has none."""
    tables = (
        table
        for table, frame in published.tables.items()
        if published.kind(table) == "counts"
        and published.category(table) == "neighborhood"
        and RATE in frame
    )
    return next(tables, "")


def of_year(published: Published, table: str, period: str) -> tuple[Rate, list[Rate]]:
    """The whole city's rate and those of the areas that are known, in the order of the table."""
    frame = cells(published, table)
    category = published.category(table)
    labels = published.hierarchy(table, category).labels
    by_code = {
        row[category]: _rate(row, labels[row[category]], row[category], published.unit(table))
        for _, row in frame[frame["period"] == period].iterrows()
    }
    return by_code[ALL], [rate for code, rate in by_code.items() if code not in (ALL, NOT_RECORDED)]


def standing_clear(rates: list[Rate], highest: bool = True) -> list[Rate]:
    """The fewest areas, at most MOST_NAMED, whose intervals lie beyond those of all others; none
    where there are no such.

    The first of the list is the highest (or lowest). Areas without a shown rate are not compared.
    """
    shown = [(one.rate or 0.0, one.limits, one) for one in rates if one.limits]
    shown.sort(key=lambda one: one[0], reverse=highest)
    lows, highs = ([limits[at] for _value, limits, _one in shown] for at in (0, 1))
    for size in range(1, min(MOST_NAMED, len(shown) - 1) + 1):
        if (
            min(lows[:size]) > max(highs[size:])
            if highest
            else max(highs[:size]) < min(lows[size:])
        ):
            return [one for _value, _limits, one in shown[:size]]
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
