"""An optimum made whole: one broken number after the other is forced to a whole one, and the linear
programme goes on from where it was.
"""

from dataclasses import dataclass

import numpy as np

from openresponse.disclosure.suppression.linear_programme import LinearProgramme

BROKEN = 1e-6  # away from a whole number
PROGRAMMES = 60  # solved to make one optimum whole; ten suffice nearly always


@dataclass
class _Branch:
    """A number that was forced down: its bounds before, and those that force it up instead, None
    once they are in force.
    """

    column: int
    before: tuple[float, float]
    up: tuple[float, float] | None


def whole_numbers(programme: LinearProgramme, found: np.ndarray) -> np.ndarray | None:
    """The optimum `found` made whole, depth first: the largest broken number is forced down and,
    where that leads nowhere, up. None where nothing whole was found.
    """
    branches: list[_Branch] = []
    optimum: np.ndarray | None = found
    for _ in range(PROGRAMMES):
        if optimum is not None:
            broken = np.abs(optimum - np.rint(optimum)) > BROKEN
            if not broken.any():
                return np.asarray(np.rint(optimum))
            branches.append(_force_down(programme, optimum, broken))
        elif not _force_up(programme, branches):
            return None
        optimum = programme.solution()
    return None


def _force_down(programme: LinearProgramme, optimum: np.ndarray, broken: np.ndarray) -> _Branch:
    column = int(np.where(broken, optimum, 0).argmax())
    low, high = programme.low[column], programme.high[column]
    programme.bound(column, low, np.floor(optimum[column]))
    return _Branch(column, (low, high), (np.ceil(optimum[column]), high))


def _force_up(programme: LinearProgramme, branches: list[_Branch]) -> bool:
    """Force the last number up that was only forced down; False where there is none."""
    while branches:
        last = branches[-1]
        if last.up is not None:
            programme.bound(last.column, *last.up)
            last.up = None
            return True
        programme.bound(last.column, *last.before)
        branches.pop()
    return False
