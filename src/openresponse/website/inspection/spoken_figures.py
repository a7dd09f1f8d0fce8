"""Every figure that a release publishes, as it may be said: looked up by its period and by a number
that is told of it.
"""

from collections import defaultdict
from functools import cached_property
from pathlib import Path

import pandas as pd

from openresponse.release.store.published import Published
from openresponse.release.tables.loss import loss
from openresponse.release.tables.rate_intervals import RATE
from openresponse.website.inspection.area_counts import area_counts
from openresponse.website.inspection.figure_rows import rows
from openresponse.website.inspection.published_figure import ALL, LAST, UNNAMED, Figure


class Figures:
    """The figures of one release, and the arithmetic that follows from several of them."""

    def __init__(self, published: Published):
        self.published = published
        self.through_time: dict[tuple, dict[str, Figure]] = defaultdict(dict)
        self._at: dict[tuple, set[Figure]] = defaultdict(set)
        for table, frame in published.tables.items():
            for figure in rows(published, table, frame):
                self.through_time[table, figure.slice][figure.period] = figure
        self._add_parts()
        last = {table: max(periods, default="") for table, periods in self.periods.items()}
        for figure in self.all:
            for key in figure.keys:
                self._at[figure.period, *key].add(figure)
                if figure.period == last[figure.table]:
                    self._at[LAST, *key].add(figure)

    @classmethod
    def load(cls, folder: Path) -> "Figures":
        return cls(Published.load(folder))

    @property
    def all(self) -> list[Figure]:
        return [figure for through in self.through_time.values() for figure in through.values()]

    def at(self, period: str, kind: str, *numbers) -> set[Figure]:
        """The figures of a period that have a number, or a share with its two counts."""
        return self._at.get((period, kind, *numbers), set())

    @cached_property
    def periods(self) -> dict[str, list[str]]:
        """The periods of each table."""
        periods: dict[str, set[str]] = defaultdict(set)
        for (table, _slice), through in self.through_time.items():
            periods[table] |= through.keys()
        return {table: sorted(of) for table, of in periods.items()}

    @cached_property
    def labels(self) -> dict[tuple[str, str], set[str]]:
        """What a code of a column is called, in the language of the release."""
        labels: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name, nodes in self._hierarchies:
            for node in nodes:
                labels[name.split(":")[0], node["code"]].add(node["label"])
        return labels

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
        return {(sum(one is None for one in values), len(values)) for values in kinds}

    @cached_property
    def _loss(self) -> pd.DataFrame:
        return loss(self.published)

    @property
    def withheld(self) -> tuple[int, int]:
        """How many figures are withheld, and of how many."""
        return int(self._loss["withheld"].sum()), int(self._loss["values"].sum())

    @property
    def least(self) -> float | None:
        """The least share of what it counts that a monthly table shows, where there is one."""
        monthly = self._loss[[self.published.grain(t) == "month" for t in self._loss["table"]]]
        return (monthly["inside"] / monthly["counted"]).min() if monthly["counted"].sum() else None

    @property
    def budget_left(self) -> set[tuple[int]]:
        """The months that the rest of the budget does not last at the rate of the newest one, of
        each table of money.
        """
        left = set()
        for table, frame in self.published.tables.items():
            if self.published.kind(table) != "money":
                continue
            whole = frame[(frame["model"] == ALL) & (frame["category"] == ALL)]
            row = whole.sort_values("period").iloc[-1].dropna()
            if "budget" in row and row["amount"] > 0:
                rest = row["budget"] - row["total_to_date"]
                left.add((int(-(-rest // row["amount"])),))
        return left

    @cached_property
    def rated(self) -> list[dict[str, tuple]]:
        """What is counted over the areas of each table of rates, in its last period: how many are
        shown, withheld, on which side of the whole's rate, and of the tiles of the map on each
        level, with the level's range."""
        return [
            area_counts(self.published, table, self.at(self.periods[table][-1], "table", table))
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
