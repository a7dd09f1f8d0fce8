"""Every figure that a release publishes, as it may be said: looked up by its period and by a number
that is told of it.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pandas as pd

from openresponse.release.store.published import Published
from openresponse.release.tables.loss import loss
from openresponse.release.tables.rate_intervals import RATE, bounds, interval

ALL = "all"
LAST = ""  # in place of a period: the last one of each table
UNKNOWN = "not_recorded"
UNNAMED = (
    "interval",
    "event",
    "characteristic",
)  # dimensions whose codes a sentence need not name: it says the same in its own words


@dataclass(eq=False)
class Figure:
    """One row of a table. slice: its codes by column. shares: by the whole they are of (`part`,
    `all`), with numerator and denominator. counts, decimals and dollars: what else may be said of
    it, in the order in which a sentence says it.
    """

    table: str
    slice: tuple[tuple[str, str], ...]
    category: str | None
    period: str
    is_whole: bool
    count: int | None = None
    counts: tuple[int, ...] = ()
    shares: dict[str, tuple[float, int | None, int | None]] = field(default_factory=dict)
    decimals: tuple[float, ...] = ()
    dollars: tuple[int, ...] = ()
    is_rated: bool = False
    withheld: bool = False

    @cached_property
    def keys(self) -> set[tuple]:
        """What it is looked up by."""
        keys = (
            {("table", self.table)}
            | {("count", n) for n in self.counts}
            | {("decimal", f"{n:.1f}") for n in self.decimals}
            | {("dollars", n) for n in self.dollars}
        )
        for share, n, of in self.shares.values():
            keys |= {("share", percent(share)), ("parted", percent(share), n, of)}
        return keys


class Figures:
    """The figures of one release, and the arithmetic that follows from several of them."""

    def __init__(self, published: Published):
        self.published = published
        self.through_time: dict[tuple, dict[str, Figure]] = defaultdict(dict)
        self._at: dict[tuple, set[Figure]] = defaultdict(set)
        for table, frame in published.tables.items():
            for figure in _figures(published, table, frame):
                self.through_time[table, figure.slice][figure.period] = figure
        self._add_parts()
        last = {table: max(periods, default="") for table, periods in self.periods.items()}
        for figure in (f for found in self.through_time.values() for f in found.values()):
            for key in figure.keys:
                self._at[figure.period, *key].add(figure)
                if figure.period == last[figure.table]:
                    self._at[LAST, *key].add(figure)

    @classmethod
    def load(cls, folder: Path) -> "Figures":
        return cls(Published.load(folder))

    def at(self, period: str, kind: str, *told) -> set[Figure]:
        """The figures of a period of which a number, or a share with its two counts, is told."""
        return self._at.get((period, kind, *told), set())

    @cached_property
    def periods(self) -> dict[str, list[str]]:
        """The periods of each table."""
        found = defaultdict(set)
        for table, slice_ in self.through_time:
            found[table] |= self.through_time[table, slice_].keys()
        return {table: sorted(periods) for table, periods in found.items()}

    @cached_property
    def labels(self) -> dict[tuple[str, str], set[str]]:
        """What a code of a column is called, in the language of the release."""
        found = defaultdict(set)
        for name, nodes in self._hierarchies:
            for node in nodes:
                found[name.split(":")[0], node["code"]].add(node["label"])
        return found

    @cached_property
    def first(self) -> set[tuple[str, str]]:
        """The code of each column that a sentence means where it names none: that of all, or the
        first.
        """
        return {
            (name, ALL if ALL in (codes := [node["code"] for node in nodes]) else codes[0])
            for name, nodes in self._hierarchies
        }

    @property
    def _hierarchies(self) -> list[tuple[str, list[dict]]]:
        return [
            hierarchy
            for resource in self.published.resources.values()
            for hierarchy in resource["openresponse"].get("trees", {}).items()
        ]

    @cached_property
    def texts(self) -> set[str]:
        """Every text of the release: names, definitions, the words of the program file."""

        def within(value):
            if isinstance(value, str):
                yield value
            elif isinstance(value, (dict, list)):
                for one in value.values() if isinstance(value, dict) else value:
                    yield from within(one)

        return set(within(self.published.package)) - {""}

    def gaps(self, figure: Figure) -> set[tuple[int, int]]:
        """How many periods show no number, of the kind that is drawn through time, and how many
        there are.
        """
        through = self.through_time[figure.table, figure.slice].values()
        kinds = (
            ([f.decimals[1:] or None for f in through],)
            if not figure.category
            else (
                ([f.count for f in through],)
                if figure.is_whole
                else ([f.shares.get(of) for f in through] for of in ("part", "all"))
            )
        )
        return {(sum(one is None for one in told), len(told)) for told in kinds}

    @cached_property
    def _loss(self) -> pd.DataFrame:
        return loss(self.published)

    @property
    def withheld(self) -> tuple[int, int]:
        """How many figures are withheld, and of how many."""
        return int(self._loss["withheld"].sum()), int(self._loss["cells"].sum())

    @property
    def least(self) -> float | None:
        """The least share of what it counts that a monthly table of the whole city shows; None
        where there is no such table.
        """
        monthly = self._loss[
            [
                self.published.grain(t) == "month" and "model" not in self.published.dimensions(t)
                for t in self._loss["table"]
            ]
        ]
        return (monthly["inside"] / monthly["counted"]).min() if monthly["counted"].sum() else None

    @cached_property
    def rated(self) -> list[dict[str, tuple]]:
        """What is counted over the areas of each table of rates, in its last period: how many are
        shown, withheld, on which side of the whole's rate, and of the tiles of the map on each
        level, with the level's range."""
        return [
            _areas(self.published, table, self.at(self.periods[table][-1], "table", table))
            for table, frame in self.published.tables.items()
            if RATE in frame
        ]

    def _add_parts(self) -> None:
        """The share that one code of a dimension has of all its codes, where a table tells both
        numbers and not the share.
        """
        for (table, slice_), figures in self.through_time.items():
            for column, code in slice_:
                whole = tuple((c, ALL if c == column else v) for c, v in slice_)
                if column in UNNAMED or code == ALL or (table, whole) not in self.through_time:
                    continue
                for period, figure in figures.items():
                    every = self.through_time[table, whole].get(period)
                    if every and figure.count is not None and every.count:
                        figure.shares[column] = (
                            figure.count / every.count,
                            figure.count,
                            every.count,
                        )


