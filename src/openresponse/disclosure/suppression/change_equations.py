"""Which sums give a small change away, where the changes of some figures are not shown."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import null_space
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

from openresponse.disclosure.rules import Rule

EXACT = 1e-6
CEILING = 10.0**6  # no city adds more records to a figure


@dataclass(frozen=True)
class ChangeEquations:
    """The sums that the changes of a revision obey: rows @ change = 0. depth: see `System`.

    Everywhere `silent` flags the variables whose change is not shown. Sums are numbers of rows.
    """

    rows: sparse.csr_matrix
    change: np.ndarray
    depth: np.ndarray
    rule: Rule

    @property
    def small(self) -> np.ndarray:
        """Which variables change by a small number."""
        return self._is_small(self.change)

    def left_over(self, silent: np.ndarray) -> np.ndarray:
        """Sums in which the shown changes leave a small one to those that are silent."""
        some = abs(self.rows) @ silent.astype(float) > 0
        left = self.rows @ np.where(silent, 0, self.change)
        return np.flatnonzero(some & self._is_small(left))

    def determined(self, silent: np.ndarray) -> np.ndarray:
        """Sums that hold a small silent change which all the sums together determine."""
        at = np.flatnonzero(silent)
        inner = self.rows[:, at]
        certain: list[int] = []
        for part in _parts(inner):
            block = inner[:, part]
            block = block[np.diff(block.indptr) > 0].toarray()
            if block.size:
                fixed = (abs(null_space(block)) < EXACT).all(axis=1)
                certain += list(at[part][fixed])
        return self._holding([v for v in certain if self._is_small(self.change[v])])

    def bounded(self, silent: np.ndarray, universes: list[np.ndarray]) -> np.ndarray:
        """Sums that hold a small silent change which cannot be large, for a reader who takes it
        that records were only added, in each universe where that can be so.
        """
        limited: list[int] = []
        for inside in universes:
            if (self.change[inside & ~silent] >= 0).all():
                limited += self._bounded(silent & inside)
        return self._holding(limited)

    def around(self, sums: np.ndarray, silent: np.ndarray) -> np.ndarray:
        """What else to keep silent: in each of these sums the deepest detail that changed and is
        shown, of several the one with the largest change; where they have none, in those that
        share a silent one with them.
        """
        while sums.size:
            more = self._deepest_shown(sums, silent)
            if more.size:
                return more
            touched = silent & (abs(self.rows[sums]).T @ np.ones(sums.size) > 0)
            wider = np.flatnonzero(abs(self.rows) @ touched.astype(float) > 0)
            if wider.size == sums.size:
                break
            sums = wider
        return np.empty(0, dtype=int)

    def _is_small(self, change: np.ndarray) -> np.ndarray:
        return np.asarray((np.abs(change) >= 1) & (np.abs(change) < self.rule.threshold))

    def _holding(self, variables: list[int]) -> np.ndarray:
        """The sums that hold one of these."""
        return np.flatnonzero(abs(self.rows[:, variables]) @ np.ones(len(variables)) > 0)

    def _bounded(self, silent: np.ndarray) -> list[int]:
        """The small ones among these that cannot be large if none is negative."""
        at = np.flatnonzero(silent)
        inner = self.rows[:, at]
        own = np.diff(inner.indptr) > 0
        inner, left = inner[own], -(self.rows[own] @ np.where(silent, 0, self.change))
        undecided = {k for k, variable in enumerate(at) if self.small[variable]}
        limited: list[int] = []
        while undecided:
            one = min(undecided)
            wanted = np.zeros(len(at))
            wanted[one] = -1
            # Bounded above, so that a change without any limit is limited as a large one.
            result = linprog(wanted, A_eq=inner, b_eq=left, bounds=(0, CEILING), method="highs")
            large: set[int] = set()
            if result.x is not None:
                large = {k for k in undecided if result.x[k] >= self.rule.threshold - EXACT}
            if one not in large:
                limited.append(int(at[one]))
            undecided -= large | {one}
        return limited

    def _deepest_shown(self, sums: np.ndarray, silent: np.ndarray) -> np.ndarray:
        deepest = []
        for row in self.rows[sums]:
            shown = row.indices[~silent[row.indices]]
            if shown.size:
                by = abs(self.change[shown])
                deepest.append(shown[np.lexsort((by, self.depth[shown], by > 0))[-1]])
        return np.unique(np.array(deepest, dtype=int))


def _parts(matrix: sparse.csr_matrix) -> list[np.ndarray]:
    """The columns of each part that has no row in common with the others."""
    if matrix.shape[1] == 0:
        return []
    _, label = connected_components(matrix.T @ matrix, directed=False)
    return [np.flatnonzero(label == part) for part in np.unique(label)]
