"""Swaps among withheld cells: witnesses found without a solver.

In a table with d dimensions a cube has 2^d corners, two codes of one parent in each dimension; raising every other
corner and lowering those between leaves all margins as they are.
"""

from itertools import product

import numpy as np

from openresponse.disclosure.system import System
from openresponse.disclosure.witness import Move, Target

MOST = 400  # cubes tried for one target; the solver takes over after that


class Cubes:
    """The cubes of a system's published tables."""

    def __init__(self, system: System):
        self.system = system
        self.columns = system.equations.tocsc()
        self.places: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        for number, (ids, siblings) in enumerate(system.grids):
            for place in product(range(ids.shape[0]), *(np.flatnonzero([len(s) > 0 for s in near]) for near in siblings)):
                self.places.setdefault(int(ids[place]), []).append((number, place))

    def witness(self, target: Target, hidden: np.ndarray) -> Move | None:
        """A cube of withheld cells that brings a single cell to what it needs, or None."""
        cell = target.cells[0]
        need = target.need - int(self.system.values[cell])
        may = hidden | ~self.system.published
        for number, place in self.places.get(cell, []):
            ids, siblings = self.system.grids[number]
            others = [siblings[axis][code] for axis, code in enumerate(place[1:])]
            for tried, far in enumerate(product(*others)):
                if tried == MOST:
                    break
                move = self._cube(ids, place, far, need)
                if may[move.cells].all() and self._holds(move):
                    return move
        return None

    def _cube(self, ids: np.ndarray, place: tuple[int, ...], far: tuple[int, ...], need: int) -> Move:
        corners = list(product((0, 1), repeat=len(far)))
        at = [int(ids[(place[0], *(f if c else p for c, p, f in zip(corner, place[1:], far, strict=True)))]) for corner in corners]
        return Move(np.array(at), np.array([-need if sum(corner) % 2 else need for corner in corners]))

    def _holds(self, move: Move) -> bool:
        system = self.system
        return bool((system.values[move.cells] + move.by >= system.least[move.cells]).all() and not (self.columns[:, move.cells] @ move.by).any())
