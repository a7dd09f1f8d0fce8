"""The problem of the cheapest pattern, divided into parts that have no equation in common."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from openresponse.disclosure.system.linked_tables import System


@dataclass(frozen=True)
class Problem:
    """Arrays have one entry for each variable.

    values: true counts, with equations @ values = 0. threshold: what each must be able to reach; 0
    where it needs no protection. least: what a withheld variable is known to be at least.
    stay_shown: may not be withheld. withheld: is so already, at no cost. price: of withholding it,
    at least 0. What is shown is taken to be known exactly, so there is no bound under rounding.
    """

    values: np.ndarray
    equations: sparse.csr_matrix
    threshold: np.ndarray
    least: np.ndarray
    stay_shown: np.ndarray
    withheld: np.ndarray
    price: np.ndarray

    @classmethod
    def of_cells(cls, system: System, price: np.ndarray) -> "Problem":
        """Nothing shown or withheld before, and known sums only of what is published."""
        return cls(
            values=system.values,
            equations=system.sums,
            threshold=system.threshold,
            least=system.least,
            stay_shown=np.zeros(len(system.values), dtype=bool),
            withheld=system.primary | ~system.published,
            price=price,
        )

    @property
    def primary(self) -> np.ndarray:
        """Which variables are too small to be shown."""
        return np.asarray((self.values >= self.least) & (self.values < self.threshold))


@dataclass(frozen=True)
class Component:
    """A part of the problem. variables: of the problem; the other arrays have one entry for each.

    rows: its equations. fall: how far each may fall. need: how far it must be able to rise, 0 where
    it need not. withheld: in any case, primary included. price: of withholding those that are not.
    """

    variables: np.ndarray
    rows: sparse.csr_matrix
    fall: np.ndarray
    need: np.ndarray
    withheld: np.ndarray
    price: np.ndarray

    def __len__(self) -> int:
        return len(self.variables)


def components(problem: Problem) -> Iterator[Component]:
    """The parts in which something must be protected."""
    primary = problem.primary
    withheld = primary | problem.withheld
    # A zero that readers would see to be one is not withheld to protect others.
    free = np.flatnonzero(withheld | ~problem.stay_shown & (problem.values >= problem.least))
    equations = sparse.csr_matrix(problem.equations)[:, free]
    equations = equations[np.diff(equations.indptr) > 0]
    _, label = connected_components(equations.T @ equations, directed=False)
    for part in np.unique(label[primary[free]]):
        at, rows = free[label == part], equations[:, label == part]
        need = np.where(primary[at], problem.threshold[at] - problem.values[at], 0)
        yield Component(
            variables=at,
            rows=rows[np.diff(rows.indptr) > 0],
            fall=np.maximum(problem.values[at] - problem.least[at], 0.0),
            need=need.astype(float),
            withheld=withheld[at],
            price=np.where(withheld[at], 0.0, problem.price[at]),
        )
