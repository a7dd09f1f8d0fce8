"""Published cells by name: a value or the reason why there is none, never a number in its place."""

from dataclasses import dataclass

import pandas as pd

from openresponse.release.store.published import Published
from openresponse.tables.hierarchy import Hierarchy

ALL = "all"
FEWEST_FOR_A_TREND = 3  # periods below which no chart through time is drawn
# The figure the eye should rest on, by what a table's category is: its code, and the whole its
# share is of.
HEADLINES = {
    "stage": ("team_sent", "part"),
    "responders": ("police_on_scene", "all"),
    "police_role": ("police_not_on_scene", "all"),
    "attendance": ("attended", "part"),
    "outcome": ("remained_in_community", "part"),
    "service": ("team_sent", "part"),
    "followup": ("within_7_days", "all"),
    "referral": ("accepted", "part"),
    "repeat": ("repeat_within_30_days", "part"),
    "applicant": ("section12", "all"),
    "answer": ("yes", "all"),
    "handling": ("rows_used", "all"),
}
GRAINS = ("month", "quarter", "year", "all")


# What a table is about that has none of these names, where its category has such a code.
ABOUT = ("psychiatric",)


@dataclass(frozen=True)
class Reading:
    """One published cell. `of` is the count its share is a share of; None stands for no value, and
    the status says why."""

    period: str
    code: str
    value: int | None
    status: str
    share: float | None
    share_status: str
    of: int | None

    @property
    def withheld(self) -> bool:
        return self.value is None


def by_model(published: Published, category: str) -> list[str]:
    """The tables of a category that tell models apart, the shortest periods first; without such,
    those that do not.
    """
    tables = [
        t
        for t in published.tables
        if published.kind(t) == "counts" and published.category(t) == category
    ]
    apart = [
        t
        for t in tables
        if "model" in published.dimensions(t) and len(published.dimensions(t)) == 1
    ]
    return sorted(apart or tables, key=lambda t: GRAINS.index(published.grain(t)))


def whole(published: Published, table: str, where: dict[str, str] | None = None) -> dict[str, str]:
    """A slice of a table: the dimensions given, and the total of each one that is not."""
    chosen = {}
    for dimension in published.dimensions(table):
        codes = published.hierarchy(table, dimension).codes
        chosen[dimension] = (where or {}).get(dimension, ALL if ALL in codes else codes[0])
    return chosen


def cells(published: Published, table: str, where: dict[str, str] | None = None) -> pd.DataFrame:
    """The rows of one slice, every period."""
    frame = published.tables[table]
    for dimension, code in whole(published, table, where).items():
        frame = frame[frame[dimension] == code]
    return frame


def categories(published: Published, table: str, where: dict[str, str] | None = None) -> Hierarchy:
    """The hierarchy of a table's category; in a stacked table that of the part chosen."""
    category, chosen = published.category(table), whole(published, table, where)
    parts = [f"{category}:{code}" for code in chosen.values()]
    hierarchies = published.resources[table]["openresponse"]["trees"]
    stacked = [part for part in parts if part in hierarchies]
    return published.hierarchy(table, category, stacked[0].split(":", 1)[1] if stacked else None)


def headline(
    published: Published, table: str, where: dict[str, str] | None = None
) -> tuple[str, str] | None:
    """The table's headline (code, whole), or None where it has no such category."""
    codes = categories(published, table, where).codes
    found = (
        [HEADLINES[published.category(table)]]
        if published.category(table) in HEADLINES
        else [(code, "all") for code in ABOUT]
    )
    return next((one for one in found if one[0] in codes), None)


def series(
    published: Published,
    table: str,
    code: str,
    of: str = "all",
    where: dict[str, str] | None = None,
) -> list[Reading]:
    """One category through time, oldest first. of: `part` or `all`, the whole of the share."""
    frame = cells(published, table, where)
    frame = frame[frame[published.category(table)] == code].sort_values("period")
    value = published.unit(table)
    whole_of = f"{of}_{value}" if of == "all" else f"part_of_{value}"
    return [
        Reading(
            row["period"],
            code,
            _number(row[value]),
            row[f"{value}_status"],
            _number(row[f"share_of_{of}"]),
            row[f"share_of_{of}_status"],
            _number(row[whole_of]),
        )
        for _, row in frame.iterrows()
    ]


def latest(
    published: Published,
    table: str,
    code: str,
    of: str = "all",
    where: dict[str, str] | None = None,
) -> Reading | None:
    """The category in the table's last period, or None where the table has no such row."""
    found = series(published, table, code, of, where)
    return found[-1] if found and found[-1].period == published.periods(table)[-1] else None


def breakdown(
    published: Published, table: str, where: dict[str, str] | None = None, period: str | None = None
) -> pd.DataFrame:
    """One period's categories in the order of their hierarchy: code, label, depth, count, status,
    shares, whole (of the share of all).
    """
    hierarchy, unit = categories(published, table, where), published.unit(table)
    frame = cells(published, table, where)
    frame = frame[frame["period"] == (period or published.periods(table)[-1])].set_index(
        published.category(table)
    )
    frame = frame.loc[[code for code in hierarchy.codes if code in frame.index]]
    values = ["share_of_part", "share_of_part_status", "share_of_all", "share_of_all_status"]
    rows = (
        frame.rename(columns={unit: "count", f"{unit}_status": "status", f"all_{unit}": "whole"})[
            ["count", "status", *values, "whole"]
        ]
        .rename_axis("code")
        .reset_index()
    )
    return rows.assign(
        label=rows["code"].map(hierarchy.labels),
        depth=[len(hierarchy.ancestors(code)) - 1 for code in rows["code"]],
    )


def _number(value):
    return None if pd.isna(value) else value.item() if hasattr(value, "item") else value
