"""Whether people were followed up on days, and as soon, as in the months before."""

from collections.abc import Iterator

import pandas as pd

from openresponse.program import ExtractName
from openresponse.records.contact_records import EXTRACTS
from openresponse.records.plausibility import chance, hit_rows
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered

FIELD = "followed_up_on"
FEWEST_DAYS = 10  # follow-ups of a month, before one day can have too many of them
MOST = 0.5  # a share of one day that no month of work has
SOON = 7  # days, as in the published share of follow-ups within a week


def follow_ups_on_one_day(delivered: Delivered) -> Iterator[Finding]:
    for name, rows in _followed_up(delivered):
        shares = rows.groupby("delivery")[FIELD].agg(_of_one_day)
        filled = rows[rows["delivery"] == delivered.month]
        before = shares[shares.index < delivered.month]
        usual = before.tail(delivered.limits.months_before).median() if len(before) else 0.0
        if len(filled) >= FEWEST_DAYS and shares[delivered.month] > MOST > usual:
            hit = filled[FIELD] == filled[FIELD].mode()[0]
            measure = f"{chance.part(hit.sum(), len(filled))} share one day"
            yield Finding(measure, name, FIELD, rows=chance.numbers(filled, hit))


def follow_ups_within_a_week(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    for name, rows in _followed_up(delivered):
        if "incident" not in rows:
            continue
        linked = rows.dropna(subset=["incident"])
        called = delivered.of_calls(linked, "local").dt.tz_localize(None)
        days = (linked[FIELD] - called.dt.normalize()).dt.days
        soon = days.between(0, SOON)
        against = hit_rows.against_before(delivered, linked, soon, delivered.changed)
        if chance.differs(against, limits, limits.least_share):
            yield Finding(str(against), name, FIELD)


def _of_one_day(days: pd.Series) -> float:
    """The share of the day that is there most often."""
    return float(days.value_counts(normalize=True).iloc[0])


def _followed_up(delivered: Delivered) -> Iterator[tuple[ExtractName, pd.DataFrame]]:
    """The rows with a follow-up of each extract that has some in the newest delivery."""
    for name in EXTRACTS:
        if delivered.has(name, FIELD):
            rows = delivered.frames[name].dropna(subset=[FIELD])
            if (rows["delivery"] == delivered.month).any():
                yield name, rows


CHECKS = (
    Check(
        "follow_ups_on_one_day",
        "Follow-ups do not share one day.",
        "stop",
        "Map the day of the follow-up, not the day on which the file was exported.",
        follow_ups_on_one_day,
    ),
    Check(
        "follow_ups_within_a_week",
        "As large a share of follow-ups comes within seven days as in the months before.",
        "note",
        "Look whether day and month were interchanged, or another date was exported.",
        follow_ups_within_a_week,
        ("least_share", "chance"),
    ),
)
