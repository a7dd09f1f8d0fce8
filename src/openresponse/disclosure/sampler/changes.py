"""Whole-numbered changes that lead from one table that fits to another.

A change fits where it alters nothing that is shown and keeps every equation. Most are swaps: one
more here and there, one less in two places that count for the same published figures together.
"""

import math

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from openresponse.disclosure.sampler.reduced_system import ReducedSystem, reduce

Array = np.ndarray

# Of so many variables at a time all pairs are compared: 1,200 make 720,000 differences to sort.
COMPARED = 1200
# A circuit is looked for among so many variables that share an equation with the first.
NEIGHBOURS = 300
# A circuit of fractions is taken where it becomes whole by one of these.
DENOMINATORS = (1, 2, 3, 4, 6)
TOLERANCE = 1e-7


def table_changes(
    equations: sparse.spmatrix,
    free: Array,
    known: list[Array],
    count: int,
    circuits: int,
    random: np.random.Generator,
) -> sparse.csr_matrix:
    """Changes, a row each, that keep every equation: swaps, circuits, differences of known tables.

    count: about how many swaps. circuits: about how many circuits, each a small linear programme.
    """
    system = reduce(equations, free)
    found = sparse.vstack([_swaps(system, count, random), _circuits(system, circuits, random)])
    kept = np.asarray(abs(found @ system.core.T).sum(axis=1)).ravel() == 0
    differences = [table - known[0] for table in known[1:]]
    differences += [one - other for one, other in zip(known[2:], known[1:-1], strict=True)]
    whole = sparse.vstack(
        [system.complete(found.tocsr()[kept]), sparse.csr_matrix((0, len(free)))]
        + [sparse.csr_matrix(one // max(1, math.gcd(*map(int, one)))) for one in differences]
    ).tocsr()
    return _different(whole)


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


def _swaps(system: ReducedSystem, count: int, random: np.random.Generator) -> sparse.csr_matrix:
    """Variables that no equation holds, pairs of one column, and pairs of equal difference."""
    core, size = system.core, system.core.shape[1]
    weights = random.integers(1, 2**40, core.shape[0])
    keys = core.T.astype(np.int64) @ weights if core.shape[0] else np.zeros(size, np.int64)
    alone = np.flatnonzero(keys == 0)
    order = np.argsort(keys, kind="stable")
    twins = np.flatnonzero((np.diff(keys[order]) == 0) & (keys[order][1:] != 0))
    found = [_rows([alone], [1], size), _rows([order[twins], order[twins + 1]], [1, -1], size)]
    enough, rounds = 0, 0
    while size >= 4 and enough < count and rounds < 4 * (1 + count // COMPARED):
        rounds += 1
        among = _compared(core, rounds, random)
        quads = _equal_differences(keys, among, min(count, COMPARED), random)
        enough += len(quads)
        found.append(_rows(list(quads.T), [1, -1, -1, 1], size))
    return sparse.vstack(found).tocsr()


def _compared(core: sparse.csr_matrix, turn: int, random: np.random.Generator) -> Array:
    """By turns any variables, and those that one equation holds together."""
    size = core.shape[1]
    among = np.arange(size)
    if turn % 2 and core.shape[0]:
        row = random.integers(core.shape[0])
        held = core.indices[core.indptr[row] : core.indptr[row + 1]]
        among = held if len(held) >= 4 else among
    return random.permutation(among)[:COMPARED]


def _equal_differences(keys: Array, among: Array, count: int, random: np.random.Generator) -> Array:
    """(a, b, c, d) where a and b differ as c and d do: one more of a and d, one less of b and c."""
    one, other = np.triu_indices(len(among), 1)
    difference = keys[among[one]] - keys[among[other]]
    turned = difference < 0
    one, other = np.where(turned, other, one), np.where(turned, one, other)
    difference = np.abs(difference)
    order = np.lexsort((random.random(len(difference)), difference))
    equal = np.flatnonzero(np.diff(difference[order]) == 0)
    equal = random.permutation(equal)[:count]
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
    core = system.core.tocsc()
    size = core.shape[1]
    rows = [sparse.csr_matrix((0, size))]
    for first in random.integers(size, size=count if size and core.shape[0] else 0):
        near = _neighbours(system.core, core, int(first), random)
        part = core[:, near].tocsr()
        part = part[np.flatnonzero(np.diff(part.indptr))]
        start = int(np.flatnonzero(near == first)[0])
        most = np.full(2 * len(near), np.inf)
        most[[start, len(near) + start]] = 0  # else the first would be taken back
        solution = linprog(
            random.random(2 * len(near)) + 0.1,
            A_eq=sparse.hstack([part, -part]),
            b_eq=-part[:, [start]].toarray().ravel(),
            bounds=np.column_stack([np.zeros(2 * len(near)), most]),
            method="highs-ds",
        )
        if solution.status == 0:
            change = solution.x[: len(near)] - solution.x[len(near) :]
            change[start] += 1
            rows += _whole(change, near, size)
    return sparse.vstack(rows).tocsr()


def _neighbours(
    rows: sparse.csr_matrix, columns: sparse.csc_matrix, first: int, random: np.random.Generator
) -> Array:
    """Variables that share equations with the first, those with these, until they are enough."""
    near, before = np.array([first]), 0
    while before < len(near) < NEIGHBOURS:
        before = len(near)
        near = np.unique(rows[np.unique(columns[:, near].indices)].indices)
    chosen = random.permutation(near)[:NEIGHBOURS]
    return np.union1d(chosen, [first])


def _whole(change: Array, near: Array, size: int) -> list[sparse.csr_matrix]:
    for denominator in DENOMINATORS:
        steps = np.round(change * denominator)
        if np.all(np.abs(steps - change * denominator) < TOLERANCE) and steps.any():
            at = np.flatnonzero(steps)
            return [sparse.csr_matrix((steps[at], (np.zeros(len(at), int), near[at])), (1, size))]
    return []
