"""Counts for variables that no table publishes: any whole numbers that agree with the published
counts will do.
"""

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from openresponse.errors import DisclosureError


def fill(values: np.ndarray, equations: sparse.csr_matrix, known: np.ndarray) -> np.ndarray:
    """`values` with those that are not `known` replaced by whole numbers of at least 0 that solve
    the equations.
    """
    if known.all():
        return values
    filled = np.where(known, values, 0)
    rows = np.diff(equations[:, ~known].indptr) > 0
    inner = equations[rows][:, ~known].tocsr()
    totals = -(equations[rows] @ filled)
    _, label = connected_components(inner.T @ inner, directed=False)
    at = np.flatnonzero(~known)
    for part in np.split(np.argsort(label, kind="stable"), np.cumsum(np.bincount(label))[:-1]):
        block = inner[:, part]
        own = np.diff(block.indptr) > 0
        filled[at[part]] = _solution(block[own], totals[own])
    return filled


def _solution(rows: sparse.csr_matrix, totals: np.ndarray) -> np.ndarray:
    """Whole numbers of at least 0 with rows @ x = totals."""
    n = rows.shape[1]
    result = milp(
        np.zeros(n),
        integrality=np.ones(n),
        bounds=Bounds(0, np.inf),
        constraints=[LinearConstraint(rows, totals, totals)],
    )
    if result.x is None:
        raise DisclosureError(
            "The counts of the tables contradict one another where their dimensions meet. Nothing"
            " was published; this is a defect of a measure."
        )
    return np.asarray(np.rint(result.x), dtype=int)
