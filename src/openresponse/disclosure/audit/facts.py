"""What each published cell counts, and what a reader knows of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd

from openresponse.disclosure.audit.meanings import Cell, Conditions, Meanings, is_structural_zero
from openresponse.disclosure.audit.record_kinds.month_spans import Span
from openresponse.disclosure.audit.record_kinds.variable_marks import mark
from openresponse.disclosure.audit.same_figures import aliases
from openresponse.disclosure.audit.vintages import Vintages, carried
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable

CEILING = 10**6  # no city answers more calls in a period
KIND = "a kind of records"
STOP = "Nothing was published."
Key = tuple[str, Span, Conditions, int]  # what a cell counts, and in which vintage


@dataclass
class Variable:
    """One thing counted, in one vintage.

    mark: see `variable_marks`. months: the span in which it is counted. low, high: what a reader
    knows it to lie between. is_kind: a kind of records, which no table publishes. shown: whether a
    value was ever published.
    protected: it may not be provably small. may_be_zero: but provably 0, as zeros are shown
    elsewhere.
    """

    name: str
    mark: int
    months: Span
    low: float = 0
    high: float = CEILING
    is_kind: bool = False
    shown: bool = False
    protected: bool = False
    may_be_zero: bool = False

    @property
    def is_known(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Facts:
    """index: key to the number of its variable. cells: release and table to the variable of each of
    its cells.
    """

    meanings: Meanings
    vintages: Vintages
    index: dict[Key, int] = field(default_factory=dict)
    variables: list[Variable] = field(default_factory=list)
    cells: dict[tuple[int, str], np.ndarray] = field(default_factory=dict)

    @classmethod
    def read(
        cls, releases: list[list[ContingencyTable]], rule: Rule, judged: bool = True
    ) -> "Facts":
        """From the tables of every release, oldest first; DisclosureError where two figures
        contradict one another, or the newest release shows a small count (if it is judged).
        """
        meanings = Meanings.of(releases, aliases(releases))
        facts = cls(meanings, Vintages.of(releases, meanings))
        for number, tables in enumerate(releases):
            for table in tables:
                facts._read(number, table, rule, is_newest=judged and number == len(releases) - 1)
        return facts

    def variable(self, key: Key, name: Callable[[], str]) -> int:
        """The variable of a thing counted, new where there is none. name: asked for only then."""
        at = self.index.setdefault(key, len(self.variables))
        if at == len(self.variables):
            high = 0 if is_structural_zero(key[2]) else CEILING
            self.variables.append(Variable(name(), _mark(key), key[1], high=high))
        return at

    def add_kinds(self, months: Span, possible: np.ndarray, marks: np.ndarray) -> int:
        """Variables for kinds of records in some months, which are 0 where they are not possible;
        returns the number of the first. marks: see `Variable`.
        """
        first = len(self.variables)
        self.variables.extend(
            Variable(KIND, mark, months, high=CEILING if may_occur else 0, is_kind=True)
            for may_occur, mark in zip(possible.tolist(), marks.tolist(), strict=True)
        )
        return first

    def key(self, release: int, cell: Cell) -> Key:
        """A cell in the vintage that a release shows."""
        universe, months, conditions = cell
        return universe, months, conditions, self.vintages.vintage(release, universe, months)

    def _read(self, number: int, table: ContingencyTable, rule: Rule, is_newest: bool) -> None:
        """Note what one table says. is_newest: whether it must keep the rule; earlier releases may
        have followed another one.
        """
        ids = []
        for cell, statement in zip(
            self.meanings.cells(table), _statements(table, rule, is_newest), strict=True
        ):
            ids.append(self.variable(self.key(number, cell), statement.name))
            if statement.count is None:
                self._note_withheld(self.variables[ids[-1]], statement, is_structural_zero(cell[2]))
            else:
                self._note_shown(self.variables[ids[-1]], statement, rule)
        self.cells[number, table.name] = np.array(ids, dtype=int)

    def _note_withheld(self, variable: Variable, statement: "_Statement", impossible: bool) -> None:
        if impossible:
            variable.protected = True
            return
        variable.low = max(variable.low, statement.least)
        if statement.protected:
            variable.protected = True
            variable.may_be_zero = statement.zeros_shown and statement.least == 0

    def _note_shown(self, variable: Variable, statement: "_Statement", rule: Rule) -> None:
        low = high = int(statement.count or 0)
        if rule.round_to > 1 and low > 0 and not statement.exempt:
            low, high = max(low - rule.round_to // 2, rule.threshold), _most(low, rule)
        variable.low, variable.high = max(variable.low, low), min(variable.high, high)
        variable.shown = True
        if variable.low > variable.high:
            raise DisclosureError(
                f"{statement.name()}: differs from another table or release that counts the same."
                f" {STOP}"
            )


def _mark(key: Key) -> int:
    universe, months, conditions, vintage = key
    return mark(universe, months, sorted(map(repr, conditions)), vintage)


@dataclass(frozen=True)
class _Statement:
    """What a table says of one cell. count: None where it is withheld. least: what it is then known
    to be at least.
    """

    name: Callable[[], str]
    count: int | None
    least: int
    protected: bool
    exempt: bool
    zeros_shown: bool


def _statements(table: ContingencyTable, rule: Rule, is_newest: bool) -> Iterator[_Statement]:
    """What a table says, cell by cell; DisclosureError where a small count is shown, or a value and
    its marker do not agree.
    """
    exempt, protected = table.rows(table.exempt).to_numpy(), rule.protects(_residents(table))
    zeros_shown = "hidden" not in (rule.zeros, table.zeros)
    least = np.maximum(_least(table) * zeros_shown, _behind_quantiles(table))
    columns = {c: table.cells[c].tolist() for c in ("period", *table.hierarchies)}
    for at, (count, status) in enumerate(
        zip(table.cells["count"], table.cells["status"], strict=True)
    ):
        name = partial(_name, table.name, columns, at)
        if (status == "c") != pd.isna(count):
            raise DisclosureError(
                f"{table.name} [{columns['period'][at]}]: a value and its marker do not agree."
                f" {STOP}"
            )
        known = None if pd.isna(count) else int(count)
        if (
            is_newest
            and known is not None
            and protected[at]
            and not exempt[at]
            and rule.hides(_most(known, rule), table.zeros)
        ):
            raise DisclosureError(f"{name()}: a count below {rule.threshold} is shown. {STOP}")
        yield _Statement(
            name, known, int(least[at]), bool(protected[at]), bool(exempt[at]), zeros_shown
        )


def _most(shown: int, rule: Rule) -> int:
    """The largest count that is shown as this one. No count that may be shown is rounded to 0."""
    return shown + (rule.round_to - 1) // 2 if shown else 0


def _name(table: str, columns: dict[str, list[str]], row: int) -> str:
    """What a cell is called in a message; put together only where there is one."""
    return f"{table} [" + ", ".join(f"{c}={codes[row]}" for c, codes in columns.items()) + "]"


def _least(table: ContingencyTable) -> np.ndarray:
    """The least a withheld cell can be: 1, but 0 in a sensitive group of which no code at all is
    shown, and where an earlier figure is carried forward.
    """
    least = np.ones(len(table.cells), dtype=int)
    for name, code in table.sensitive:
        parent = table.cells[name].map(table.hierarchies[name].parents)
        group = [
            table.cells["period"],
            *(table.cells[d] for d in table.hierarchies if d != name),
            parent.fillna(""),
        ]
        none_shown = (
            (table.cells["status"] == "c").groupby([g.to_numpy() for g in group]).transform("all")
        )
        least[(none_shown & (parent == code).fillna(False)).to_numpy(dtype=bool)] = 0
    least[carried(table)] = 0
    return least


def _behind_quantiles(table: ContingencyTable) -> np.ndarray:
    """How many a cell counts at least, because a quantile that rests on them is shown."""
    if "at_least" not in table.cells:
        return np.zeros(len(table.cells), dtype=int)
    return np.asarray(table.cells["at_least"].fillna(0).to_numpy(dtype=int))


def _residents(table: ContingencyTable) -> np.ndarray:
    """The residents of each cell's smallest area that is known; NaN where no area says."""
    smallest = np.full(len(table.cells), np.nan)
    for name, hierarchy in table.hierarchies.items():
        if people := {n.code: n.residents for n in hierarchy.nodes if n.residents is not None}:
            smallest = np.fmin(smallest, table.cells[name].map(people).astype(float).to_numpy())
    return smallest
