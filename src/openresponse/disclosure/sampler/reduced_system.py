"""Equations without the variables that follow from others."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

Array = np.ndarray


@dataclass(frozen=True)
class ReducedSystem:
    """Equations between the independent free variables; the others follow from these.

    independent, dependent: positions among all variables. core: equations over the independent.
    follows: dependent = follows @ independent.
    """

    size: int
    independent: Array
    dependent: Array
    core: sparse.csr_matrix
    follows: sparse.csr_matrix

    def complete(self, changes: sparse.csr_matrix) -> sparse.csr_matrix:
        """Changes (a row each) of the independent variables, with what follows from them."""
        both = sparse.hstack([changes, changes @ self.follows.T]).tocoo()
        position = np.concatenate([self.independent, self.dependent])
        shape = (changes.shape[0], self.size)
        return sparse.csr_matrix((both.data, (both.row, position[both.col])), shape)


def reduce(equations: sparse.spmatrix, free: Array) -> ReducedSystem:
    """Take out every variable that a single equation, of those left, determines.

    A published figure that stands in one equation as the sum of what it counts is such a variable,
    and no restriction on them. Only coefficients of 1 and -1 are solved for: all stays whole.
    """
    at = np.flatnonzero(free)
    rows = sparse.csr_matrix(equations)[:, at]
    solved = _solved(rows)
    determined = np.array([column for _, column in solved], dtype=int)
    by = np.array([row for row, _ in solved], dtype=int)
    left = np.setdiff1d(np.arange(len(at)), determined)
    others = np.setdiff1d(np.flatnonzero(np.diff(rows.indptr)), by)
    follows = _follows(rows[by], determined, left)
    return ReducedSystem(len(free), at[left], at[determined], rows[others][:, left], follows)


def _solved(rows: sparse.csr_matrix) -> list[tuple[int, int]]:
    """Equations and the variable each determines, in the order in which they are taken out."""
    columns = rows.tocsc()
    count = np.diff(columns.indptr).astype(int)
    taken = np.zeros(rows.shape[0], dtype=bool)
    waiting, solved = list(np.flatnonzero(count == 1)), []
    while waiting:
        column = waiting.pop()
        span = slice(columns.indptr[column], columns.indptr[column + 1])
        open_rows = [
            (row, value)
            for row, value in zip(columns.indices[span], columns.data[span], strict=True)
            if not taken[row]
        ]
        if len(open_rows) != 1 or abs(open_rows[0][1]) != 1:
            continue
        row = int(open_rows[0][0])
        taken[row] = True
        solved.append((row, int(column)))
        for other in rows.indices[rows.indptr[row] : rows.indptr[row + 1]]:
            count[other] -= 1
            if count[other] == 1:
                waiting.append(other)
    return solved


def _follows(rows: sparse.csr_matrix, determined: Array, left: Array) -> sparse.csr_matrix:
    """Determined variables by those that are left: they also contain each other, without a ring."""
    among = rows[:, determined]
    own = sparse.diags_array(among.diagonal(), dtype=float)  # 1 or -1
    direct = sparse.csr_matrix(-own @ rows[:, left])
    chained = sparse.csr_matrix(-own @ (among - own))
    follows = direct
    while abs((step := direct + chained @ follows) - follows).nnz:
        follows = step
    return follows
