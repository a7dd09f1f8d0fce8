"""The attacker's problem: how large can one count be, beside what a pattern shows?"""

from dataclasses import dataclass

import highspy
import numpy as np

from openresponse.disclosure.suppression.cut_generation.problem import Component
from openresponse.disclosure.suppression.linear_programme import LinearProgramme

REACHED = 1e-5  # of a count
# The simplex method of HiGHS that starts from the last move; 1.4 ms for 1,300 cells against 4 ms of
# the dual one.
PRIMAL = 4


@dataclass(frozen=True)
class Lift:
    """done: whether the count can rise as it must. move: what lifts it most. total: the sum of
    equations that bounds it.
    """

    done: bool
    move: np.ndarray
    total: np.ndarray


class AttackerProblem:
    """One linear programme for all protected counts of a component.

    solved: how often it was asked.
    """

    def __init__(self, component: Component) -> None:
        n = len(component)
        self._component = component
        self._programme = LinearProgramme(
            component.rows, *np.zeros((3, n)), simplex_strategy=PRIMAL
        )
        self._programme.changeObjectiveSense(highspy.ObjSense.kMaximize)

    @property
    def solved(self) -> int:
        return self._programme.solved

    def lift(self, target: int, share: np.ndarray, farthest: float) -> Lift:
        """Lift one count as far as it goes, where each variable is withheld by a share of 1.

        farthest: how far others may move for a count that is lifted by 1.
        """
        need, rows = self._component.need[target], self._component.rows
        low = -share * np.minimum(self._component.fall, farthest * need)
        high = share * farthest * need
        cost = np.zeros(len(share))
        high[target], cost[target] = need, 1
        self._programme.change(cost, low, high)
        self._programme.solution()
        solution = self._programme.getSolution()
        move = np.array(solution.col_value)
        return Lift(move[target] >= need - REACHED, move, rows.T @ np.array(solution.row_dual))
