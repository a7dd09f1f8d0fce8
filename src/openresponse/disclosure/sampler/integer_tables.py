"""All whole-numbered tables that fit what is published."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

Array = np.ndarray

# Rounds in which limits are passed on from equation to equation; each hierarchy needs one a level.
ROUNDS = 6
TOLERANCE = 1e-6


@dataclass(frozen=True)
class IntegerTables:
    """All whole-numbered tables with `equations @ table == 0` within limits.

    equations: sparse, a column a variable. values: one such table; where a variable is not free,
    every table has its value. least, most: limits of each variable.
    """

    equations: sparse.csr_matrix
    values: Array
    free: Array
    least: Array
    most: Array

    def fits(self, table: Array) -> bool:
        within = np.all((table >= self.least) & (table <= self.most))
        return bool(within and not np.any(self.equations @ table))


def integer_tables(
    equations: sparse.spmatrix,
    values: Array,
    free: Array,
    least: Array,
    cap: int,
    most: Array | float = np.inf,
) -> IntegerTables:
    """The tables that fit: upper limits are `most` or less, as follows from the equations; where
    neither says one, `cap`.
    """
    rows = sparse.csr_matrix(equations, copy=True)
    rows.eliminate_zeros()
    low = np.where(free, least, values).astype(np.int64)
    high = np.where(free, most, values.astype(float))
    for _ in range(ROUNDS):
        high = np.minimum(high, _upper(rows, low.astype(float), high))
    most = np.where(np.isfinite(high), np.floor(high + TOLERANCE), np.maximum(cap, values))
    tables = IntegerTables(rows, values.astype(np.int64), free, low, most.astype(np.int64))
    if not tables.fits(tables.values):
        raise ValueError("the starting table does not fit the equations and limits")
    return tables


def _upper(rows: sparse.csr_matrix, low: Array, high: Array) -> Array:
    """The most that each variable can be when all others of an equation are at their limits."""
    entries = rows.tocoo()
    a, at, row = entries.data, entries.col, entries.row
    open_end = ~np.isfinite(high[at])
    closed = np.where(open_end, 0, high[at])
    smallest = np.where(a > 0, a * low[at], a * closed)
    largest = np.where(a > 0, a * closed, a * low[at])
    count = rows.shape[0]
    no_least = np.bincount(row, open_end & (a < 0), count)
    no_most = np.bincount(row, open_end & (a > 0), count)
    floor, ceiling = np.bincount(row, smallest, count), np.bincount(row, largest, count)
    bound = np.where(
        a > 0,
        np.where(no_least[row] == 0, -(floor[row] - smallest) / a, np.inf),
        np.where(no_most[row] == 0, -(ceiling[row] - largest) / a, np.inf),
    )
    upper = np.full(len(high), np.inf)
    np.minimum.at(upper, at, bound)
    return upper
