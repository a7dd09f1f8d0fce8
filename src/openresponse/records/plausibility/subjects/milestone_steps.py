"""Whether the milestones go on from what was published of them."""

from collections.abc import Iterator

import pandas as pd

from openresponse.records.plausibility import chance, hit_rows
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered


def milestone_disappears(delivered: Delivered) -> Iterator[Finding]:
    before, now = _before_and_now(delivered)
    gone = ~before["milestone"].isin(now["milestone"])
    if len(now) and gone.any():
        yield Finding(f"{chance.part(gone.sum(), len(before))} are gone", "milestones")


def no_milestones(delivered: Delivered) -> Iterator[Finding]:
    before, now = _before_and_now(delivered)
    if len(before) and not len(now):
        yield Finding(f"none of {len(before):,}", "milestones")


def milestone_twice(delivered: Delivered) -> Iterator[Finding]:
    _, now = _before_and_now(delivered)
    yield from _where(now, now["milestone"].duplicated(keep=False))


def planned_day_moves(delivered: Delivered) -> Iterator[Finding]:
    before, now = _before_and_now(delivered)
    both = now.merge(
        before.drop_duplicates("milestone")[["milestone", "planned"]],
        on="milestone",
        how="left",
        suffixes=("", "_before"),
    ).set_axis(now.index)
    moved = both["planned_before"].notna() & (both["planned_before"] != both["planned"])
    yield from _where(now, moved)


def done_without_day(delivered: Delivered) -> Iterator[Finding]:
    _, now = _before_and_now(delivered)
    yield from _where(now, (now["status"] == "done") & now["actual"].isna())


def day_without_done(delivered: Delivered) -> Iterator[Finding]:
    _, now = _before_and_now(delivered)
    yield from _where(now, now["actual"].notna() & (now["status"] != "done"))


def reached_after_the_month(delivered: Delivered) -> Iterator[Finding]:
    end = delivered.end.tz_localize(None)
    _, now = _before_and_now(delivered)
    yield from _where(now, now["actual"] >= end)


def _where(now: pd.DataFrame, chosen: pd.Series) -> Iterator[Finding]:
    hit = chosen.fillna(False).astype(bool)
    if hit.any():
        yield hit_rows.among(now, hit, "milestones")


def _before_and_now(delivered: Delivered) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The milestones of the last delivery before, and those of this one; none where the program has
    no such extract.
    """
    rows = delivered.frames.get("milestones")
    if rows is None:
        columns = ["milestone", "planned", "actual", "status", "row"]
        rows = pd.DataFrame(columns=[*columns, "delivery"])
        return rows, rows
    earlier = rows[rows["delivery"] < delivered.month]
    last = earlier["delivery"].max()
    return earlier[earlier["delivery"] == last], delivered.newest["milestones"]


CHECKS = (
    Check(
        "milestone_disappears",
        "Every milestone that was listed is listed still.",
        "note",
        "List it, with a note on why it was given up.",
        milestone_disappears,
    ),
    Check(
        "no_milestones",
        "There are milestones, where there were before.",
        "stop",
        "Deliver the file of milestones.",
        no_milestones,
    ),
    Check(
        "milestone_twice",
        "Each milestone is listed once.",
        "set aside",
        "Keep one of the rows named; the last counts.",
        milestone_twice,
    ),
    Check(
        "planned_day_moves",
        "The planned day of a milestone stays.",
        "note",
        "Say in its note why the plan changed.",
        planned_day_moves,
    ),
    Check(
        "done_without_day",
        "A milestone that is done has the day on which it was reached.",
        "note",
        "Write the day.",
        done_without_day,
    ),
    Check(
        "day_without_done",
        "A milestone that was reached is done.",
        "note",
        "Set its status, or remove the day.",
        day_without_done,
    ),
    Check(
        "reached_after_the_month",
        "No milestone was reached after the month of the release.",
        "note",
        "Look at the day: a plan belongs into the planned day.",
        reached_after_the_month,
    ),
)
