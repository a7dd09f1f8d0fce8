"""At a glance, equation by equation: whether what is withheld leaves a figure the room to rise."""

from collections.abc import Iterator

import numpy as np

from openresponse.disclosure.suppression.witness import Target
from openresponse.disclosure.system.linked_tables import System

# of looking again with what the last round told; most figures that cannot rise are told by the
# sixth
ROUNDS = 12


class Room:
    """The rises that no single equation of a system forbids; several together may."""

    def __init__(self, system: System):
        self.system = system
        parts, wholes = system.equations.maximum(0), -system.equations.minimum(0)
        self.sides = [
            (mine, others, mine.tocoo()) for mine, others in ((parts, wholes), (wholes, parts))
        ]
        self.endless = float(system.values.sum() + system.threshold.max() + 1)

    def most(self, hidden: np.ndarray) -> np.ndarray:
        """How far each variable can rise under the pattern `hidden`, for all that one equation
        says: its other terms on the same side fall, those on the other side rise."""
        return self._told(*self._bounds(hidden))

    def forbids(self, targets: list[Target], hidden: np.ndarray) -> bool:
        """Whether one of the targets, all of them withheld, certainly cannot rise to its need under
        the pattern `hidden`.
        """
        return any(self.short(targets, room) for room in self._narrowing(hidden))

    def short(self, targets: list[Target], room: np.ndarray) -> bool:
        """Whether one of the targets, of those that are a single figure, lacks the room to rise to
        its need.
        """
        return any(
            room[t.cells[0]] < t.need - self.system.values[t.cells[0]]
            for t in targets
            if len(t.cells) == 1
        )

    def furthest(self, hidden: np.ndarray) -> np.ndarray:
        """How far each variable can rise under the pattern `hidden`, for what the equations say one
        after the other.
        """
        *_, room = self._narrowing(hidden)
        return room

    def _narrowing(self, hidden: np.ndarray) -> Iterator[np.ndarray]:
        """The room to rise after each round, until a round tells nothing new."""
        down, up = self._bounds(hidden)
        for _ in range(ROUNDS):
            room = np.minimum(up, self._told(down, up))
            yield room
            fall = np.minimum(down, self._told(room, down))
            if (room == up).all() and (fall == down).all():
                return
            down, up = fall, room

    def _bounds(self, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How far each variable may fall and rise by itself."""
        system = self.system
        open_ = hidden | ~system.published
        return (
            np.where(open_, np.maximum(system.values - system.least, 0), system.free[0]).astype(
                float
            ),
            np.where(open_, self.endless, system.free[1]),
        )

    def _told(self, against: np.ndarray, along: np.ndarray) -> np.ndarray:
        """How far each variable can go one way, where its fellows can go `against` it and the other
        side of an equation `along`.
        """
        room = np.full(len(along), np.inf)
        for mine, others, at in self.sides:
            most = mine @ against + others @ along
            np.minimum.at(room, at.col, most[at.row] - against[at.col])
        return room
