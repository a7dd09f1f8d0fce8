"""Can it be proved? Whole tables are sought in which what is protected is not small; where none
exists, it can.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from openresponse.disclosure.audit.attack import Attack, alike
from openresponse.disclosure.audit.equations import System
from openresponse.disclosure.audit.found_tables import FoundTables
from openresponse.disclosure.audit.independent_part import SLACK, IndependentPart, Question
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError


@dataclass(frozen=True)
class Unknown:
    """The system without what is known for certain. variables: those that are not; rows: flags."""

    matrix: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    additions: np.ndarray
    variables: np.ndarray

    @classmethod
    def of(cls, system: System) -> "Unknown":
        """DisclosureError where the known numbers do not add up."""
        values = _values(system)
        known = ~np.isnan(values)
        constant = system.matrix @ np.where(known, values, 0)
        low, high = system.low - constant, system.high - constant
        rows = np.diff(system.matrix[:, ~known].tocsr().indptr) > 0
        if ((low > SLACK) | (high < -SLACK))[~rows & ~system.additions].any():
            raise DisclosureError("The shown numbers do not add up. Nothing was published.")
        return cls(
            system.matrix[rows][:, ~known].tocsr(),
            low[rows],
            high[rows],
            system.additions[rows],
            np.flatnonzero(~known),
        )

    def parts(self) -> list[np.ndarray]:
        """The columns of each independent part."""
        if self.matrix.shape[1] == 0:
            return []
        joined = sparse.bmat([[None, self.matrix], [self.matrix.T, None]])
        label = connected_components(joined, directed=False)[1][self.matrix.shape[0] :]
        order = np.argsort(label, kind="stable")
        return np.split(order, np.flatnonzero(np.diff(label[order])) + 1)

    def part(
        self, columns: np.ndarray, system: System, before: FoundTables, threshold: int
    ) -> IndependentPart:
        """One of them; DisclosureError where no table agrees with what is known of it."""
        block, variables = self.matrix[:, columns], self.variables[columns]
        own = np.diff(block.indptr) > 0
        for rows in (own, own & ~self.additions):
            least = _at_least(block[rows], self.low[rows], system.least[variables])
            part = IndependentPart(
                block[rows],
                self.low[rows],
                self.high[rows],
                least,
                system.most[variables].astype(float),
                system.months[variables],
            )
            protected = np.isin(variables, system.protected)
            before.begin(part, system.marks[variables], np.where(protected, threshold, 0))
            # A revision that cannot only have added records is one that did something else.
            if part.tables or not self.additions.any() or part.table(Question()) is not None:
                return part
        raise DisclosureError("The shown numbers contradict one another. Nothing was published.")


def provable(
    system: System, rule: Rule, before: FoundTables, enough: int | None = None
) -> tuple[list[str], list[int], FoundTables]:
    """Names of what can be proved, the number of variables of each independent part, and the tables
    found on the way.

    before: tables to begin with. enough: how many names are enough; None for all.
    """
    unknown, found = Unknown.of(system), FoundTables()
    parts = unknown.parts()

    def opened() -> Iterator[str]:
        yield from system.small_changes
        yield from _shown_alike(system)
        for columns in parts:
            part = unknown.part(columns, system, before, rule.threshold)
            variables = unknown.variables[columns]
            yield from Attack(system, part, variables, rule.threshold).opened()
            found.add(system.marks[variables], part.tables)

    names = list(dict.fromkeys(islice(opened(), enough)))
    return names, [len(columns) for columns in parts], found


def _values(system: System) -> np.ndarray:
    """The values of the variables that have one only, else nan. Kinds of records that add up to a
    shown 0 are 0.
    """
    values = np.where(system.least == system.most, system.least, np.nan)
    matrix = system.matrix[~system.additions].tocoo()
    low, high = system.low[~system.additions], system.high[~system.additions]
    while True:
        known = ~np.isnan(values)
        constant = matrix @ np.where(known, values, 0)
        entry = ~known[matrix.col]
        row, factor = matrix.row[entry], matrix.data[entry]
        above = np.bincount(row[factor > 0], minlength=len(low)) > 0
        below = np.bincount(row[factor < 0], minlength=len(low)) > 0
        zero = (above != below) & (low == high) & (constant == low)
        none = np.zeros(len(values), dtype=bool)
        none[matrix.col[entry][zero[row]]] = True
        none &= system.kinds
        if not none.any():
            return values
        values[none] = 0


def _shown_alike(system: System) -> Iterator[str]:
    """Sensitive groups that are shown whole, and have all, or all but one, in one code."""
    known = system.least == system.most
    for group in system.sensitive_groups:
        whole, codes = group[0], list(group[1])
        size, largest = system.least[whole], system.least[codes].max()
        if known[[whole, *codes]].all() and size >= 1 and largest >= size - 1:
            yield alike(system, group)


def _at_least(matrix: sparse.csr_matrix, low: np.ndarray, least: np.ndarray) -> np.ndarray:
    """The bounds from below, with those that rows of one variable say, such as that a figure is no
    less than in the vintage before.
    """
    rows = np.flatnonzero(np.diff(matrix.indptr) == 1)
    at, factor = matrix.indices[matrix.indptr[rows]], matrix.data[matrix.indptr[rows]]
    bounds = least.astype(float)
    np.maximum.at(bounds, at[factor == 1], np.ceil(low[rows][factor == 1] - SLACK))
    return bounds
