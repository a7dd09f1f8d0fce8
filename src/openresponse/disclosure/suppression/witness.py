"""A witness: a table of whole numbers that agrees with all that is shown, in which a protected
figure is large.

Kept sparse, as the difference from the true counts, and checked without a solver, by
multiplication.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from openresponse.disclosure.system.linked_tables import System


@dataclass(frozen=True)
class Target:
    """What must not be provable: that the sum of these variables is below `need`."""

    cells: tuple[int, ...]
    need: int


@dataclass(frozen=True)
class Move:
    """A sparse difference from the true counts: variables, and by how much each changes."""

    cells: np.ndarray
    by: np.ndarray

    @classmethod
    def of(cls, dense: np.ndarray) -> "Move":
        at = np.flatnonzero(dense)
        return cls(at, dense[at].astype(int))

    def reaches(self, target: Target, values: np.ndarray) -> bool:
        """Whether true values + move bring the target to what it needs."""
        inside = np.isin(self.cells, target.cells)
        return int(values[list(target.cells)].sum() + self.by[inside].sum()) >= target.need


def broken(system: System, withheld: np.ndarray, witnesses: dict[Target, Move]) -> list[Target]:
    """The targets whose move does not witness them under the pattern `withheld` (a flag a
    variable).
    """
    if not witnesses:
        return []
    targets = list(witnesses)
    moves = [witnesses[target] for target in targets]
    rows = np.repeat(np.arange(len(moves)), [len(move.cells) for move in moves])
    cells = np.concatenate([move.cells for move in moves])
    by = np.concatenate([move.by for move in moves])
    stacked = sparse.csr_matrix(
        (by, (rows, cells)), shape=(len(moves), len(system.values)), dtype=np.int64
    )
    other = system.values[cells] + by
    below, above = system.free
    hidden = withheld | ~system.published
    wrong = np.where(
        hidden[cells], other < system.least[cells], (by < -below[cells]) | (by > above[cells])
    )
    bad = np.zeros(len(moves), dtype=bool)
    bad[rows[wrong]] = True
    off = stacked @ system.equations.astype(np.int64).T
    bad[np.unique(off.nonzero()[0])] = True
    bad |= [
        not move.reaches(target, system.values) for target, move in zip(targets, moves, strict=True)
    ]
    return [target for target, wrong in zip(targets, bad, strict=True) if wrong]


def from_keys(stored: dict[tuple, dict[tuple, int]], system: System) -> dict[Target, Move]:
    """Witnesses kept by the keys of cells, in the variables of this system; those that name unknown
    cells are left out.
    """
    index = {key: at for at, key in enumerate(system.keys)}
    found = {}
    for (need, *cells), move in stored.items():
        if all(key in index for key in (*cells, *move)):
            at = np.array([index[key] for key in move], dtype=int)
            found[Target(tuple(index[key] for key in cells), need)] = Move(
                at, np.array(list(move.values()), dtype=int)
            )
    return found


def to_keys(witnesses: dict[Target, Move], system: System) -> dict[tuple, dict[tuple, int]]:
    """The same, to be kept for the next release."""
    return {
        (target.need, *(system.keys[v] for v in target.cells)): {
            system.keys[v]: int(by) for v, by in zip(move.cells, move.by, strict=True)
        }
        for target, move in witnesses.items()
    }
