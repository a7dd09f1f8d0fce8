"""The subsystems in which a move is sought: the atoms around a figure, in ever wider circles."""

from collections.abc import Iterator

import numpy as np

from openresponse.disclosure.suppression.subsystem import Subsystem
from openresponse.disclosure.suppression.witness import Move, Target
from openresponse.disclosure.system.linked_tables import System
from openresponse.disclosure.system.periods import Span, widening

PERIODS_ALONE = 2  # of a figure that spans several, tried one by one, those with most records first
# A block, None for all; months; and whether with records only that occurred in them: a move that
# need not be the cheapest is found there in half the time.
Circle = tuple[int | None, Span, bool]


class Surroundings:
    """The subsystems around each of a system's variables, each built when it is first asked for."""

    def __init__(self, system: System, inside: np.ndarray, *, any_move: bool = False) -> None:
        """inside: which variables take part. any_move: whether a dearer one does as well."""
        self._system, self._inside, self._any_move = system, inside, any_move
        self._atoms = ~system.published
        self._built: dict[Circle, Subsystem] = {}

    @property
    def programmes(self) -> int:
        """How many linear programmes were solved in them."""
        return sum(one.programmes for one in self._built.values())

    def cheapest(
        self,
        targets: list[Target],
        cost: np.ndarray,
        may_change: np.ndarray,
        *,
        far: bool = True,
    ) -> Move | None:
        """The cheapest move in the narrowest circle that has one; arguments as of
        `Subsystem.cheapest`. far: whether circles of all blocks are tried.
        """
        tried = 0
        for circle in self._circles(targets[0].variables[0]):
            if circle[0] is None and not far:
                return None
            subsystem = self._subsystem(circle)
            if len(subsystem) > tried or circle[0] is not None:
                tried = max(tried, len(subsystem))
                move = subsystem.cheapest(targets, cost, may_change)
                if move is not None:
                    return move
        return None

    def _circles(self, variable: int) -> Iterator[Circle]:
        """Periods of the figure's own block one by one, and together; then, of all blocks, what
        counts one of its months, its quarter and its year.
        """
        system = self._system
        start, end = (int(month) for month in system.months[variable])
        block = int(system.block[variable])
        pieces = self._busiest(self._atoms & (system.block == block) & self._within((start, end)))
        if len(pieces) > 1:
            for piece in pieces[:PERIODS_ALONE]:
                yield block, piece, False
        yield block, (start, end), False
        for span in [*pieces[:PERIODS_ALONE], *widening(start, end)]:
            if self._any_move:
                yield None, span, True
            yield None, span, False

    def _busiest(self, atoms: np.ndarray) -> list[Span]:
        """The periods of some atoms, those with most records first."""
        pieces, at = np.unique(self._system.months[atoms], axis=0, return_inverse=True)
        records = np.bincount(at.ravel(), weights=self._system.values[atoms])
        return [
            (int(start), int(end)) for start, end in pieces[np.argsort(-records, kind="stable")]
        ]

    def _within(self, span: Span) -> np.ndarray:
        start, end = self._system.months.T
        return np.asarray((start >= span[0]) & (end <= span[1]))

    def _around(self, span: Span) -> np.ndarray:
        start, end = self._system.months.T
        return np.asarray((start < span[1]) & (end > span[0]))

    def _subsystem(self, circle: Circle) -> Subsystem:
        if circle not in self._built:
            block, span, occurred = circle
            inside = self._around(span) if block is None else self._within(span)
            atoms = self._atoms & inside & (block is None or self._system.block == block)
            if occurred:
                atoms &= self._system.values > 0
            cells = abs(self._system.equations[: self._cells]) @ atoms.astype(float) > 0
            changeable = np.flatnonzero(cells & self._inside[: self._cells])
            variables = np.concatenate([changeable, np.flatnonzero(atoms)])
            self._built[circle] = Subsystem(self._system, variables)
        return self._built[circle]

    @property
    def _cells(self) -> int:
        return int(self._system.published.sum())
