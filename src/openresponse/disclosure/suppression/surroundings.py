"""The subsystems in which a move is sought: what hangs together with a figure, in ever wider spans
of months.
"""

import numpy as np
from scipy.sparse.csgraph import connected_components

from openresponse.disclosure.suppression.subsystem import Subsystem
from openresponse.disclosure.suppression.witness import Move, Target
from openresponse.disclosure.system.linked_tables import System
from openresponse.disclosure.system.periods import Span, widening


class Surroundings:
    """The subsystems around each of a system's variables, each built when it is first asked for."""

    def __init__(self, system: System, component: np.ndarray, inside: np.ndarray) -> None:
        """component: of each variable, as `components` numbers them. inside: which variables take
        part.
        """
        self._system, self._component, self._inside = system, component, inside
        self._built: dict[tuple[int, Span | None], Subsystem] = {}

    @property
    def programmes(self) -> int:
        """How many linear programmes were solved in them."""
        return sum(one.programmes for one in self._built.values())

    def cheapest(
        self, targets: list[Target], cost: np.ndarray, may_change: np.ndarray
    ) -> Move | None:
        """The cheapest move in the first target's own months, else in the quarter and the year
        around them, else in all that hangs together; arguments as of `Subsystem.cheapest`.
        """
        first = targets[0].variables[0]
        start, end = (int(month) for month in self._system.months[first])
        tried = 0
        for span in (*widening(start, end), None):
            subsystem = self._subsystem(int(self._component[first]), span)
            if len(subsystem) > tried:
                tried = len(subsystem)
                move = subsystem.cheapest(targets, cost, may_change)
                if move is not None:
                    return move
        return None

    def _subsystem(self, component: int, span: Span | None) -> Subsystem:
        if (component, span) not in self._built:
            inside = self._inside & (self._component == component)
            if span is not None:
                start, end = self._system.months.T
                inside &= (start >= span[0]) & (end <= span[1])
            self._built[component, span] = Subsystem(self._system, np.flatnonzero(inside))
        return self._built[component, span]


def components(system: System, fixed: np.ndarray) -> np.ndarray:
    """The number of the part that each variable hangs together with by equations, once those that
    are `fixed`, a flag a variable, are left out.
    """
    rows = system.equations.multiply(~fixed[None, :]).tocsr()
    rows.eliminate_zeros()
    _, label = connected_components(rows.T @ rows, directed=False)
    return np.asarray(label)
