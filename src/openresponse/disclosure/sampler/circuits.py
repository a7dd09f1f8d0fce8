"""Whole-numbered changes that lead from one table that fits to another.

A change fits where it alters nothing that is shown and keeps every equation. A circuit is one that
alters as few variables as can be: no part of what it alters could be altered alone. Given a basis
(variables that follow from all others), there is one circuit for each other variable, and together
these lead everywhere as far as limits let them; the short circuits of many bases lead past limits.
"""

import numpy as np
from scipy import sparse
from scipy.linalg import qr, solve_triangular

from openresponse.disclosure.sampler.reduced_system import reduce

Array = np.ndarray

# Circuits kept: those of the first basis, and so many times as many of the shortest of the others.
KEPT = 8
# A circuit of fractions is taken where it becomes whole by one of these.
DENOMINATORS = (1, 2, 3, 4, 6)
TOLERANCE = 1e-7
RANK = 1e-9  # of the largest pivot, below which one is nothing but error
SPREAD = 1.0  # of the logarithms of the random weights by which a basis is chosen


def circuits(
    equations: sparse.spmatrix, free: Array, bases: int, random: np.random.Generator
) -> sparse.csr_matrix:
    """Circuits, a row each, that keep every equation and alter only what is free.

    bases: of how many random bases. Each costs a decomposition of a dense matrix of all equations
    by all free variables that no other equation determines.
    """
    system = reduce(equations, free)
    core = system.core.toarray()
    several = [_whole(_fundamental(core, random)) for _ in range(bases)]
    others = _different(np.vstack([several[0][:0], *several[1:]]))
    length = np.count_nonzero(others, axis=1)
    shortest = others[np.argsort(length, kind="stable")[: KEPT * len(several[0])]]
    found = _different(np.vstack([several[0], shortest]))
    exact = ~np.any(found @ core.T, axis=1)
    return system.complete(sparse.csr_matrix(found[exact]))


def _fundamental(core: Array, random: np.random.Generator) -> Array:
    """The circuits of a basis, a row each; the variables with large random weights are in it."""
    size = core.shape[1]
    weights = np.exp(SPREAD * random.standard_normal(size))
    upper, order = qr(core * weights, mode="r", pivoting=True)
    pivots = np.abs(np.diag(upper))
    rank = int(np.sum(pivots > RANK * max(pivots, default=0)))
    inside, outside = order[:rank], order[rank:]
    followed = solve_triangular(upper[:rank, :rank], upper[:rank, rank:])
    found = np.zeros((size - rank, size))
    found[:, inside] = -(followed * weights[inside, None] / weights[outside]).T
    found[np.arange(size - rank), outside] = 1
    return found


def _whole(found: Array) -> Array:
    """Those that some denominator makes whole, in whole numbers."""
    kept = [np.zeros((0, found.shape[1]))]
    for denominator in DENOMINATORS:
        steps = found * denominator
        whole = np.all(np.abs(steps - np.round(steps)) < TOLERANCE, axis=1)
        kept.append(np.round(steps[whole]))
        found = found[~whole]
    return np.vstack(kept)


def _different(found: Array) -> Array:
    """Each change once, in whichever direction."""
    if not found.size:
        return found
    leading = np.take_along_axis(found, np.argmax(found != 0, axis=1)[:, None], axis=1)
    _, first = np.unique(found * np.sign(leading), axis=0, return_index=True)
    return np.asarray(found[np.sort(first)])
