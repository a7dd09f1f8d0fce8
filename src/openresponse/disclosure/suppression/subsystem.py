"""The cheapest move that makes protected figures large and keeps every shown number.

A linear programme finds it, nearly always in whole numbers. One programme serves all targets of a
subsystem: only bounds and costs change between them.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from openresponse.disclosure.suppression.integrality import BROKEN, whole_numbers
from openresponse.disclosure.suppression.linear_programme import LinearProgramme
from openresponse.disclosure.suppression.witness import Move, Target
from openresponse.disclosure.system.linked_tables import System

CHEAPEST = 1e-6  # no change is for nothing, or moves would go where they need not
NODES = 1_000  # of branch and bound, where making an optimum whole did not succeed
# By how much prices are spread for another optimum, where the last one could not be made whole. An
# optimum in the inside of a face is broken in many places, a corner in few.
SPREADS = (0.0, 0.5, 1.0, 2.0)
FORCED_UP_TO = 5_000  # variables; number by number, an optimum of more takes minutes to make whole
ATTEMPTS = 5  # with random costs, at whole numbers for the cells that an optimum changes
GAP = 0.2  # of its cost, by which such a move may be dearer than the cheapest


@dataclass(frozen=True)
class _Limits:
    """What each variable's change costs, and how far it may fall and rise."""

    cost: np.ndarray
    fall: np.ndarray
    rise: np.ndarray


class Subsystem:
    """Some variables of a system, and the equations among them."""

    def __init__(self, system: System, variables: np.ndarray) -> None:
        rows = system.equations[:, variables]
        rows = rows[np.diff(rows.indptr) > 0]
        n = len(variables)
        self._system, self._variables = system, variables
        self._place = {int(v): k for k, v in enumerate(variables)}
        self._unbounded = float(system.values[variables].sum() + system.reach.max() + 1)
        self._rows = sparse.hstack([rows, -rows])  # of rises, then of falls
        self._programme = LinearProgramme(self._rows, *np.zeros((3, 2 * n)), presolve="off")
        self._nodes = 0

    def __len__(self) -> int:
        return len(self._variables)

    @property
    def programmes(self) -> int:
        """How many linear programmes were solved here."""
        return self._programme.solved + self._nodes

    def cheapest(
        self, targets: list[Target], cost: np.ndarray, may_change: np.ndarray
    ) -> Move | None:
        """min Σ cost·|move| with all the targets at their needs, in whole numbers; None where none
        was found.

        targets: several, or one that is the sum of several variables. cost, may_change: for each
        variable of the system, what a change costs, and whether it may change at all beyond what
        its rounding leaves open.
        """
        if any(v not in self._place for target in targets for v in target.variables):
            return None
        limits = self._limits(cost, may_change)
        if len(targets[0].variables) > 1:
            return self._branched(targets[0], limits)
        low, high = np.zeros(2 * len(self)), np.concatenate([limits.rise, limits.fall])
        for target in targets:
            self._demand(target, low, high)
        for spread in SPREADS if len(targets) == 1 else SPREADS[:1]:
            cost = np.concatenate([limits.cost, limits.cost]) * self._noise(spread)
            self._programme.change(cost, low, high)
            self._programme.clearSolver()
            optimum = self._programme.solution()
            if optimum is None:
                return None
            whole = None
            if spread == 0 and len(self) <= FORCED_UP_TO:
                whole = whole_numbers(self._programme, optimum)
            if whole is None and len(targets) == 1:
                whole = self._near(optimum, cost, low, high)
            if whole is not None:
                return self._move(whole)
        return None

    def _noise(self, spread: float) -> np.ndarray:
        """By what each price is multiplied; always the same for the same subsystem."""
        return np.random.default_rng(0).uniform(1, 1 + spread, 2 * len(self))

    def _near(
        self, optimum: np.ndarray, cost: np.ndarray, low: np.ndarray, high: np.ndarray
    ) -> np.ndarray | None:
        """Whole numbers near an optimum: for what it changes, all else unchanged; or else for the
        cells that it changes and any atoms, whose changes nobody sees.
        """
        whole = self._on_support(optimum, cost, low, high)
        if whole is not None:
            return whole
        changed = np.logical_or(*np.split(optimum > BROKEN, 2))
        free = changed | ~self._system.published[self._variables]
        limited = np.maximum(np.where(np.tile(free, 2), high, 0), low)
        for seed in range(ATTEMPTS):
            costs = np.random.default_rng(seed).uniform(CHEAPEST, 1, 2 * len(self))
            self._programme.change(costs, low, limited)
            self._programme.clearSolver()
            other = self._programme.solution()
            whole = None if other is None else self._on_support(other, costs, low, limited)
            if whole is not None or other is None:
                return whole
        return None

    def _on_support(
        self, optimum: np.ndarray, cost: np.ndarray, low: np.ndarray, high: np.ndarray
    ) -> np.ndarray | None:
        """Whole numbers for what an optimum changes, all else unchanged, by branch and bound."""
        changed = optimum > BROKEN
        changed = np.tile(np.logical_or(*np.split(changed, 2)), 2)
        return self._whole(cost, Bounds(low, np.maximum(np.where(changed, high, 0), low)))

    def _whole(
        self, cost: np.ndarray, bounds: Bounds, *further: LinearConstraint
    ) -> np.ndarray | None:
        """min cost·x in whole numbers by branch and bound; None also where the nodes do not
        suffice.
        """
        result = milp(
            cost,
            integrality=np.ones(len(cost)),
            constraints=[LinearConstraint(self._rows, 0, 0), *further],
            bounds=bounds,
            options={"node_limit": NODES, "mip_rel_gap": GAP},
        )
        self._nodes += int(result.mip_node_count or 1)
        return None if result.x is None else np.rint(result.x)

    def _limits(self, cost: np.ndarray, may_change: np.ndarray) -> _Limits:
        system, at = self._system, self._variables
        free = (may_change | ~system.published)[at]
        below, above = (side[at] for side in system.rounding)
        fall = np.where(free, np.maximum(system.values[at] - system.least[at], 0), below)
        rise = np.where(free, self._unbounded, above)
        return _Limits(np.maximum(cost[at], CHEAPEST), fall.astype(float), rise.astype(float))

    def _demand(self, target: Target, low: np.ndarray, high: np.ndarray) -> None:
        """A single figure must rise to its need, and may not fall."""
        at = self._place[target.variables[0]]
        need = target.need - int(self._system.values[target.variables[0]])
        if need > 0:
            low[at], high[at], high[len(self) + at] = need, max(need, high[at]), 0

    def _branched(self, target: Target, limits: _Limits) -> Move | None:
        """The same for a sum of several variables."""
        n, values = len(self), self._system.values
        need = target.need - int(values[list(target.variables)].sum())
        sum_of_target = np.zeros(2 * n)
        for variable in target.variables:
            at = self._place[variable]
            sum_of_target[at], sum_of_target[n + at] = 1, -1
        whole = self._whole(
            np.concatenate([limits.cost, limits.cost]),
            Bounds(0, np.concatenate([limits.rise, limits.fall])),
            LinearConstraint(sum_of_target, need, np.inf),
        )
        return None if whole is None else self._move(whole)

    def _move(self, changes: np.ndarray) -> Move:
        rises, falls = np.split(changes, 2)
        return Move.of(self._variables, rises - falls)
