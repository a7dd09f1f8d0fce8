"""Whether moments follow each other as they must, within the time that they can."""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from openresponse.program import ExtractName
from openresponse.records import clock
from openresponse.records.plausibility import chance, hit_rows
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered

FEWEST_TIMED = 20  # intervals of a month, before their median is compared
TWICE = 2.0  # a median that doubles or halves is far from usual
Place = tuple[ExtractName, str]  # an extract, and a moment in it


def out_of_order(delivered: Delivered, start: Place, end: Place) -> Iterator[Finding]:
    limits = delivered.limits
    for rows, hours in _hours(delivered, start, end):
        timed = hours.notna()
        early = hours[timed] < 0
        yield from _too_many(delivered, rows[timed], early, end, limits.out_of_order)


def too_long(delivered: Delivered, start: Place, end: Place) -> Iterator[Finding]:
    limits = delivered.limits
    for rows, hours in _hours(delivered, start, end):
        timed = hours >= 0
        late = hours[timed] > limits.longest_hours
        yield from _too_many(delivered, rows[timed], late, end, limits.too_long)


def typical_time(delivered: Delivered, start: Place, end: Place) -> Iterator[Finding]:
    limits = delivered.limits
    for rows, hours in _hours(delivered, start, end):
        inside = hours.between(0, limits.longest_hours)
        by_month = hours[inside].groupby(rows.loc[inside, "delivery"])
        medians = by_month.median()[by_month.size() >= FEWEST_TIMED]
        before = medians[medians.index < delivered.month].tail(limits.months_before)
        if delivered.month not in medians or len(before) < limits.fewest_months:
            continue
        ratio = (medians[delivered.month] + 1 / 60) / (before.median() + 1 / 60)
        if not 1 / TWICE < ratio < TWICE:
            yield Finding(f"the median is {ratio:.1f} times what is usual", *end)


def without_time_of_day(delivered: Delivered) -> Iterator[Finding]:
    limits, zone = delivered.limits, delivered.program.program.zone
    for name, rows in delivered.frames.items():
        for field in delivered.moments(name):
            given = rows[rows[field].notna() | rows.get(f"{field}_at_midnight", False)]
            midnight = clock.at_midnight(given[field], zone)
            yield from _too_many(delivered, given, midnight, (name, field), limits.without_time)


def far_from_its_month(delivered: Delivered) -> Iterator[Finding]:
    gap = pd.Timedelta(days=delivered.limits.longest_gap)
    for name, rows in delivered.newest.items():
        for field in delivered.moments(name):
            far = (rows[field] > delivered.end + gap) | (rows[field] < delivered.end - 2 * gap)
            if far.any() and delivered.expects(name) and name != delivered.counted:
                yield hit_rows.among(rows, far, name, field)


def _hours(
    delivered: Delivered, start: Place, end: Place
) -> Iterator[tuple[pd.DataFrame, pd.Series]]:
    """The rows of the extract that has the end, and the hours from the start to it."""
    if not delivered.has(*start) or not delivered.has(*end):
        return
    rows, zone = delivered.frames[end[0]], delivered.program.program.zone
    if start[0] == end[0]:
        begun = rows[start[1]]
    elif "incident" in rows:
        begun = delivered.of_calls(rows, start[1])
    else:
        return
    reached = rows[end[1]].mask(clock.at_midnight(rows[end[1]], zone))
    yield rows, (reached - begun).dt.total_seconds() / 3600


def _too_many(
    delivered: Delivered, rows: pd.DataFrame, hit: pd.Series, place: Place, limit: float
) -> Iterator[Finding]:
    """Where more rows than the limit are hit, or far more than before."""
    limits = delivered.limits
    yield from hit_rows.more_than_before(
        delivered,
        rows,
        hit,
        *place,
        least=min(limits.least_share, limit) if limit else limits.least_share,
        above=lambda against, hits, of: (
            hits > limit * of and hits > 1 and _unusual(against, limits.least_share)
        ),
    )


def _unusual(against: chance.Against | None, least: float) -> bool:
    """Whether a share above its limit is not what it was in all the months before."""
    return against is None or against.share - against.usual >= least / 2


CALL: Place = ("incidents", "received")
SENT: Place = ("units", "dispatched")
CAME: Place = ("units", "arrived")
CLOCKS = "Look whether the columns are interchanged, and at the `format` and zone of both."
HOURS = "Look at the `format` of the column, and whether a.m. and p.m. were lost."
ORDER, LONG = ("out_of_order", "least_share", "chance"), ("longest_hours", "too_long", "chance")


def _pairs() -> Iterator[Check]:
    """Order, length and typical time from each moment to the next."""
    pairs: tuple[tuple[str, str, Place, Place], ...] = (
        ("call_to_sent", "a call to the sending of its units", CALL, SENT),
        ("sent_to_arrived", "the sending of a unit to its arrival", SENT, CAME),
        ("call_to_encounter", "a call to its encounter", CALL, ("encounters", "started")),
        ("call_to_care", "a call to its patient care", CALL, ("epcr", "started")),
    )
    for name, words, start, end in pairs:
        yield Check(
            f"{name}_order",
            f"The time from {words} does not run backwards.",
            "stop",
            CLOCKS,
            partial(out_of_order, start=start, end=end),
            ORDER,
        )
        yield Check(
            f"{name}_length",
            f"The time from {words} is plausible.",
            "stop",
            HOURS,
            partial(too_long, start=start, end=end),
            LONG,
        )
        yield Check(
            f"{name}_median",
            f"The time from {words} is typically as long as in the months before.",
            "stop",
            HOURS,
            partial(typical_time, start=start, end=end),
            ("fewest_months", "longest_hours"),
        )


CHECKS = (
    *_pairs(),
    Check(
        "without_time_of_day",
        "Moments have a time of day.",
        "stop",
        "Export date and time; name the column of the clock where it is another.",
        without_time_of_day,
        ("without_time", "chance"),
    ),
    Check(
        "far_from_its_month",
        "No moment is years from the month of its delivery.",
        "note",
        "Look at the rows named: a wrong year, or a date that stands for none.",
        far_from_its_month,
        ("longest_gap",),
    ),
)
