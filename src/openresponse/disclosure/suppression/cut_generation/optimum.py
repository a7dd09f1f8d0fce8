"""The least that must be withheld, and how far from it a pattern can be.

A pattern is valid when every protected count has a move: a change of withheld cells that keeps
every shown number and lifts the count to its threshold. Where a pattern leaves a count without a
move, the attacker's problem gives a cut that every valid pattern obeys. The cheapest pattern that
obeys all cuts is sought again until every count has its move (Fischetti & Salazar, Management
Science 47, 2001). Moves may be fractions here, so the optimum is that of the linear version of the
requirement: a bound for whole numbers.
"""

from dataclasses import dataclass

import numpy as np

from openresponse.disclosure.suppression.cut_generation.attacker_problem import AttackerProblem
from openresponse.disclosure.suppression.cut_generation.cuts import (
    SMALL,
    Cut,
    bridgeless_cuts,
    capacity_cuts,
)
from openresponse.disclosure.suppression.cut_generation.master_problem import MasterProblem
from openresponse.disclosure.suppression.cut_generation.problem import (
    Component,
    Problem,
    components,
)
from openresponse.errors import DisclosureError

# Linear programmes that may be solved. Never seconds, so that slow machines find the same.
PROGRAMMES = 20_000
# How far a variable may move for one lifted by 1: under shares, and in a whole pattern.
NEAR, FAR = 1.0, 1e5
GAP = 0.02  # of its price, by which a pattern may be too dear while cuts are still missing


@dataclass(frozen=True)
class Optimum:
    """withheld: a pattern valid in fractions, what was withheld before included.
    bound: no pattern, in fractions or whole numbers, costs less. proved: whether `withheld` costs
    no more than that.
    """

    withheld: np.ndarray
    bound: float
    proved: bool


def optimum(problem: Problem, programmes: int = PROGRAMMES) -> Optimum:
    """The cheapest pattern; where `programmes` a component do not suffice to prove one, a valid one
    thinned out by half as many more, and a bound. DisclosureError where no pattern protects a
    count.
    """
    withheld, bound, proved = problem.withheld.copy(), 0.0, True
    for component in components(problem):
        search = _CutGeneration(component)
        share = search.relax(programmes)
        whole = search.whole(programmes)
        pattern = search.thinned(share, programmes // 2) if whole is None else whole
        if pattern is None:
            raise DisclosureError(
                "No pattern protects every small count beside what must stay shown. Nothing was"
                " published; publish the table at a coarser grain."
            )
        withheld[component.variables] |= pattern
        bound, proved = bound + search.floor, proved and whole is not None
    return Optimum(withheld, bound, proved)


def relaxation(problem: Problem, programmes: int = PROGRAMMES) -> np.ndarray:
    """How much of each variable the linear relaxation withholds, from 0 to 1. Counts that no
    pattern protects are left out of account.
    """
    share = problem.withheld.astype(float)
    for component in components(problem):
        relaxed = _CutGeneration(component).relax(programmes)
        share[component.variables] = np.maximum(share[component.variables], relaxed)
    return share


class _CutGeneration:
    """The search for the cheapest pattern of a component. floor: no valid pattern costs less."""

    def __init__(self, component: Component) -> None:
        self.floor = 0.0
        self._component = component
        self._attacker, self._master = AttackerProblem(component), MasterProblem(component)
        self._targets: list[int] = np.flatnonzero(component.need > 0).tolist()

    @property
    def _solved(self) -> int:
        return self._attacker.solved + self._master.solved

    def relax(self, programmes: int) -> np.ndarray:
        """The cheapest shares of withholding that no cut found speaks against."""
        component, limit = self._component, self._solved + programmes
        share, due = component.withheld.astype(float), self._targets
        rows = (row.toarray().ravel() for row in component.rows)
        self._master.add([cut for row in rows for cut in capacity_cuts(component, row, share)])
        while self._solved < limit:
            solved = self._master.relaxed()
            if solved is None:
                break
            share, self.floor = np.clip(solved[0], 0, 1), max(self.floor, solved[1])
            all_asked = len(due) == len(self._targets)
            due, new = self._missed(share, due, NEAR, limit)
            if not new and all_asked:
                break
            due = due if new else self._targets
        return share

    def whole(self, programmes: int) -> np.ndarray | None:
        """The cheapest pattern that obeys all cuts and lets every target rise; None where the
        programmes did not suffice.
        """
        limit, gap = self._solved + programmes, GAP
        self._master.demand_whole()
        while self._solved < limit:
            pattern, bound = self._master.whole(gap, limit - self._solved)
            self.floor = max(self.floor, bound)
            if pattern is None:
                return None
            stuck, new = self._missed(pattern, self._targets, FAR, limit)
            if not stuck and self._solved < limit:
                if gap == 0 or self._component.price @ pattern <= self.floor + SMALL:
                    return pattern > 0
                gap = 0.0
            elif not new:
                return None
        return None

    def thinned(self, share: np.ndarray, programmes: int) -> np.ndarray | None:
        """A pattern that lets every target rise, from which whatever can be is shown again, the
        least share and the dearest first; None where no pattern does.
        """
        patterns = ((share > SMALL).astype(float), np.ones(len(share)))
        for withheld in patterns:
            lifts = [self._attacker.lift(target, withheld, FAR) for target in self._targets]
            if all(lift.done for lift in lifts):
                return self._thinned(withheld, [lift.move for lift in lifts], share, programmes)
        return None

    def _thinned(
        self, withheld: np.ndarray, lifts: list[np.ndarray], share: np.ndarray, programmes: int
    ) -> np.ndarray:
        """The same from a pattern and a move for each target."""
        moves, limit = np.array(lifts), self._solved + programmes
        free = np.flatnonzero((withheld > 0) & ~self._component.withheld)
        for one in free[np.lexsort((-self._component.price[free], share[free]))]:
            if self._solved >= limit:
                break
            withheld[one] = 0
            users = np.flatnonzero(np.abs(moves[:, one]) > SMALL)
            others = [self._attacker.lift(self._targets[user], withheld, NEAR) for user in users]
            if all(lift.done for lift in others):
                moves[users] = np.reshape([lift.move for lift in others], (-1, len(share)))
            else:
                withheld[one] = 1
        return withheld > 0

    def _missed(
        self, share: np.ndarray, targets: list[int], farthest: float, limit: int
    ) -> tuple[list[int], bool]:
        """Which targets cannot rise under `share`; and whether cuts that say so were added."""
        stuck: list[int] = []
        cuts: list[Cut] = []
        for target in targets:
            if self._solved >= limit:
                break
            lift = self._attacker.lift(target, share, farthest)
            if not lift.done:
                stuck.append(target)
                cuts += capacity_cuts(self._component, lift.total, share)
        return stuck, self._master.add([*cuts, *bridgeless_cuts(self._component, share)])
