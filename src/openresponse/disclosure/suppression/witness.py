"""A witness: a table of whole numbers that agrees with all that is shown, in which a protected
figure is large. The field calls it a feasible alternative.

It is kept sparse, as the difference from the true counts, and checked by multiplication, without a
solver.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from openresponse.disclosure.system.linked_tables import System
from openresponse.disclosure.system.variables import Key

Stored = dict[tuple[Any, ...], dict[Key, int]]  # need and keys of a target, to its move


@dataclass(frozen=True)
class Target:
    """What must not be provable: that the sum of these variables is below `need`."""

    variables: tuple[int, ...]
    need: int


@dataclass(frozen=True)
class Move:
    """A sparse difference from the true counts: variables, and by how much each changes."""

    variables: np.ndarray
    by: np.ndarray

    @classmethod
    def of(cls, variables: np.ndarray, difference: np.ndarray) -> "Move":
        """From the difference of each of some variables, most of them 0."""
        at = np.flatnonzero(difference)
        return cls(variables[at], difference[at].astype(int))

    def reaches(self, target: Target, values: np.ndarray) -> bool:
        """Whether true values and move together bring the target to what it needs."""
        inside = np.isin(self.variables, target.variables)
        reached = values[list(target.variables)].sum() + self.by[inside].sum()
        return bool(reached >= target.need)


class Witnesses:
    """The witnesses found so far, and what else their moves would serve.

    moves: target to its witness. known_zeros: targets that need none; they are withheld with
    their sensitive group, and anybody can tell that they are 0.
    """

    def __init__(self) -> None:
        self.moves: dict[Target, Move] = {}
        self.known_zeros: set[Target] = set()
        self._highest: dict[int, tuple[int, Move]] = {}  # of each variable, what lifts it most

    def add(self, target: Target, move: Move) -> None:
        self.moves[target] = move
        for variable, by in zip(move.variables.tolist(), move.by.tolist(), strict=True):
            highest, _ = self._highest.get(variable, (0, None))
            if by > highest:
                self._highest[variable] = by, move

    def serving(self, target: Target, values: np.ndarray) -> Move | None:
        """A move found for others that brings the target to what it needs, or None."""
        moves = [self._highest[v][1] for v in target.variables if v in self._highest]
        return next((move for move in moves if move.reaches(target, values)), None)

    def drop(self, targets: Iterable[Target]) -> "Witnesses":
        """Without these targets, and without their moves."""
        lost, kept = set(targets), Witnesses()
        kept.known_zeros = self.known_zeros - lost
        for target, move in self.moves.items():
            if target not in lost:
                kept.add(target, move)
        return kept


def broken(system: System, withheld: np.ndarray, witnesses: dict[Target, Move]) -> list[Target]:
    """The targets whose move is no witness under the pattern `withheld`, a flag a variable."""
    if not witnesses:
        return []
    moves = list(witnesses.values())
    rows = np.repeat(np.arange(len(moves)), [len(move.variables) for move in moves])
    variables = np.concatenate([move.variables for move in moves])
    by = np.concatenate([move.by for move in moves])
    bad = np.zeros(len(moves), dtype=bool)
    bad[rows[_contradicts(system, withheld, variables, by)]] = True
    stacked = sparse.csr_matrix(
        (by, (rows, variables)), shape=(len(moves), len(system.values)), dtype=np.int64
    )
    bad[np.unique((stacked @ system.equations.astype(np.int64).T).nonzero()[0])] = True
    bad |= [not move.reaches(target, system.values) for target, move in witnesses.items()]
    return [target for target, wrong in zip(witnesses, bad, strict=True) if wrong]


def _contradicts(
    system: System, withheld: np.ndarray, variables: np.ndarray, by: np.ndarray
) -> np.ndarray:
    """Which of these changes a reader can see to be wrong: below what a withheld count is known to
    be, or away from a shown one."""
    below, above = (side[variables] for side in system.rounding)
    free = (withheld | ~system.published)[variables]
    too_low = system.values[variables] + by < system.least[variables]
    return np.asarray(np.where(free, too_low, (by < -below) | (by > above)))


def from_keys(stored: Stored, system: System) -> dict[Target, Move]:
    """Witnesses kept by the keys of variables, in the variables of this system; those that name a
    key it does not have are left out.
    """
    index = {key: at for at, key in enumerate(system.keys)}
    witnesses = {}
    for (need, *keys), move in stored.items():
        if all(key in index for key in (*keys, *move)):
            at = np.array([index[key] for key in move], dtype=int)
            target = Target(tuple(index[key] for key in keys), need)
            witnesses[target] = Move(at, np.array(list(move.values()), dtype=int))
    return witnesses


def to_keys(witnesses: dict[Target, Move], system: System) -> Stored:
    """The same, to be kept for the next release."""
    return {
        (target.need, *(system.keys[v] for v in target.variables)): {
            system.keys[v]: int(by) for v, by in zip(move.variables, move.by, strict=True)
        }
        for target, move in witnesses.items()
    }
