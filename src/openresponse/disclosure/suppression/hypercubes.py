"""Swaps among withheld cells: witnesses found without a solver.

In a table with d dimensions a hypercube has 2^d corners, two codes of one parent in each dimension.
Raising every other corner and lowering those between leaves all margins as they are.
"""

from itertools import product

import numpy as np

from openresponse.disclosure.suppression.witness import Move, Target
from openresponse.disclosure.system.linked_tables import System
from openresponse.disclosure.system.variables import Grid

TRIED = 50  # hypercubes held against all equations for one target; the solver takes over after that


class Hypercubes:
    """The hypercubes of a system's published tables."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._equations = system.equations.tocsc()
        self._places: dict[int, list[tuple[Grid, tuple[int, ...]]]] = {}
        for grid in system.grids:
            periods = list(range(grid.variables.shape[0]))
            finest = [[k for k, near in enumerate(one) if len(near)] for one in grid.siblings]
            for place in product(periods, *finest):
                variable = int(grid.variables[place])
                self._places.setdefault(variable, []).append((grid, place))

    def witness(self, target: Target, withheld: np.ndarray) -> Move | None:
        """A hypercube of withheld cells that brings a single figure to what it needs, or None."""
        system, variable = self._system, target.variables[0]
        need = target.need - int(system.values[variable])
        free = withheld | ~system.published
        for grid, place in self._places.get(variable, []):
            signs, corners = _through(grid, place)
            other = system.values[corners] + need * signs
            fits = (free[corners] & (other >= system.least[corners])).all(axis=1)
            for corner in corners[fits][:TRIED]:
                move = Move(corner, need * signs)
                if not (self._equations[:, move.variables] @ move.by).any():
                    return move
        return None


def _through(grid: Grid, place: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Every hypercube through a place: the sign of each corner, and a row of corners for each."""
    period, *codes = place
    others = [siblings[code] for siblings, code in zip(grid.siblings, codes, strict=True)]
    far = np.empty((1, 0), dtype=int)  # where the table has no dimension but time
    if others:
        far = np.stack(np.meshgrid(*others, indexing="ij"), axis=-1).reshape(-1, len(others))
    choices = list(product((0, 1), repeat=len(others)))  # of each dimension: here, or far
    corners = []
    for choice in choices:
        at = [
            far[:, k] if is_far else np.full(len(far), codes[k]) for k, is_far in enumerate(choice)
        ]
        corners.append(grid.variables[(period, *at)])
    signs = np.array([-1 if sum(choice) % 2 else 1 for choice in choices])
    return signs, np.stack(np.broadcast_arrays(*corners), axis=-1).reshape(-1, len(choices))
