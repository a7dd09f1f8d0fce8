"""Published cells by name: a value or the reason why there is none, never a number in its place."""

from dataclasses import dataclass

import pandas as pd

from openresponse.release.store.published import Published
from openresponse.release.tables.columns import BREAK
from openresponse.report.prose import words
from openresponse.tables.hierarchy import ALL, Hierarchy

FEWEST_FOR_A_TREND = 3  # periods below which no chart through time is drawn
# What incidents are called: in a table of all, and where it holds only those of this code of the
# funnel.
COUNTED_AS = {"incidents": "calls", "contact_made": "contacts", "team_sent": "runs"}
GRAINS = ("month", "quarter", "year", "all")


@dataclass(frozen=True)
class Share:
    """A share with its numerator and denominator, all published."""

    share: float
    n: int
    of: int


@dataclass(frozen=True)
class Reading:
    """One published cell. `of` is the count its share is a share of; None stands for no value, and
    the status of each says why."""

    period: str
    code: str
    value: int | None
    status: str
    share: float | None
    share_status: str
    of: int | None
    of_status: str = ""

    @property
    def shown(self) -> Share | None:
        """Its share, where that and what it is a share of are published."""
        if self.share is None or self.value is None or self.of is None:
            return None
        return Share(self.share, self.value, self.of)


def counted_as(published: Published, table: str) -> str:
    """What one row of a table counts, as `words.unit` knows it: contacts and runs are incidents of
    which the table holds only a part.
    """
    parts = published.resources[table]["openresponse"].get("parts") or []
    of = {code for part in parts for _dimension, code in part.get("where") or ()}
    unit = published.unit(table)
    return COUNTED_AS.get(next(iter(of), unit), COUNTED_AS.get(unit, unit))


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


def table_apart(published: Published, category: str) -> str | None:
    """The table of a category that tells models apart, of the shortest periods; None where there is
    none.
    """
    tables = by_model(published, category)
    return next((one for one in tables if "model" in published.dimensions(one)), None)


def table_by(published: Published, category: str, dimensions: tuple[str, ...]) -> str | None:
    """The table of a category by exactly these dimensions, of the shortest periods; None where
    there is none.
    """
    tables = [
        table
        for table in published.tables
        if published.kind(table) == "counts"
        and published.category(table) == category
        and tuple(published.dimensions(table)) == dimensions
    ]
    return min(tables, key=lambda table: GRAINS.index(published.grain(table)), default=None)


def whole(published: Published, table: str, slice: dict[str, str] | None = None) -> dict[str, str]:
    """A slice of a table: the dimensions given, and the total of each one that is not."""
    chosen = {}
    for dimension in published.dimensions(table):
        codes = published.hierarchy(table, dimension).codes
        chosen[dimension] = (slice or {}).get(dimension, ALL if ALL in codes else codes[0])
    return chosen


def cells(published: Published, table: str, slice: dict[str, str] | None = None) -> pd.DataFrame:
    """The rows of one slice, every period."""
    slices = published.once(_slices, table)
    key = tuple(whole(published, table, slice).values())
    return slices[key] if key in slices else published.tables[table].iloc[:0]


def _slices(published: Published, table: str) -> dict[tuple[str, ...], pd.DataFrame]:
    """The rows of each slice, by the codes of its dimensions."""
    frame, dimensions = published.tables[table], published.dimensions(table)
    return dict(iter(frame.groupby(dimensions, sort=False))) if dimensions else {(): frame}


def categories(published: Published, table: str, slice: dict[str, str] | None = None) -> Hierarchy:
    """The hierarchy of a table's category; in a stacked table that of the part chosen."""
    category, chosen = published.category(table), whole(published, table, slice)
    parts = [f"{category}:{code}" for code in chosen.values()]
    hierarchies = published.resources[table]["openresponse"]["trees"]
    stacked = [part for part in parts if part in hierarchies]
    return published.hierarchy(table, category, stacked[0].split(":", 1)[1] if stacked else None)


def series(
    published: Published,
    table: str,
    code: str,
    of: str = "all",
    slice: dict[str, str] | None = None,
) -> list[Reading]:
    """One category through time, oldest first. of: `part` or `all`, the whole of the share."""
    key = (*whole(published, table, slice).values(), code)
    return list(published.once(_series, table, of).get(key, ()))


def a_year_apart(readings: list[Reading], period: str) -> tuple[Reading | None, Reading | None]:
    """The reading of a period and of the one a year before, where they are published."""
    by_period = {reading.period: reading for reading in readings}
    return by_period.get(period), by_period.get(words.year_before(period) or "")


def since_break(readings: list[Reading]) -> list[Reading]:
    """The readings of a series after its last break; none where the newest is one."""
    broken = [n for n, one in enumerate(readings) if BREAK in (one.status, one.share_status)]
    return readings[broken[-1] + 1 :] if broken else readings


def _series(published: Published, table: str, of: str) -> dict[tuple[str, ...], list[Reading]]:
    """Every category of every slice through time, by the codes of the slice and of the category."""
    unit, category = published.unit(table), published.category(table)
    whole_of = f"{of}_{unit}" if of == "all" else f"part_of_{unit}"
    values = [unit, f"{unit}_status", f"share_of_{of}", f"share_of_{of}_status"]
    values += [whole_of, f"{whole_of}_status"]
    frame = published.tables[table].sort_values("period", kind="stable")
    keys = zip(*(frame[name] for name in (*published.dimensions(table), category)), strict=True)
    rows = zip(
        frame["period"], frame[category], *map(_plain, (frame[v] for v in values)), strict=True
    )
    found: dict[tuple[str, ...], list[Reading]] = {}
    for key, row in zip(keys, rows, strict=True):
        found.setdefault(key, []).append(Reading(*row))
    return found


def latest(
    published: Published,
    table: str,
    code: str,
    of: str = "all",
    slice: dict[str, str] | None = None,
) -> Reading | None:
    """The category in the table's last period, or None where the table has no such row."""
    readings = series(published, table, code, of, slice)
    newest = published.periods(table)[-1]
    return readings[-1] if readings and readings[-1].period == newest else None


def breakdown(
    published: Published, table: str, slice: dict[str, str] | None = None, period: str | None = None
) -> pd.DataFrame:
    """One period's categories in the order of their hierarchy: code, label, depth, the label of
    the code `above`, count, status, shares, whole (of the share of all).
    """
    hierarchy, unit = categories(published, table, slice), published.unit(table)
    frame = cells(published, table, slice)
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
        above=[
            hierarchy.labels[parents[1]] if len(parents := hierarchy.ancestors(code)) > 1 else ""
            for code in rows["code"]
        ],
    )


def _plain(column: pd.Series) -> list:
    """A column's values as Python's own, None where there is none."""
    return [None if pd.isna(value) else value for value in column.tolist()]
