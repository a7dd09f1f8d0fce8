"""A walk through the tables that fit, and how often figures are small on its way."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from openresponse.disclosure.sampler.circuits import circuits
from openresponse.disclosure.sampler.integer_tables import IntegerTables

Array = np.ndarray

# Walks side by side, each step of all in one go: more cost little, and their spread is the error.
CHAINS = 128
# Tables are counted after this part of the walk, when it has forgotten where it began.
SETTLED = 0.3
# Of a walk so many tables are counted: neighbouring ones differ too little to be worth it.
COUNTED = 200


@dataclass(frozen=True)
class SmallShares:
    """For each target, the share of tables in which it is below its threshold.

    altered: whether any change alters the target. Where none does, it has been seen with a single
    value, and the share says so (0 or 1). effective: how many independent tables would know the
    share as well, by the spread between walks; 0 where all walks agree. tables: tables counted.
    """

    share: Array
    altered: Array
    effective: Array
    tables: int


def small_shares(
    tables: IntegerTables,
    targets: Array,
    thresholds: Array,
    moves: sparse.spmatrix,
    seed: int,
    *,
    sweeps: int = 48,
    bases: int = 60,
) -> SmallShares:
    """Walk from the known tables and count, for the figures at `targets`, how often each is small.

    thresholds: for each target, below what it counts as small. moves: known tables less the one of
    `tables`, a row each, such as witnesses; where one leads to a table that fits, walks begin there
    too. sweeps: how often each change is tried. bases: of how many the changes are taken.
    """
    random = np.random.default_rng(seed)
    changes = circuits(tables.equations, tables.free, bases, random)
    begun = [tables.values + move.toarray().ravel().astype(np.int64) for move in moves.tocsr()]
    starts = [tables.values, *(table for table in begun if tables.fits(table))][:CHAINS]
    return walk(tables, changes, starts, targets, thresholds, sweeps, random)


def walk(
    tables: IntegerTables,
    changes: sparse.csr_matrix,
    starts: list[Array],
    targets: Array,
    thresholds: Array,
    sweeps: int,
    random: np.random.Generator,
) -> SmallShares:
    """All walks at once: a column each, begun at the starts in turn."""
    state = np.stack([starts[chain % len(starts)] for chain in range(CHAINS)], axis=1)
    steps = [_step(tables, changes, row) for row in range(changes.shape[0])]
    total = max(sweeps * len(steps), COUNTED)
    count_every = max(1, int(total * (1 - SETTLED)) // COUNTED)
    small, counted = np.zeros((len(targets), CHAINS)), 0
    altered = np.asarray(abs(changes).sum(axis=0)).ravel()[targets] > 0
    if not steps:  # a single table
        small = np.asarray(state[targets] < thresholds[:, None], dtype=float)
        return _shares(small, altered, CHAINS)
    for number in range(total):
        if number % len(steps) == 0:
            order = random.permutation(len(steps))
        _take(state, steps[order[number % len(steps)]], random)
        if number >= total * SETTLED and number % count_every == 0:
            small += state[targets] < thresholds[:, None]
            counted += 1
    return _shares(small / counted, altered, counted * CHAINS)


@dataclass(frozen=True)
class Step:
    """A change with what limits it: those that grow first, then those that shrink."""

    at: Array
    by: Array
    growing: int
    size: Array | None
    least: Array
    most: Array


def _step(tables: IntegerTables, changes: sparse.csr_matrix, row: int) -> Step:
    span = slice(changes.indptr[row], changes.indptr[row + 1])
    at, by = changes.indices[span], changes.data[span].astype(np.int64)
    order = np.argsort(-by, kind="stable")
    at, by = at[order], by[order][:, None]
    size = None if np.all(np.abs(by) == 1) else np.abs(by)
    limits = tables.least[at][:, None], tables.most[at][:, None]
    return Step(at, by, int(np.sum(by > 0)), size, *limits)


def _take(state: Array, step: Step, random: np.random.Generator) -> None:
    """Each walk makes the change a random number of times, of all that its limits allow."""
    now = state[step.at]
    down, up = now - step.least, step.most - now
    if step.size is not None:
        down, up = down // step.size, up // step.size
    grow = step.growing
    forward = np.concatenate([up[:grow], down[grow:]]).min(axis=0)
    backward = np.concatenate([down[:grow], up[grow:]]).min(axis=0)
    times = np.floor(random.random(len(forward)) * (forward + backward + 1)).astype(np.int64)
    state[step.at] = now + step.by * (times - backward)


def _shares(by_walk: Array, altered: Array, tables: int) -> SmallShares:
    share = by_walk.mean(axis=1)
    spread = by_walk.var(axis=1, ddof=1)
    certain = spread == 0
    effective = CHAINS * share * (1 - share) / np.where(certain, 1, spread)
    return SmallShares(share, altered, np.where(certain, 0, effective), tables)
