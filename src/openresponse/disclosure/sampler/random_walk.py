"""A walk through the tables that fit, and how often figures are small on its way."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from openresponse.disclosure.sampler.changes import table_changes
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

    effective: how many independent tables would know the share as well, by the spread between
    walks; 0 where all walks say the same (a share of 0 or 1).
    """

    share: Array
    effective: Array
    tables: int


def small_shares(
    tables: IntegerTables,
    targets: Array,
    thresholds: Array,
    known: list[Array],
    seed: int,
    *,
    sweeps: int = 40,
    swaps: int | None = None,
    circuits: int = 200,
) -> SmallShares:
    """Walk from `known` tables (and the starting one) and count.

    targets: positions of figures; thresholds: for each, below what it counts as small. sweeps: how
    often each change is tried. swaps, circuits: how many changes are looked for; by default four
    swaps a free variable.
    """
    random = np.random.default_rng(seed)
    starts = [tables.values, *(table for table in known if tables.fits(table))]
    wanted = 4 * int(tables.free.sum()) if swaps is None else swaps
    found = table_changes(tables.equations, tables.free, starts, wanted, circuits, random)
    return walk(tables, found, starts, targets, thresholds, sweeps, random)


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
    if not steps:  # a single table
        return _shares(np.asarray(state[targets] < thresholds[:, None], float), CHAINS)
    for number in range(total):
        if number % len(steps) == 0:
            order = random.permutation(len(steps))
        _take(state, steps[order[number % len(steps)]], random)
        if number >= total * SETTLED and number % count_every == 0:
            small += state[targets] < thresholds[:, None]
            counted += 1
    return _shares(small / counted, counted * CHAINS)


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


def _shares(by_walk: Array, tables: int) -> SmallShares:
    share = by_walk.mean(axis=1)
    spread = by_walk.var(axis=1, ddof=1)
    certain = spread == 0
    effective = CHAINS * share * (1 - share) / np.where(certain, 1, spread)
    return SmallShares(share, np.where(certain, 0, effective), tables)