def _figures(published: Published, table: str, frame: pd.DataFrame) -> list[Figure]:
    """A table's rows; none of one that is a list."""
    kind = published.kind(table)
    if kind not in ("counts", "times", "money"):
        return []
    category, unit = published.category(table), published.unit(table)
    hierarchies = published.resources[table]["openresponse"].get("trees", {})
    columns = [column for column in frame if column in hierarchies or column == category]
    found = []
    for row in frame.to_dict("records"):
        told = {name: value for name, value in row.items() if not pd.isna(value)}
        figure = Figure(
            table,
            tuple((column, row[column]) for column in columns),
            category,
            row["period"],
            row.get("part_of", "") == "",
        )
        if kind == "counts":
            figure.count = told.get(unit)
            figure.counts = _some(told, unit, f"part_of_{unit}")
            figure.shares = {
                of: (
                    told[f"share_of_{of}"],
                    told.get(unit),
                    told.get(f"{of}_of_{unit}" if of == "part" else f"all_{unit}"),
                )
                for of in ("part", "all")
                if f"share_of_{of}" in told
            }
            figure.is_rated = RATE in frame
            if RATE in told:
                limits = (
                    interval(told[unit], told["residents"])
                    if unit in told and "residents" in told
                    else ()
                )
                figure.decimals = (told[RATE], *limits)
                figure.counts = _some(told, unit, "residents")
            figure.withheld = row.get(f"{RATE}_status", row[f"{unit}_status"]) == "c"
        elif kind == "times":
            figure.counts, figure.decimals = (
                _some(told, "timed"),
                _some(told, "median_minutes", "p90_minutes"),
            )
            figure.shares = (
                {"timed": (told["share_not_timed"], None, None)}
                if "share_not_timed" in told
                else {}
            )
        else:
            figure.dollars = tuple(
                round(amount) for amount in _some(told, "total_to_date", "budget", "amount")
            )
            figure.shares = (
                {"budget": (told["share_of_budget"], None, None)}
                if "share_of_budget" in told
                else {}
            )
        found.append(figure)
    return found


def _areas(published: Published, table: str, figures: set[Figure]) -> dict[str, tuple]:
    category = published.category(table)
    rows = {
        dict(f.slice)[category]: f
        for f in figures
        if all(code == ALL for column, code in f.slice if column != category)
    }
    whole, areas = rows.pop(ALL), {code: f for code, f in rows.items() if code != UNKNOWN}
    shown = [f.decimals for f in areas.values() if len(f.decimals) == 3]
    told = {
        "withheld areas": (sum(f.withheld for f in areas.values()), len(areas)),
        "areas shown": (len(shown),),
    }
    tiles = [
        f
        for code, f in areas.items()
        if (published.program.get("neighborhoods") or {}).get(code, {}).get("tile")
    ]
    told |= {
        "withheld tiles": (sum(f.withheld for f in tiles),),
        "tiles without a rate": (sum(not f.withheld and not f.decimals for f in tiles),),
    }
    if not whole.decimals:
        return told
    higher, lower = (
        sum(low > whole.decimals[0] for _, low, _high in shown),
        sum(high < whole.decimals[0] for *_, high in shown),
    )
    told["sides"] = len(shown), higher, lower, len(shown) - higher - lower
    if limits := bounds(whole.decimals[0]):
        levels = Counter(
            1 + sum(f.decimals[0] >= limit for limit in limits) for f in tiles if f.decimals
        )
        edges = [limits[:1], *((low, high - 0.1) for low, high in pairwise(limits)), limits[-1:]]
        told |= {
            f"level {n}": (*(f"{edge:.1f}" for edge in span), levels[n])
            for n, span in enumerate(edges, start=1)
        }
    return told


def _some(told: dict, *names: str) -> tuple:
    return tuple(told[name] for name in names if name in told)


def percent(share: float) -> str:
    """A proportion as a percentage with one decimal, rounded in decimals as it is written."""
    return str((Decimal(str(share)) * 100).quantize(Decimal("0.1")))
