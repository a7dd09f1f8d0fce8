"""What each published cell counts, and what a reader knows of it."""

import re
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd

from openresponse.disclosure.audit.meanings import Meanings, nothing
from openresponse.disclosure.audit.same_figures import twins
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable

CEILING = 10**6  # no city answers more calls in a period
STOP = "Nothing was published."


def span(period: str) -> tuple[int, int]:
    """The months a period covers, as first and one past the last, counted from year 0."""
    found = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(\d\d)))?(?:/(\d{4})(?:-(\d\d))?)?", period)
    if not found:
        raise DisclosureError(f"{period}: not a period. {STOP}")
    year, quarter, month, last_year, last_month = (int(g) if g else None for g in found.groups())
    first = 12 * year + (3 * quarter - 3 if quarter else month - 1 if month else 0)
    if last_year:
        return first, 12 * last_year + (last_month or 12)
    return first, first + (3 if quarter else 1 if month else 12)


@dataclass
class Facts:
    """Variables, one for each thing counted and each version of it.

    low, high: what a reader knows it to lie between. names: how to tell a person. shown: whether a
    value was ever published. targets: what may not be provably small. zeros: those of them that may
    be proved to be zero, which is shown elsewhere as it is. revised: for each universe, by release,
    the months it revised.
    """

    index: dict[tuple, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    shown: list[bool] = field(default_factory=list)
    targets: set[int] = field(default_factory=set)
    zeros: set[int] = field(default_factory=set)
    revised: dict[str, dict[int, set[tuple[int, int]]]] = field(default_factory=dict)
    cells: dict[tuple[int, str], np.ndarray] = field(default_factory=dict)
    meanings: Meanings = field(default_factory=Meanings)

    @classmethod
    def read(cls, releases: list[list[ContingencyTable]], rule: Rule) -> "Facts":
        facts = cls(meanings=Meanings.of(releases, twins(releases)))
        facts._find_versions(releases)
        for number, tables in enumerate(releases):
            for table in tables:
                facts._take(number, table, rule)
        return facts

    def variable(self, key: tuple, name: str, low: float = 0, high: float = CEILING) -> int:
        """The variable of a thing counted; new ones start with these bounds."""
        at = self.index.setdefault(key, len(self.names))
        if at == len(self.names):
            self.names.append(name)
            self.low.append(low)
            self.high.append(high)
            self.shown.append(False)
        return at

    def keys(self, table: ContingencyTable) -> list[tuple]:
        """(universe, months, conditions) of each row."""
        return self.meanings.keys(table, span)

    def version(self, release: int, universe: str, stretch: tuple[int, int]) -> int:
        """Which version of these months a release shows: how often any of them had been revised."""
        return sum(
            any(start < stretch[1] and stretch[0] < end for start, end in stretches)
            for number, stretches in self.revised.get(universe, {}).items()
            if number <= release
        )

    def _find_versions(self, releases) -> None:
        """Months are revised where one of their shown figures changed, or stands beside a revised
        one.
        """
        last: dict[tuple, float] = {}
        for number, tables in enumerate(releases):
            for table in tables:
                stands = (
                    table.cells["stands"]
                    if "stands" in table.cells
                    else np.zeros(len(table.cells), dtype=bool)
                )
                for (universe, stretch, conditions), count, stood in zip(
                    self.keys(table), table.cells["count"], stands, strict=True
                ):
                    key = (universe, stretch, conditions)
                    if (stood and key in last) or (
                        pd.notna(count) and last.get(key, count) != count
                    ):
                        self.revised.setdefault(universe, {}).setdefault(number, set()).add(stretch)
                    if pd.notna(count):
                        last[key] = count
                    elif stood:
                        last.pop(key, None)

    def _take(self, number: int, table: ContingencyTable, rule: Rule) -> None:
        exempt = table.rows(table.exempt).to_numpy()
        protected = rule.protects(_residents(table))
        zeros_shown = "hidden" not in (rule.zeros, table.zeros)
        least = _least(table) if zeros_shown else np.zeros(len(table.cells), dtype=int)
        least = np.maximum(least, _carried(table))
        ids, columns = [], {c: table.cells[c].tolist() for c in ("period", *table.hierarchies)}
        rows = zip(
            self.keys(table),
            table.cells["count"],
            table.cells["status"],
            columns["period"],
            strict=True,
        )
        for at, ((universe, stretch, conditions), count, status, period) in enumerate(rows):
            name = partial(_name, table.name, columns, at)
            if (status == "c") != pd.isna(count):
                raise DisclosureError(
                    f"{table.name} [{period}]: a value and its marker do not agree. {STOP}"
                )
            key = (universe, stretch, conditions, self.version(number, universe, stretch))
            variable = self.index.get(key)
            variable = (
                self.variable(key, name(), high=0 if nothing(conditions) else CEILING)
                if variable is None
                else variable
            )
            ids.append(variable)
            if pd.isna(count) and nothing(conditions):
                self.targets.add(variable)
            elif pd.isna(count):
                self.low[variable] = max(self.low[variable], least[at])
                if protected[at]:
                    self.targets.add(variable)
                    (self.zeros.add if zeros_shown and least[at] == 0 else self.zeros.discard)(
                        variable
                    )
            else:
                if protected[at] and not exempt[at] and rule.hides(int(count), table.zeros):
                    raise DisclosureError(
                        f"{name()}: a count below {rule.threshold} is shown. {STOP}"
                    )
                self._known(variable, int(count), rule, exempt[at], name)
        self.cells[number, table.name] = np.array(ids, dtype=int)

    def _known(self, variable: int, count: int, rule: Rule, exempt: bool, name) -> None:
        low = high = count
        if rule.round_to > 1 and count > 0:
            low, high = (
                max(count - rule.round_to // 2, 1 if exempt else rule.threshold),
                count + (rule.round_to - 1) // 2,
            )
        self.low[variable], self.high[variable] = (
            max(self.low[variable], low),
            min(self.high[variable], high),
        )
        self.shown[variable] = True
        if self.low[variable] > self.high[variable]:
            raise DisclosureError(
                f"{name()}: differs from another table or release that counts the same. {STOP}"
            )


def _name(table: str, columns: dict[str, list[str]], row: int) -> str:
    """What a row is called in a message; put together only where there is one."""
    return f"{table} [" + ", ".join(f"{c}={codes[row]}" for c, codes in columns.items()) + "]"


def _least(table: ContingencyTable) -> np.ndarray:
    """The least a withheld cell can be: 1, but 0 in a sensitive group of which no code at all is
    shown, and where an earlier figure stands."""
    least = np.ones(len(table.cells), dtype=int)
    for name, code in table.sensitive:
        parent = table.cells[name].map(table.hierarchies[name].parents)
        group = [
            table.cells["period"],
            *(table.cells[d] for d in table.hierarchies if d != name),
            parent.fillna(""),
        ]
        silent = (
            (table.cells["status"] == "c").groupby([g.to_numpy() for g in group]).transform("all")
        )
        least[(silent & (parent == code).fillna(False)).to_numpy(dtype=bool)] = 0
    if "stands" in table.cells:
        least[table.cells["stands"].to_numpy(dtype=bool)] = 0
    return least


def _carried(table: ContingencyTable) -> np.ndarray:
    """How many a cell counts at least, because a quantile that rests on them is shown."""
    if "at_least" not in table.cells:
        return np.zeros(len(table.cells), dtype=int)
    return table.cells["at_least"].fillna(0).to_numpy(dtype=int)


def _residents(table: ContingencyTable) -> np.ndarray:
    smallest = np.full(len(table.cells), np.nan)
    for name, hierarchy in table.hierarchies.items():
        if people := {n.code: n.residents for n in hierarchy.nodes if n.residents is not None}:
            smallest = np.fmin(smallest, table.cells[name].map(people).astype(float).to_numpy())
    return smallest
