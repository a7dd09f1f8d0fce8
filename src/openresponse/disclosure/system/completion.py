"""Counts for cells that nobody publishes: any whole numbers that agree with all the others will do."""

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from openresponse.errors import DisclosureError


def fill(values: np.ndarray, equations: sparse.csr_matrix, known: np.ndarray) -> np.ndarray:
    """`values` with those that are not `known` replaced by whole numbers of at least 0 that agree
    with the rest.
    """
    if known.all():
        return values
    out = np.where(known, values, 0)
    rows = np.diff(equations[:, ~known].indptr) > 0
    open_ = equations[rows][:, ~known].tocsr()
    totals = -(equations[rows] @ out)
    _, label = connected_components(open_.T @ open_, directed=False)
    at = np.flatnonzero(~known)
    for part in np.split(np.argsort(label, kind="stable"), np.cumsum(np.bincount(label))[:-1]):
        block = open_[:, part]
        own = np.diff(block.indptr) > 0
        n = len(part)
        result = milp(
            np.zeros(n),
            integrality=np.ones(n),
            bounds=Bounds(0, np.inf),
            constraints=[LinearConstraint(block[own], totals[own], totals[own])],
        )
        if result.x is None:
            raise DisclosureError(
                "The counts of the tables contradict one another where their dimensions meet."
                " Nothing was published; this is a defect of a measure."
            )
        out[at[part]] = np.rint(result.x).astype(int)
    return out
