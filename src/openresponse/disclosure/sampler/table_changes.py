"""Whole-numbered changes that lead from one table that fits to another.

A change fits where it alters nothing that is shown and keeps every equation. Most are swaps: one
more here and there, one less in two places that count for the same published figures together.
"""

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from openresponse.disclosure.sampler.reduced_system import ReducedSystem, reduce

Array = np.ndarray

# Changes are looked for among so many variables that stand in most of the same equations.
ALIKE = 200
# A change of a figure that no other change alters is looked for among so many.
FURTHER = 1000
# Of the swaps among these, so many at random: all would hardly lead further.
SWAPS = 100
# A circuit of fractions is taken where it becomes whole by one of these.
DENOMINATORS = (1, 2, 3, 4, 6)
TOLERANCE = 1e-7


def table_changes(
    equations: sparse.spmatrix,
    free: Array,
    known: sparse.spmatrix,
    targets: Array,
    count: int,
    circuits: int,
    random: np.random.Generator,
) -> sparse.csr_matrix:
    """Changes, a row each, that keep every equation and alter only what is free.

    known: changes known before, a row each; they and their differences are among the result.
    targets: variables that some change is to alter, where the equations let them. count: about
    how many swaps; circuits: about how many circuits, each a small linear programme.
    """
    system = reduce(equations, free)
    given = sparse.csr_matrix(known)
    found = sparse.vstack([_swaps(system, count, random), _circuits(system, circuits, random)])
    whole = [given, given[1:] - given[:-1], system.complete(_kept(system, found))]
    altered = np.asarray(sum(abs(one).sum(axis=0) for one in whole)).ravel() > 0
    still = _raising(system, targets[free[targets] & ~altered[targets]], random)
    return _different(sparse.vstack([*whole, system.complete(_kept(system, still))]).tocsr())


def _kept(system: ReducedSystem, found: sparse.spmatrix) -> sparse.csr_matrix:
    """Those that keep every equation, exactly."""
    left = np.asarray(abs(found @ system.core.T).sum(axis=1)).ravel()
    return found.tocsr()[np.flatnonzero(left == 0)]


def _different(found: sparse.csr_matrix) -> sparse.csr_matrix:
    """Each change once, in whichever direction, and none that changes nothing."""
    found.eliminate_zeros()
    found.sort_indices()
    seen: dict[tuple[bytes, bytes], int] = {}
    for row in range(found.shape[0]):
        span = slice(found.indptr[row], found.indptr[row + 1])
        steps = found.data[span].astype(int)
        if len(steps):
            key = (found.indices[span].tobytes(), (steps * np.sign(steps[0])).tobytes())
            seen.setdefault(key, row)
    return found[sorted(seen.values())]


def _alike(
    core: sparse.csc_matrix, raised: sparse.spmatrix, count: int, random: np.random.Generator
) -> Array:
    """The variables of a sum, then those that share most equations with it, ties at random."""
    shared = np.asarray(((core @ raised.T).T @ core).todense()).ravel()
    closeness = np.abs(shared) + random.random(len(shared))
    closeness[raised.indices] = np.inf
    return np.argsort(-closeness)[:count]


def _one(place: int, size: int) -> sparse.csr_matrix:
    return sparse.csr_matrix(([1.0], ([0], [place])), (1, size))


