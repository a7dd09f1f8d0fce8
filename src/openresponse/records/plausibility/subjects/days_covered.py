"""Whether every day and hour of the month is there."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from openresponse.records import deidentification
from openresponse.records.plausibility import chance
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered

FEWEST_CALLS = 20  # of a month, before one day or moment can hold too many of them


def first_days_missing(delivered: Delivered) -> Iterator[Finding]:
    days = _month(delivered).to_numpy() > 0
    yield from _gap(delivered, int(np.argmax(days)), "first")


def last_days_missing(delivered: Delivered) -> Iterator[Finding]:
    days = _month(delivered).to_numpy() > 0
    yield from _gap(delivered, int(np.argmax(days[::-1])), "last")


def days_missing_between(delivered: Delivered) -> Iterator[Finding]:
    there = np.flatnonzero(_month(delivered).to_numpy() > 0)
    longest = int(np.diff(there).max()) - 1 if len(there) > 1 else 0
    yield from _gap(delivered, longest, "successive")


def days_without_units(delivered: Delivered) -> Iterator[Finding]:
    units = delivered.frames.get("units")
    if units is None or "incident" not in units:
        return
    calls = delivered.rows[delivered.rows["month"] == delivered.month]
    without = ~calls.index.isin(units["incident"])
    day = calls["local"].dt.day
    # Of a day with calls enough, all without a unit, where over the month most have one.
    by_day = pd.DataFrame({"without": without, "day": day}).groupby("day")["without"]
    usual = float(np.mean(without)) if len(calls) else 1.0
    empty = [size for share, size in zip(by_day.mean(), by_day.size(), strict=True) if share == 1]
    odds = 0.5 * delivered.limits.chance**2
    if usual < 0.5 and sum(empty) * -np.log(max(usual, 1 / max(len(calls), 1))) > odds:
        yield Finding(f"{len(empty)} days with calls, and no unit for any of these", "units")


def calls_on_one_day(delivered: Delivered) -> Iterator[Finding]:
    days = _month(delivered)
    if days.sum() >= FEWEST_CALLS and days.max() > delivered.limits.one_day * days.sum():
        measure = chance.part(days.max(), days.sum())
        yield Finding(measure, delivered.counted, _moment(delivered))


def calls_at_one_moment(delivered: Delivered) -> Iterator[Finding]:
    calls = delivered.rows[delivered.rows["month"] == delivered.month]
    same = calls["local"].map(calls["local"].value_counts())
    most = same.max() if len(same) else 0
    if len(calls) >= FEWEST_CALLS and most > delivered.limits.one_moment * len(calls):
        hit = (same == most).fillna(False)
        yield Finding(
            chance.part(most, len(calls)),
            delivered.counted,
            _moment(delivered),
            rows=chance.numbers(calls, hit),
        )


def hours_of_the_day(delivered: Delivered) -> Iterator[Finding]:
    limits, hour = delivered.limits, delivered.rows["local"].dt.hour
    start = 0
    for end, band in deidentification.TIME_BANDS:
        table = chance.by_month(hour.between(start, end - 1), delivered.rows["month"])
        against = chance.share(table, delivered.month, limits)
        if chance.differs(against, limits, limits.least_share):
            yield Finding(str(against), delivered.counted, _moment(delivered), about=band)
        start = end


def weekends(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    weekend = delivered.rows["local"].dt.day_of_week >= 5
    table = chance.by_month(weekend, delivered.rows["month"])
    against = chance.share(table, delivered.month, limits)
    if chance.differs(against, limits, limits.least_share):
        yield Finding(str(against), delivered.counted, _moment(delivered))


def _moment(delivered: Delivered) -> str:
    return "received" if delivered.counted == "incidents" else "dispatched"


def _month(delivered: Delivered) -> pd.Series:
    """How many rows are counted on each day of the release's month."""
    whole = pd.date_range(f"{delivered.month}-01", periods=delivered.days)
    return delivered.by_day.reindex(whole, fill_value=0)


def _gap(delivered: Delivered, days: int, which: str) -> Iterator[Finding]:
    """Where it is more than chance that none of the month's calls fell on so many days."""
    calls = int(_month(delivered).sum())
    if delivered.limits.unlikely(days / delivered.days, calls):
        measure = f"no call on the {days} {which} days, {calls:,} on the others"
        yield Finding(measure, delivered.counted, _moment(delivered))


WHOLE = (
    "Export the month again, from its first day to its last. Accepted, its figures are marked as a"
    " break and compared with none."
)
FORMAT = "Look at the `format` of the column, and whether a.m. and p.m. or the zone were lost."
CHECKS = (
    Check(
        "first_days_missing",
        "The first days of the month have calls.",
        "stop",
        WHOLE,
        first_days_missing,
        ("chance",),
    ),
    Check(
        "last_days_missing",
        "The last days of the month have calls.",
        "stop",
        WHOLE,
        last_days_missing,
        ("chance",),
    ),
    Check(
        "days_missing_between",
        "No days running are without calls, where that is more than chance.",
        "stop",
        WHOLE,
        days_missing_between,
        ("chance",),
    ),
    Check(
        "days_without_units",
        "On no days has every call lost its units.",
        "stop",
        "Export the unit log again, from the first day of the month to the last.",
        days_without_units,
        ("chance",),
    ),
    Check(
        "calls_on_one_day",
        "The calls are spread over the month.",
        "stop",
        "Look whether a default date was written where none was known.",
        calls_on_one_day,
        ("one_day",),
    ),
    Check(
        "calls_at_one_moment",
        "Calls do not share one moment.",
        "stop",
        "Map the time of the call, not the time at which it was imported.",
        calls_at_one_moment,
        ("one_moment",),
    ),
    Check(
        "hours_of_the_day",
        "As large a share of calls comes in each part of the day as in the months before.",
        "stop",
        FORMAT,
        hours_of_the_day,
        ("least_share", "chance"),
    ),
    Check(
        "weekends",
        "As large a share of calls comes at weekends as in the months before.",
        "note",
        "Look whether day and month were interchanged.",
        weekends,
        ("least_share", "chance"),
    ),
)
