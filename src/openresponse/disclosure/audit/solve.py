"""Can it be proved? Whole tables are sought in which what is protected is not small; where none exists, it can."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from openresponse.disclosure.audit.equations import System
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError

SECONDS = 60.0
ANY = 1e9  # how much better a table there may be than the first one found: any will do
SLACK = 1e-6  # of a row with shares in it, whose bounds are not whole numbers


def provable(system: System, rule: Rule, enough: int | None = None) -> tuple[list[str], list[int]]:
    """Names of what can be proved, and the number of unknowns of each independent part.

    enough: how many names are enough; None for all.
    """
    fixed = system.least == system.most
    constant = system.matrix @ np.where(fixed, system.least, 0)
    low, high = system.low - constant, system.high - constant
    unknown = np.diff(system.matrix[:, ~fixed].tocsr().indptr) > 0
    if ((low > 1e-6) | (high < -1e-6))[~unknown & ~system.additions].any():
        raise DisclosureError("The shown numbers do not add up. Nothing was published.")
    matrix, at = system.matrix[unknown][:, ~fixed].tocsr(), np.flatnonzero(~fixed)
    parts = _parts(matrix)

    def found() -> Iterator[str]:
        yield from system.differences
        yield from (_alike(system, whole) for whole, codes in system.groups if fixed[[whole, *codes]].all()
                    and system.least[whole] >= 1 and system.least[list(codes)].max() >= system.least[whole] - 1)
        for part in parts:
            block = _Block.of(system, matrix, low[unknown], high[unknown], system.additions[unknown], at[part], part)
            yield from block.moved(system, rule.threshold)
            yield from block.small(rule.threshold)
            yield from block.alike(system)

    return list(dict.fromkeys(islice(found(), enough))), [len(part) for part in parts]


def _alike(system: System, whole: int) -> str:
    return f"{system.names[whole]}: all, or all but one, are alike"


def _parts(matrix: sparse.csr_matrix) -> list[np.ndarray]:
    if matrix.shape[1] == 0:
        return []
    _, label = connected_components(matrix.T @ matrix, directed=False)
    order = np.argsort(label, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(label[order])) + 1)


@dataclass
class _Block:
    """One independent part: its unknowns, and whole tables that agree with all that is known of them."""

    matrix: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    least: np.ndarray
    most: np.ndarray
    place: dict[int, int]
    targets: dict[int, str]
    zeros: set[int]

    @classmethod
    def of(cls, system: System, matrix, low, high, additions, variables, part) -> "_Block":
        block = matrix[:, part]
        place = {int(v): k for k, v in enumerate(variables)}
        targets = {place[v]: system.names[v] for v in system.targets if v in place}
        zeros = {place[v] for v in system.zeros if v in place}
        for rows in (np.diff(block.indptr) > 0, (np.diff(block.indptr) > 0) & ~additions):
            found = cls(block[rows], low[rows], high[rows], system.least[variables], system.most[variables], place, targets, zeros)
            # A revision that cannot only have added records is one that did something else.
            if not additions.any() or found.solve() is not None:
                return found
        raise DisclosureError("The shown numbers contradict one another. Nothing was published.")

    def solve(self, floor: dict[int, int] | None = None, row: np.ndarray | None = None, need: int = 0, goal: Iterable[int] = ()) -> np.ndarray | None:
        """Any whole table, with the unknowns of `floor` at least so large and row·x at least `need`; None where there is none.

        goal: unknowns that had better be large, so that one table answers for many of them.
        """
        least = self.least.astype(float)
        for at, value in (floor or {}).items():
            least[at] = max(least[at], value)
        if (least > self.most).any():
            return None
        rules = [LinearConstraint(self.matrix, self.low, self.high)] if self.matrix.shape[0] else []
        rules += [LinearConstraint(row[None, :], need, np.inf)] if row is not None else []
        n = len(least)
        cost = np.zeros(n)
        cost[list(goal)] = -1
        result = milp(cost, integrality=np.ones(n), constraints=rules, bounds=Bounds(least, self.most),
                      options={"time_limit": SECONDS, "mip_rel_gap": ANY})
        if result.x is None and result.status != 2:
            raise DisclosureError(f"The audit's solver stopped without an answer (status {result.status}). Nothing was published.")
        return None if result.x is None else self._checked(np.rint(result.x), least, rules)

    def _checked(self, table: np.ndarray, least: np.ndarray, rules: list[LinearConstraint]) -> np.ndarray:
        """No verdict rests on the solver's word: a table that it finds is tried by multiplication."""
        inside = (table >= least).all() and (table <= self.most).all()
        if not inside or any((rule.A @ table < rule.lb - SLACK).any() or (rule.A @ table > rule.ub + SLACK).any() for rule in rules):
            raise DisclosureError("The audit's solver gave a table that does not agree with what is shown. Nothing was published.")
        return table

    def small(self, threshold: int) -> Iterator[str]:
        """The targets that are below the threshold in every table that agrees."""
        undecided = set(self.targets)
        while undecided:
            cell = min(undecided)
            found = self.solve({cell: threshold}, goal=undecided)
            if found is None and not (cell in self.zeros and self.solve({cell: 1}) is None):
                yield self.targets[cell]
            undecided -= {cell} if found is None else {k for k in undecided if found[k] >= threshold}

    def moved(self, system: System, threshold: int) -> Iterator[str]:
        """Revised figures, withheld, of which it can be proved that they differ a little from the earlier ones."""
        standing = {self.place[v]: (v, old) for v, old in system.standing.items() if v in self.place}
        undecided = set(standing)
        while undecided:
            cell = min(undecided)
            variable, old = standing[cell]
            found = self._away(cell, old, threshold, undecided)
            if found is None and self._away(cell, old, 1) is not None:
                yield f"{system.names[variable]}: the revision"
            undecided -= {cell} if found is None else {k for k in undecided if abs(found[k] - standing[k][1]) >= threshold}

    def _away(self, cell: int, old: int, by: int, goal: Iterable[int] = ()) -> np.ndarray | None:
        """A whole table in which a figure is so far from the earlier one, on either side."""
        below = np.zeros(len(self.least))
        below[cell] = -1
        found = self.solve({cell: old + by}, goal=goal)
        return self.solve(row=below, need=by - old) if found is None and old >= by else found

    def alike(self, system: System) -> list[str]:
        """Groups, not empty, of which every table that agrees has all, or all but one, in one code."""
        return [_alike(system, whole) for whole, codes in system.groups
                if any(c in self.place for c in codes) and system.least[whole] >= 1
                and not all(self._reach([c for c in codes if c != code], system) for code in codes)]

    def _reach(self, cells: list[int], system: System) -> bool:
        """Whether these can be two or more together."""
        known = sum(int(system.least[c]) for c in cells)
        if known >= 2:
            return True
        row, need = np.zeros(len(self.least)), 2
        for cell in cells:
            if cell in self.place:
                row[self.place[cell]] = 1
            else:
                need -= int(system.least[cell])
        return self.solve(row=row, need=need) is not None
