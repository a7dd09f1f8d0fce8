"""Whether the money of the month is there, once, and of about the usual size."""

from collections.abc import Iterator

import pandas as pd

from openresponse.records.plausibility import chance, hit_rows
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered
from openresponse.tables.months import MONTH, number

KEY = ["month", "model", "category"]


def spending_total(delivered: Delivered) -> Iterator[Finding]:
    totals = _lines(delivered).groupby("month")["amount"].sum().astype(float)
    before = _before(delivered, totals)
    if delivered.month in totals and len(before) >= delivered.limits.fewest_months:
        ratio = totals[delivered.month] / before.median() if before.median() else 1.0
        if not 1 / delivered.limits.spending_factor < ratio < delivered.limits.spending_factor:
            yield Finding(f"the total is {ratio:.2f} times what is usual", "spending", "amount")


def month_without_spending(delivered: Delivered) -> Iterator[Finding]:
    there = _lines(delivered)["month"]
    expected = _before(delivered, pd.Series(0, index=sorted(set(there))))
    last = expected.index[-1] if len(expected) else ""
    running = last and number(delivered.month) - number(last) == 1
    enough = len(expected) >= delivered.limits.fewest_months
    if enough and running and delivered.month not in set(there):
        yield Finding("no line is of the month", "spending", "month")


def credits(delivered: Delivered) -> Iterator[Finding]:
    rows = delivered.newest.get("spending")
    if rows is not None:
        hit = (rows["amount"] < 0).fillna(False)
        if hit.any():
            yield hit_rows.among(rows, hit, "spending", "amount")


def large_line(delivered: Delivered) -> Iterator[Finding]:
    lines = _lines(delivered)
    before = lines[lines["delivery"] < delivered.month]
    usual = before.groupby(["model", "category"])["amount"].median().rename("usual")
    newest = lines[lines["delivery"] == delivered.month].join(usual, on=["model", "category"])
    hit = (newest["amount"] > delivered.limits.large_line * newest["usual"]).fillna(False)
    hit &= newest["usual"] > 0
    if hit.any():
        yield hit_rows.among(newest, hit, "spending", "amount")


def category_without_spending(delivered: Delivered) -> Iterator[Finding]:
    lines = _lines(delivered)
    months = list(_before(delivered, pd.Series(0, index=sorted(set(lines["month"])))).index)
    if (
        len(months) < delivered.limits.fewest_months
        or not (lines["month"] == delivered.month).any()
    ):
        return
    there = lines.groupby(["model", "category"])["month"].agg(set)
    always = there[there.map(set(months).issubset)]
    gone = sum(delivered.month not in one for one in always)
    if gone:
        measure = f"{gone} of {len(always)} of the months before are not in this one"
        yield Finding(measure, "spending", "category")


def spending_of_later_months(delivered: Delivered) -> Iterator[Finding]:
    rows = delivered.newest.get("spending")
    if rows is not None:
        hit = (rows["month"] > delivered.month).fillna(False)
        hit &= rows["month"].str.fullmatch(MONTH).fillna(False)
        if hit.any():
            yield hit_rows.among(rows, hit, "spending", "month")


def spending_restated(delivered: Delivered) -> Iterator[Finding]:
    lines = _lines(delivered)
    sums = lines.groupby([*KEY, "delivery"])["amount"].sum().reset_index()
    earlier = {month for month, first in delivered.published.items() if first < delivered.month}
    newest = sums[(sums["delivery"] == delivered.month) & sums["month"].isin(earlier)]
    before = sums[sums["delivery"] < delivered.month].drop_duplicates(KEY, keep="last")
    both = newest.merge(before, on=KEY, how="left", suffixes=("", "_before"), validate="1:1")
    changed = both[both["amount"] != both["amount_before"].fillna(0)]
    if len(changed):
        measure = f"{len(changed):,} amounts of months that are published"
        rows = delivered.newest["spending"]
        hit = rows[KEY].merge(changed[KEY], how="left", indicator=True)["_merge"] == "both"
        at = chance.numbers(rows, hit.set_axis(rows.index))
        yield Finding(measure, "spending", "amount", rows=at)


def _lines(delivered: Delivered) -> pd.DataFrame:
    """The lines of spending that can be read; none where the program has no such extract."""
    rows = delivered.frames.get("spending")
    if rows is None:
        return pd.DataFrame(columns=[*KEY, "amount", "delivery", "row"])
    return rows[rows["month"].str.fullmatch(MONTH).fillna(False) & rows["amount"].notna()]


def _before(delivered: Delivered, series: pd.Series) -> pd.Series:
    return series[series.index < delivered.month].tail(delivered.limits.months_before)


AMOUNT = "Look how amounts are written: a lost decimal sign, another currency, thousands."
CHECKS = (
    Check(
        "spending_total",
        "The month's spending is of about the usual size.",
        "stop",
        AMOUNT,
        spending_total,
        ("spending_factor", "fewest_months"),
    ),
    Check(
        "month_without_spending",
        "The month has spending, as the months before.",
        "stop",
        "Deliver the lines of the month.",
        month_without_spending,
        ("fewest_months",),
    ),
    Check(
        "credits",
        "No amount is negative.",
        "note",
        "Nothing, where money came back; it is subtracted.",
        credits,
    ),
    Check(
        "large_line",
        "No line is many times the usual one of its model and category.",
        "stop",
        AMOUNT,
        large_line,
        ("large_line",),
    ),
    Check(
        "category_without_spending",
        "What was paid for in every month before was paid for in this one.",
        "note",
        "Look whether lines are missing; else say why in the note of the budget.",
        category_without_spending,
        ("fewest_months",),
    ),
    Check(
        "spending_of_later_months",
        "No line of spending is of a later month than the release.",
        "set aside",
        "Nothing, where money is booked ahead: it is counted when its month is released.",
        spending_of_later_months,
    ),
    Check(
        "spending_restated",
        "No amount of a published month changes.",
        "stop",
        "Where the books were corrected, say so with --accept: the new amount is published as"
        " revised.",
        spending_restated,
    ),
)
