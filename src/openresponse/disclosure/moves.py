"""The cheapest change that makes a protected figure large and keeps every shown number.

A linear programme finds it; nearly always in whole numbers, and where not, its costs are shaken or whole
numbers are demanded. One model serves all targets of a scope: only bounds and costs change between them.
"""

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from openresponse.disclosure.system import System
from openresponse.disclosure.witness import Move, Target

WITHHELD_ANYWAY = 1e-3  # cost of changing a cell that is withheld, or that nobody publishes, beside its price
ROUGH = 1e-6
SHAKES = 2
MILP_SECONDS = 20.0
FAR = 1e7


@contextmanager
def _quiet():
    """The solver's library prints its licence when it is first used, past Python and any option of its own."""
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


@dataclass
class Scope:
    """A part of the system in which moves are sought: the variables `at`, and one reusable model over them."""

    system: System
    at: np.ndarray

    def __post_init__(self):
        rows = self.system.equations[:, self.at]
        self.rows = rows[np.diff(rows.indptr) > 0]
        self.place = {int(v): k for k, v in enumerate(self.at)}
        self.room = float(self.system.values[self.at].sum() + self.system.threshold.max() + 1)
        self.model = self._model()

    def cheapest(self, target: Target, cost: np.ndarray, open_: np.ndarray, withheld: np.ndarray, rng: np.random.Generator) -> Move | None:
        """min Σ cost·|move| with the target at its need; None where there is no move.

        cost: a price a variable of the system. open_: which may change at all beyond what their rounding leaves free;
        withheld: which of them may at no loss.
        """
        if any(cell not in self.place for cell in target.cells):
            return None
        need = target.need - int(self.system.values[list(target.cells)].sum())
        if need <= 0:
            return Move.of(np.zeros(len(self.system.values), dtype=int))
        down, up = self._bounds(open_)
        price = np.maximum(cost[self.at], ROUGH)
        if len(target.cells) > 1:
            return self._whole(target, need, price, down, up)
        touched = np.zeros(len(price), dtype=bool)
        for shake in range(SHAKES + 1):
            shaken = price if shake == 0 else price * rng.uniform(0.8, 1.2, len(price))
            found = self._lp(self.place[target.cells[0]], need, shaken, down, up)
            if found is None:
                return None
            if np.abs(found - np.rint(found)).max(initial=0) < ROUGH:
                return self._move(np.rint(found))
            touched |= np.abs(found) > ROUGH
        # Whole numbers among the cells of the broken moves and what is withheld anyway; failing that, among all.
        near = touched | withheld[self.at]
        move = self._whole(target, need, price, np.where(near, down, 0), np.where(near, up, 0))
        return move if move is not None else self._whole(target, need, price, down, up)

    def _bounds(self, open_: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How far each variable may go down and up."""
        system, at = self.system, self.at
        may = (open_ | ~system.published)[at]
        below, above = (side[at] for side in system.free)
        down = np.where(may, np.maximum(system.values[at] - system.least[at], 0), below)
        return down.astype(float), np.where(may, self.room, above).astype(float)

    def _model(self) -> highspy.Highs:
        n, (r, _) = len(self.at), self.rows.shape
        matrix = sparse.hstack([self.rows, -self.rows]).tocsc()
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = 2 * n, r
        lp.col_cost_ = np.zeros(2 * n)
        lp.col_lower_ = np.zeros(2 * n)
        lp.col_upper_ = np.zeros(2 * n)
        lp.row_lower_ = lp.row_upper_ = np.zeros(r)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
        with _quiet():
            solver = highspy.Highs()
        for option, value in (("output_flag", False), ("presolve", "off"), ("threads", 1), ("random_seed", 1)):
            solver.setOptionValue(option, value)
        solver.passModel(lp)
        return solver

    def _lp(self, cell: int, need: int, price, down, up) -> np.ndarray | None:
        n = len(self.at)
        every = np.arange(2 * n, dtype=np.int32)
        low, high = np.zeros(2 * n), np.concatenate([up, down])
        low[cell], high[cell], high[n + cell] = need, max(need, high[cell]), 0
        self.model.changeColsBounds(2 * n, every, low, high)
        self.model.changeColsCost(2 * n, every, np.concatenate([price, price]))
        self.model.clearSolver()
        self.model.run()
        status = self.model.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        found = np.array(self.model.getSolution().col_value)
        return found[:n] - found[n:]

    def _whole(self, target: Target, need: int, price, down, up) -> Move | None:
        """The same in whole numbers; None also where the time is up, so that the caller widens or withholds more."""
        n = len(self.at)
        aim = np.zeros(2 * n)
        for cell in target.cells:
            aim[self.place[cell]], aim[n + self.place[cell]] = 1, -1
        result = milp(np.concatenate([price, price]), integrality=np.ones(2 * n),
                      constraints=[LinearConstraint(sparse.hstack([self.rows, -self.rows]), 0, 0), LinearConstraint(aim, need, np.inf)],
                      bounds=Bounds(0, np.concatenate([np.minimum(up, self.room), down])),
                      options={"time_limit": MILP_SECONDS, "mip_rel_gap": 0.2})
        if result.x is None:
            return None
        found = np.rint(result.x)
        return self._move(found[:n] - found[n:])

    def _move(self, found: np.ndarray) -> Move:
        at = np.flatnonzero(found)
        return Move(self.at[at], found[at].astype(int))
