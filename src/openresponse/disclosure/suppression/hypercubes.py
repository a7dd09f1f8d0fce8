"""Swaps among withheld cells: witnesses found without a solver.

In a table with d dimensions a cube has 2^d corners, two codes of one parent in each dimension;
raising every other corner and lowering those between leaves all margins as they are.
"""

from itertools import product

import numpy as np

from openresponse.disclosure.suppression.witness import Move, Target
from openresponse.disclosure.system.linked_tables import System

MOST = 50  # cubes held against all equations for one target; the solver takes over after that


class Cubes:
    """The cubes of a system's published tables."""

    def __init__(self, system: System):
        self.system = system
        self.columns = system.equations.tocsc()
        self.places: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        for number, (ids, siblings) in enumerate(system.grids):
            for place in product(
                range(ids.shape[0]),
                *(np.flatnonzero([len(s) > 0 for s in near]) for near in siblings),
            ):
                self.places.setdefault(int(ids[place]), []).append((number, place))

    def witness(self, target: Target, hidden: np.ndarray) -> Move | None:
        """A cube of withheld cells that brings a single cell to what it needs, or None."""
        cell = target.cells[0]
        need = target.need - int(self.system.values[cell])
        may = hidden | ~self.system.published
        for number, place in self.places.get(cell, []):
            signs, corners = self._cubes(number, place)
            other = self.system.values[corners] + need * signs
            fits = (may[corners] & (other >= self.system.least[corners])).all(axis=1)
            for at in corners[fits][:MOST]:
                move = Move(at, need * signs)
                if not (self.columns[:, move.cells] @ move.by).any():
                    return move
        return None

    def _cubes(self, number: int, place: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
        """Every cube through a place: the sign of each corner, and a row of corners for each cube."""
        ids, siblings = self.system.grids[number]
        others = [siblings[axis][code] for axis, code in enumerate(place[1:])]
        far = (
            np.stack(np.meshgrid(*others, indexing="ij"), axis=-1).reshape(-1, len(others))
            if others
            else np.empty((1, 0), dtype=int)
        )
        chosen = list(product((0, 1), repeat=len(others)))
        corners = [
            ids[
                (
                    place[0],
                    *(
                        far[:, k] if bit else np.full(len(far), place[k + 1])
                        for k, bit in enumerate(bits)
                    ),
                )
            ]
            for bits in chosen
        ]
        signs = np.array([-1 if sum(bits) % 2 else 1 for bits in chosen])
        return signs, np.stack(np.broadcast_arrays(*corners), axis=-1).reshape(-1, len(chosen))
