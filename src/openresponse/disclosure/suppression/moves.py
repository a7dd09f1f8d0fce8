"""The cheapest change that makes protected figures large and keeps every shown number.

A linear programme finds it, nearly always in whole numbers; where not, one broken number after the
other is forced to a whole one, and the programme goes on from where it stood. One model serves all
targets of a scope: only bounds and costs change between them.
"""

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from openresponse.disclosure.suppression.witness import Move, Target
from openresponse.disclosure.system.linked_tables import System

WITHHELD_ANYWAY = (
    1e-3  # cost of changing a cell that is withheld, or that nobody publishes, beside its price
)
ROUGH = 1e-6
STEPS = 60  # programmes solved to make one move whole; ten suffice nearly always
# of branching over a scope, for what is left; never seconds, so that slow machines find the same
NODES = 1_000


@contextmanager
def _quiet():
    """The solver's library prints its licence when it is first used, past Python and any option of
    its own.
    """
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
    """A part of the system in which moves are sought: the variables `at`, and one reusable model
    over them.
    """

    system: System
    at: np.ndarray

    def __post_init__(self):
        rows = self.system.equations[:, self.at]
        self.rows = rows[np.diff(rows.indptr) > 0]
        self.place = {int(v): k for k, v in enumerate(self.at)}
        self.room = float(self.system.values[self.at].sum() + self.system.threshold.max() + 1)
        self.model = self._model()
        self.low, self.high, self.price = np.zeros((3, 2 * len(self.at)))  # as the model has them

    def cheapest(self, targets: list[Target], cost: np.ndarray, open_: np.ndarray) -> Move | None:
        """min Σ cost·|move| with all the targets at their needs, in whole numbers; None where none
        was found.

        targets: several, or one that is the sum of several cells. cost: a price a variable of the
        system. open_: which may change at all beyond what their rounding leaves free.
        """
        if any(cell not in self.place for target in targets for cell in target.cells):
            return None
        down, up = self._bounds(open_)
        price = np.maximum(cost[self.at], ROUGH)
        if len(targets[0].cells) > 1:
            return self._branched(targets[0], price, down, up)
        n = len(self.at)
        low, high = np.zeros(2 * n), np.concatenate([up, down])
        for target in targets:
            cell, need = (
                self.place[target.cells[0]],
                target.need - int(self.system.values[target.cells[0]]),
            )
            if need > 0:
                low[cell], high[cell], high[n + cell] = need, max(need, high[cell]), 0
        found = self._lp(price, low, high)
        whole = None if found is None else self._whole(found, low, high)
        if whole is not None:
            return self._move(whole[:n] - whole[n:])
        return (
            None
            if found is None or len(targets) > 1
            else self._branched(targets[0], price, down, up)
        )

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
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = (
            matrix.indptr,
            matrix.indices,
            matrix.data,
        )
        with _quiet():
            solver = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("presolve", "off"),
            ("threads", 1),
            ("random_seed", 1),
        ):
            solver.setOptionValue(option, value)
        solver.passModel(lp)
        return solver

    def _lp(self, price: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray | None:
        """Rises, then falls, of the cheapest move within bounds; None where there is none."""
        price = np.concatenate([price, price])
        other = np.flatnonzero((low != self.low) | (high != self.high)).astype(np.int32)
        dearer = np.flatnonzero(price != self.price).astype(np.int32)
        self.model.changeColsBounds(len(other), other, low[other], high[other])
        self.model.changeColsCost(len(dearer), dearer, price[dearer])
        self.low, self.high, self.price = low, high, price
        self.model.clearSolver()
        return self._solved()

    def _solved(self) -> np.ndarray | None:
        self.model.run()
        optimal = self.model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return np.array(self.model.getSolution().col_value) if optimal else None

    def _whole(
        self, found: np.ndarray | None, low: np.ndarray, high: np.ndarray
    ) -> np.ndarray | None:
        """The move made whole, depth first: the largest broken number is forced down and, where
        that leads nowhere, up.
        """
        forced: list[
            tuple[int, tuple, tuple | None]
        ] = []  # column, its bounds before, its bounds the other way
        for _ in range(STEPS):
            if found is not None:
                broken = np.abs(found - np.rint(found)) > ROUGH
                if not broken.any():
                    return np.rint(found)
                one = int(np.where(broken, found, 0).argmax())
                forced.append((one, (low[one], high[one]), (np.ceil(found[one]), high[one])))
                high[one] = np.floor(found[one])
            else:
                while forced and forced[-1][2] is None:
                    one, (low[one], high[one]), _ = forced.pop()
                    self.model.changeColBounds(one, low[one], high[one])
                if not forced:
                    return None
                one, before, other = forced.pop()
                forced.append((one, before, None))
                low[one], high[one] = other
            self.model.changeColBounds(one, low[one], high[one])
            found = self._solved()
        return None

    def _branched(
        self, target: Target, price: np.ndarray, down: np.ndarray, up: np.ndarray
    ) -> Move | None:
        """The same in whole numbers by branching over the scope; None also where the nodes do not
        suffice.
        """
        n = len(self.at)
        need = target.need - int(self.system.values[list(target.cells)].sum())
        aim = np.zeros(2 * n)
        for cell in target.cells:
            aim[self.place[cell]], aim[n + self.place[cell]] = 1, -1
        result = milp(
            np.concatenate([price, price]),
            integrality=np.ones(2 * n),
            constraints=[
                LinearConstraint(sparse.hstack([self.rows, -self.rows]), 0, 0),
                LinearConstraint(aim, need, np.inf),
            ],
            bounds=Bounds(0, np.concatenate([np.minimum(up, self.room), down])),
            options={"node_limit": NODES, "mip_rel_gap": 0.2},
        )
        if result.x is None:
            return None
        found = np.rint(result.x)
        return self._move(found[:n] - found[n:])

    def _move(self, found: np.ndarray) -> Move:
        at = np.flatnonzero(found)
        return Move(self.at[at], found[at].astype(int))
