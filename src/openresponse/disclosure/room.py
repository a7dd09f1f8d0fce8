"""At a glance, equation by equation: whether what is withheld leaves a figure the room to rise."""

import numpy as np

from openresponse.disclosure.system import System


class Room:
    """The rises that no single equation of a system forbids; several together may."""

    def __init__(self, system: System):
        self.system = system
        parts, wholes = system.equations.maximum(0), -system.equations.minimum(0)
        self.sides = [(mine, others, mine.tocoo()) for mine, others in ((parts, wholes), (wholes, parts))]
        self.endless = float(system.values.sum() + system.threshold.max() + 1)

    def most(self, hidden: np.ndarray) -> np.ndarray:
        """How far each variable can rise under the pattern `hidden`, for all that one equation says: its other terms on the
        same side fall, those on the other side rise."""
        system = self.system
        open_ = hidden | ~system.published
        down = np.where(open_, np.maximum(system.values - system.least, 0), system.free[0])
        up = np.where(open_, self.endless, system.free[1])
        room = np.full(len(down), np.inf)
        for mine, others, at in self.sides:
            most = mine @ down + others @ up
            np.minimum.at(room, at.col, most[at.row] - down[at.col])
        return room
