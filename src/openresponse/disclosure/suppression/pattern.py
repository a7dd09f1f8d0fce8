"""The suppression pattern: what there is so far, and what the search finds."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from openresponse.disclosure.suppression.surroundings import Surroundings
from openresponse.disclosure.suppression.task import Task
from openresponse.disclosure.suppression.witness import Move, Target


@dataclass(frozen=True)
class Pattern:
    """withheld: a flag for each variable. primary: those withheld for what they are themselves, not
    to protect others. witnesses: a move for each target, verified.
    """

    withheld: np.ndarray
    primary: np.ndarray
    witnesses: dict[Target, Move]


class WorkingPattern:
    """What is withheld so far, and the moves there are among that."""

    def __init__(self, task: Task, withheld: np.ndarray) -> None:
        self._task, self.withheld = task, withheld

    @cached_property
    def surroundings(self) -> Surroundings:
        """Of what can change while nothing more is withheld."""
        system = self._task.system
        below, above = system.rounding
        inside = self.withheld | ~system.published | (below + above > 0)
        return Surroundings(system, inside, any_move=True)

    def with_more(self, variables: np.ndarray) -> "WorkingPattern":
        """The pattern that withholds these too."""
        if self.withheld[variables].all():
            return self
        withheld = self.withheld.copy()
        withheld[variables] = True
        return WorkingPattern(self._task, withheld)

    def move(self, targets: list[Target]) -> Move | None:
        """A move among what is withheld that witnesses all the targets."""
        return self.surroundings.cheapest(targets, self._task.price, self.withheld)

    def is_known_zero(self, target: Target) -> bool:
        """Whether the target is a single zero that anybody can and may prove to be zero."""
        system, first = self._task.system, target.variables[0]
        may_be = len(target.variables) == 1 and system.values[first] == 0
        return bool(
            may_be
            and system.may_be_zero[first]
            and self.move([Target(target.variables, 1)]) is None
        )
