"""Equations in parts that share no variable that may vary: each is sampled alone."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Array = np.ndarray


@dataclass(frozen=True)
class IndependentSystem:
    """equations: over `variables`, positions among all, of which those in `free` may vary."""

    equations: sparse.csr_matrix
    variables: Array
    free: Array

    def places(self, variables: Array) -> Array:
        """Where variables of this system stand within it."""
        return np.searchsorted(self.variables, variables)


def independent_systems(
    equations: sparse.spmatrix, free: Array, wanted: Array
) -> Iterator[IndependentSystem]:
    """The systems that hold any of the variables `wanted`, which are free; in their order."""
    rows = sparse.csr_matrix(equations)
    at = np.flatnonzero(free)
    inside = rows[:, at]
    _, part = connected_components(abs(inside).T @ abs(inside), directed=False)
    part_of = dict(zip(at.tolist(), part.tolist(), strict=True))
    for number in dict.fromkeys(part_of[one] for one in wanted.tolist()):
        varies = at[part == number]
        own = rows[np.flatnonzero(np.diff(rows[:, varies].indptr))]
        variables = np.union1d(own.indices, varies)
        yield IndependentSystem(own[:, variables], variables, np.isin(variables, varies))