def _swaps(system: ReducedSystem, count: int, random: np.random.Generator) -> sparse.csr_matrix:
    """Variables that no equation holds, pairs of one column, and pairs of equal difference.

    Each round is about a variable that has the fewest swaps so far.
    """
    core, size = system.core.tocsc(), system.core.shape[1]
    weights = random.integers(1, 2**40, core.shape[0])
    keys = core.T.astype(np.int64) @ weights if core.shape[0] else np.zeros(size, np.int64)
    alone = np.flatnonzero(keys == 0)
    order = np.argsort(keys, kind="stable")
    twins = np.flatnonzero((np.diff(keys[order]) == 0) & (keys[order][1:] != 0))
    found = [_rows([alone], [1], size), _rows([order[twins], order[twins + 1]], [1, -1], size)]
    taking_part = np.where(keys == 0, np.inf, random.random(size))
    for _ in range(-(-count // SWAPS) if size >= 4 and len(alone) < size else 0):
        first = int(np.argmin(taking_part))
        quads = _equal_differences(keys, _alike(core, _one(first, size), ALIKE, random), random)
        np.add.at(taking_part, quads.ravel(), 1)
        taking_part[first] += 1
        found.append(_rows(list(quads.T), [1, -1, -1, 1], size))
    return sparse.vstack(found).tocsr()


def _equal_differences(keys: Array, among: Array, random: np.random.Generator) -> Array:
    """(a, b, c, d) where a and b differ as c and d do: one more of a and d, one less of b and c."""
    one, other = np.triu_indices(len(among), 1)
    difference = keys[among[one]] - keys[among[other]]
    turned = difference < 0
    one, other = np.where(turned, other, one), np.where(turned, one, other)
    difference = np.abs(difference)
    order = np.lexsort((random.random(len(difference)), difference))
    equal = random.permutation(np.flatnonzero(np.diff(difference[order]) == 0))[:SWAPS]
    first, second = order[equal], order[equal + 1]
    quads = among[np.stack([one[first], other[first], one[second], other[second]], axis=1)]
    distinct = (quads[:, 0] != quads[:, 2]) & (quads[:, 1] != quads[:, 3])
    distinct &= (quads[:, 0] != quads[:, 3]) & (quads[:, 1] != quads[:, 2])
    return quads[distinct]


def _rows(places: list[Array], steps: list[int], size: int) -> sparse.csr_matrix:
    """One row for each change: `steps` at the same place of each list."""
    count = len(places[0])
    rows = np.tile(np.arange(count), len(places))
    data = np.repeat(steps, count)
    return sparse.csr_matrix((data, (rows, np.concatenate(places))), (count, size))


def _circuits(system: ReducedSystem, count: int, random: np.random.Generator) -> sparse.csr_matrix:
    """The cheapest change, at random prices, that raises one variable by 1."""
    core, size = system.core.tocsc(), system.core.shape[1]
    rows = [sparse.csr_matrix((0, size))]
    for first in random.integers(size, size=count if size and core.shape[0] else 0):
        rows += _cheapest(core, _one(int(first), size), ALIKE, random)
    return sparse.vstack(rows).tocsr()


def _raising(
    system: ReducedSystem, targets: Array, random: np.random.Generator
) -> sparse.csr_matrix:
    """The same for single figures, among more variables."""
    core, size = system.core.tocsc(), system.core.shape[1]
    everything = sparse.vstack([sparse.eye_array(size), system.follows]).tocsr()
    place = {at: row for row, at in enumerate([*system.independent, *system.dependent])}
    rows = [sparse.csr_matrix((0, size))]
    for target in targets if size else ():
        rows += _cheapest(core, everything[[place[target]]], FURTHER, random)
    return sparse.vstack(rows).tocsr()


def _cheapest(
    core: sparse.csc_matrix, raised: sparse.csr_matrix, count: int, random: np.random.Generator
) -> list[sparse.csr_matrix]:
    """A change among `count` variables that keeps the equations and raises a sum by 1, if any."""
    near = _alike(core, raised, count, random)
    part = core[:, near].tocsr()
    part = sparse.vstack([part[np.flatnonzero(np.diff(part.indptr))], raised[:, near]])
    solution = linprog(
        random.random(2 * len(near)) + 0.1,
        A_eq=sparse.hstack([part, -part]),
        b_eq=np.append(np.zeros(part.shape[0] - 1), 1),
        method="highs-ds",
    )
    if solution.status != 0:
        return []
    change = solution.x[: len(near)] - solution.x[len(near) :]
    return _whole(change, near, core.shape[1])


def _whole(change: Array, near: Array, size: int) -> list[sparse.csr_matrix]:
    for denominator in DENOMINATORS:
        steps = np.round(change * denominator)
        if np.all(np.abs(steps - change * denominator) < TOLERANCE) and steps.any():
            at = np.flatnonzero(steps)
            return [sparse.csr_matrix((steps[at], (np.zeros(len(at), int), near[at])), (1, size))]
    return []
