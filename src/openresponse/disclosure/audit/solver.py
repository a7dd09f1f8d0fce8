"""Can it be proved? Whole tables are sought in which what is protected is not small; where none
exists, it can.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from openresponse.disclosure.audit.equations import System
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError

SECONDS = 60.0
# a table will do that answers for half as many others as the best one: the best takes far longer to
# find
HALF = 0.5
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
        yield from (
            _alike(system, whole)
            for whole, codes in system.groups
            if fixed[[whole, *codes]].all()
            and system.least[whole] >= 1
            and system.least[list(codes)].max() >= system.least[whole] - 1
        )
        for part in parts:
            block = _Block.of(
                system,
                matrix,
                low[unknown],
                high[unknown],
                system.additions[unknown],
                at[part],
                part,
            )
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


def _at_least(matrix: sparse.csr_matrix, low: np.ndarray, least: np.ndarray) -> np.ndarray:
    """The bounds from below, with those that rows of one unknown say, such as that a figure is no
    less than in the version before.
    """
    rows = np.flatnonzero(np.diff(matrix.indptr) == 1)
    at, factor = matrix.indices[matrix.indptr[rows]], matrix.data[matrix.indptr[rows]]
    bounds = least.astype(float)
    np.maximum.at(bounds, at[factor == 1], np.ceil(low[rows][factor == 1] - SLACK))
    return bounds


def _with_goal(
    matrix: sparse.csr_matrix,
    low: np.ndarray,
    high: np.ndarray,
    least: np.ndarray,
    wanted: dict[int, int],
) -> list[LinearConstraint]:
    """The rows, and for each wanted unknown a further one between 0 and 1: how much of the way it
    has gone from its least to what is wanted.
    """
    g, at = len(wanted), np.array(list(wanted), dtype=int)
    way = np.array(list(wanted.values()), dtype=float) - least[at]
    chosen = sparse.csr_matrix((np.ones(g), (np.arange(g), at)), shape=(g, len(least)))
    wide = sparse.bmat(
        [
            [matrix, sparse.csr_matrix((matrix.shape[0], g))],
            [chosen, -sparse.diags(way, shape=(g, g))],
        ],
        format="csr",
    )
    return (
        [LinearConstraint(wide, np.append(low, least[at]), np.append(high, np.full(g, np.inf)))]
        if wide.shape[0]
        else []
    )


@dataclass
class _Block:
    """One independent part: its unknowns, and whole tables that agree with all that is known of
    them.

    tables: those found so far. Each was sought for one figure, and answers for every other that is
    large enough in it.
    """

    matrix: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    least: np.ndarray
    most: np.ndarray
    place: dict[int, int]
    targets: dict[int, str]
    zeros: set[int]
    tables: list[np.ndarray] = field(default_factory=list)

    @classmethod
    def of(cls, system: System, matrix, low, high, additions, variables, part) -> "_Block":
        block = matrix[:, part]
        place = {int(v): k for k, v in enumerate(variables)}
        targets = {place[v]: system.names[v] for v in system.targets if v in place}
        zeros = {place[v] for v in system.zeros if v in place}
        for rows in (np.diff(block.indptr) > 0, (np.diff(block.indptr) > 0) & ~additions):
            least = _at_least(block[rows], low[rows], system.least[variables])
            found = cls(
                block[rows],
                low[rows],
                high[rows],
                least,
                system.most[variables],
                place,
                targets,
                zeros,
            )
            # A revision that cannot only have added records is one that did something else.
            if not additions.any() or found.solve() is not None:
                return found
        raise DisclosureError("The shown numbers contradict one another. Nothing was published.")

    def solve(
        self,
        floor: dict[int, int] | None = None,
        ceiling: dict[int, int] | None = None,
        row: np.ndarray | None = None,
        need: int = 0,
        goal: dict[int, int] | None = None,
    ) -> np.ndarray | None:
        """Any whole table, with the unknowns of `floor` at least so large, those of `ceiling` at
        most, and row·x at least `need`; None where there is none.

        goal: how large many others had better be, so that one table answers for many of them.
        """
        least, most = self.least.astype(float), self.most.astype(float)
        for at, value in (floor or {}).items():
            least[at] = max(least[at], value)
        for at, value in (ceiling or {}).items():
            most[at] = min(most[at], value)
        if (least > most).any():
            return None
        matrix, low, high = self.matrix, self.low, self.high
        if row is not None:
            matrix, low, high = (
                sparse.vstack([matrix, row[None, :]]),
                np.append(low, need),
                np.append(high, np.inf),
            )
        wanted = {at: value for at, value in (goal or {}).items() if value > least[at]}
        rules, n, g = _with_goal(matrix, low, high, least, wanted), len(least), len(wanted)
        result = milp(
            np.append(np.zeros(n), -np.ones(g)),
            integrality=np.append(np.ones(n), np.zeros(g)),
            constraints=rules,
            bounds=Bounds(np.append(least, np.zeros(g)), np.append(most, np.ones(g))),
            options={"time_limit": SECONDS, "mip_rel_gap": HALF},
        )
        if result.x is None and result.status != 2:
            raise DisclosureError(
                f"The audit's solver stopped without an answer (status {result.status}). Nothing"
                " was published."
            )
        return (
            None
            if result.x is None
            else self._checked(np.rint(result.x[:n]), matrix, low, high, least, most)
        )

    def _checked(
        self,
        table: np.ndarray,
        matrix: sparse.csr_matrix,
        low: np.ndarray,
        high: np.ndarray,
        least: np.ndarray,
        most: np.ndarray,
    ) -> np.ndarray:
        """No verdict rests on the solver's word: a table that it finds is tried by multiplication."""
        sums = matrix @ table
        if (
            (table < least).any()
            or (table > most).any()
            or (sums < low - SLACK).any()
            or (sums > high + SLACK).any()
        ):
            raise DisclosureError(
                "The audit's solver gave a table that does not agree with what is shown. Nothing"
                " was published."
            )
        self.tables.append(table)
        return table

    def _pinned(self, values: dict[int, int]) -> set[int]:
        """Those of the unknowns, none of which can be less than its value, that have it in every
        table: no secret, and asked about all at once.
        """
        left = {
            at for at, value in values.items() if all(table[at] <= value for table in self.tables)
        }
        while left:
            row = np.zeros(len(self.least))
            row[list(left)] = 1
            more = self.solve(
                row=row,
                need=sum(values[at] for at in left) + 1,
                goal={at: values[at] + 1 for at in left},
            )
            if more is None:
                break
            left -= {at for at in left if more[at] > values[at]}
        return left

    def small(self, threshold: int) -> Iterator[str]:
        """The targets that are below the threshold in every table that agrees."""
        undecided = {
            at for at in self.targets if not any(table[at] >= threshold for table in self.tables)
        }
        undecided -= self._pinned(dict.fromkeys(undecided & self.zeros, 0))
        while undecided:
            cell = min(undecided)
            found = self.solve({cell: threshold}, goal=dict.fromkeys(undecided, threshold))
            if found is None:
                yield self.targets[cell]
            undecided -= (
                {cell} if found is None else {k for k in undecided if found[k] >= threshold}
            )

    def moved(self, system: System, threshold: int) -> Iterator[str]:
        """Revised figures, withheld, of which it can be proved that they differ a little from the
        earlier ones.
        """
        standing = {
            self.place[v]: (v, old) for v, old in system.standing.items() if v in self.place
        }
        undecided = {
            at
            for at, (_, old) in standing.items()
            if not any(abs(table[at] - old) >= threshold for table in self.tables)
        }
        undecided -= self._pinned(
            {at: standing[at][1] for at in undecided if self.least[at] >= standing[at][1]}
        )
        while undecided:
            cell = min(undecided)
            variable, old = standing[cell]
            found = self._away(
                cell, old, threshold, {at: standing[at][1] + threshold for at in undecided}
            )
            if found is None and self._away(cell, old, 1) is not None:
                yield f"{system.names[variable]}: the revision"
            undecided -= (
                {cell}
                if found is None
                else {k for k in undecided if abs(found[k] - standing[k][1]) >= threshold}
            )

    def _away(
        self, cell: int, old: int, by: int, goal: dict[int, int] | None = None
    ) -> np.ndarray | None:
        """A whole table in which a figure is so far from the earlier one, on either side."""
        found = self.solve(floor={cell: old + by}, goal=goal)
        return self.solve(ceiling={cell: old - by}) if found is None else found

    def alike(self, system: System) -> list[str]:
        """Groups, not empty, of which every table that agrees has all, or all but one, in one code."""
        return [
            _alike(system, whole)
            for whole, codes in system.groups
            if any(c in self.place for c in codes)
            and system.least[whole] >= 1
            and not all(self._reach([c for c in codes if c != code], system) for code in codes)
        ]

    def _reach(self, cells: list[int], system: System) -> bool:
        """Whether these can be two or more together."""
        known = sum(int(system.least[c]) for c in cells)
        if known >= 2:
            return True
        inner = [self.place[cell] for cell in cells if cell in self.place]
        need = 2 - sum(int(system.least[cell]) for cell in cells if cell not in self.place)
        if any(table[inner].sum() >= need for table in self.tables):
            return True
        row = np.zeros(len(self.least))
        row[inner] = 1
        return self.solve(row=row, need=need) is not None
