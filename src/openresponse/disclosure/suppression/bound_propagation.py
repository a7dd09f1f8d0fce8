"""Bound propagation: how far a withheld figure can rise, for all that the equations say one by one.

A rise that it excludes needs no solver; several equations together may exclude more.
"""

from collections.abc import Iterator

import numpy as np

from openresponse.disclosure.suppression.witness import Target
from openresponse.disclosure.system.linked_tables import System

ROUNDS = 12  # most figures that cannot rise are found to by the sixth


class BoundPropagation:
    """The rises that no single equation of a system excludes."""

    def __init__(self, system: System) -> None:
        self._system = system
        parts, wholes = system.equations.maximum(0), -system.equations.minimum(0)
        self._sides = [
            (same, other, same.tocoo()) for same, other in ((parts, wholes), (wholes, parts))
        ]
        self._unbounded = float(system.values.sum() + system.threshold.max() + 1)

    def first_bounds(self, withheld: np.ndarray) -> np.ndarray:
        """How far each variable can rise under a pattern, each equation asked once."""
        return self._limit(*self._own_bounds(withheld))

    def bounds(self, withheld: np.ndarray) -> np.ndarray:
        """How far each variable can rise under a pattern, asked until nothing new follows."""
        *_, rise = self._rounds(withheld)
        return rise

    def excludes(self, targets: list[Target], withheld: np.ndarray) -> bool:
        """Whether one of the targets certainly cannot rise to its need under a pattern."""
        return any(self.falls_short(targets, rise) for rise in self._rounds(withheld))

    def falls_short(self, targets: list[Target], rise: np.ndarray) -> bool:
        """Whether one of the targets, of those that are a single figure, cannot rise to its need
        where each variable can rise so far.
        """
        return any(
            rise[t.variables[0]] < t.need - self._system.values[t.variables[0]]
            for t in targets
            if len(t.variables) == 1
        )

    def _rounds(self, withheld: np.ndarray) -> Iterator[np.ndarray]:
        """How far each variable can rise, after each round of asking every equation."""
        fall, rise = self._own_bounds(withheld)
        for _ in range(ROUNDS):
            less_rise = np.minimum(rise, self._limit(fall, rise))
            yield less_rise
            less_fall = np.minimum(fall, self._limit(less_rise, fall))
            if (less_rise == rise).all() and (less_fall == fall).all():
                return
            fall, rise = less_fall, less_rise

    def _own_bounds(self, withheld: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How far each variable may fall and rise by itself."""
        system = self._system
        free = withheld | ~system.published
        below, above = system.rounding
        fall = np.where(free, np.maximum(system.values - system.least, 0), below)
        return fall.astype(float), np.where(free, self._unbounded, above)

    def _limit(self, against: np.ndarray, along: np.ndarray) -> np.ndarray:
        """How far each variable can go one way, where the others on its side of an equation can go
        `against` it, and those on the other side `along` with it.
        """
        limit = np.full(len(along), np.inf)
        for same, other, entries in self._sides:
            most = same @ against + other @ along
            np.minimum.at(limit, entries.col, most[entries.row] - against[entries.col])
        return limit
