"""What must be withheld beside the small counts, so that none of them can be proved to be small.

For each protected figure the cheapest move is sought that makes it large and keeps every shown
number. The cells that it changes are withheld too (complementary suppression), and the move is the
figure's witness. Among what is withheld already, one move serves several figures at once. At the
end complements that are not needed are shown again.
"""

from collections.abc import Sequence

import numpy as np

from openresponse.disclosure.suppression import redundancy, targets, witness
from openresponse.disclosure.suppression.cut_generation.optimum import relaxation
from openresponse.disclosure.suppression.cut_generation.problem import Problem
from openresponse.disclosure.suppression.pattern import (
    WITHHELD_ANYWAY,
    Pattern,
    Task,
    WorkingPattern,
)
from openresponse.disclosure.suppression.surroundings import Surroundings
from openresponse.disclosure.suppression.witness import Move, Target, Witnesses
from openresponse.disclosure.system.linked_tables import System
from openresponse.errors import DisclosureError

RELAXED_LEAST = 0.01  # of its price, what a cell costs that the relaxation withholds whole
RELAXED_UP_TO = (
    2_000  # variables; the relaxation of larger systems takes minutes instead of seconds
)
ROUNDS = 5  # of mending witnesses that later steps broke; they never took more than one


def search(
    system: System,
    *,
    stay_shown: np.ndarray,
    stay_withheld: np.ndarray,
    seed: int = 0,
    earlier: dict[Target, Move] | None = None,
    also: Sequence[Target] = (),
    price: np.ndarray | None = None,
    relaxed: bool | None = None,
    programmes: int = redundancy.PROGRAMMES,
) -> Pattern:
    """The pattern under which no protected figure can be proved to be small.

    stay_shown, stay_withheld: flags of variables. earlier: witnesses of an earlier search, taken
    over where they still hold. also: what must not be provable beside small counts, as far as a
    pattern can; the audit has the last word on it. price: of withholding each variable. relaxed:
    whether the linear relaxation of the optimum guides the search; None: where the system is small.
    programmes: how many linear programmes may be solved to show complements again.
    DisclosureError where no pattern exists.
    """
    task = _task(system, stay_shown, stay_withheld, price, seed)
    found = _Search(task, tuple(also), relaxed is True or (relaxed is None and _is_small(system)))
    found.take_over(earlier or {})
    found.protect(found.targets)
    for _ in range(ROUNDS):
        lost = found.broken()
        if not lost:
            break
        found.witnesses = found.witnesses.drop(lost)
        found.protect(lost)
    found.pattern, found.witnesses.moves = redundancy.removed(
        task, found.pattern, found.witnesses.moves, programmes
    )
    if found.broken():
        raise DisclosureError(
            "A witness does not hold after the last step. Nothing was published; report this"
            " defect."
        )
    return Pattern(found.pattern.withheld & system.published, task.primary, found.witnesses.moves)


def default_price(system: System) -> np.ndarray:
    """Totals are dear, details cheap, and among equals the smaller count goes first."""
    return np.asarray(4.0 ** (3 - np.minimum(system.depth, 3)) * (1 + system.values))


def _is_small(system: System) -> bool:
    return len(system.values) <= RELAXED_UP_TO


def _task(
    system: System,
    stay_shown: np.ndarray,
    stay_withheld: np.ndarray,
    price: np.ndarray | None,
    seed: int,
) -> Task:
    primary = system.primary
    stay_shown = stay_shown & ~stay_withheld
    clash = np.flatnonzero(primary & stay_shown)
    if len(clash):
        raise DisclosureError(
            f"{system.names[clash[0]]}: shown by an earlier release and now to be withheld. Nothing"
            " was published."
        )
    # A secret seed breaks ties, so that the choice of a complement says nothing about the numbers.
    ties = np.random.default_rng(seed).uniform(1, 1.01, len(system.values))
    price = (default_price(system) if price is None else price) * ties
    return Task(system, primary, primary | stay_withheld, stay_shown, price)


class _Search:
    """The pattern and the witnesses so far."""

    def __init__(self, task: Task, also: tuple[Target, ...], relaxed: bool) -> None:
        self.task, self.also = task, also
        self.targets = list(dict.fromkeys([*targets.targets(task.system, task.primary), *also]))
        self.pattern = WorkingPattern(task, task.stay_withheld)
        self.witnesses = Witnesses()
        self._price = _relaxed_price(task) if relaxed else task.price  # of withholding more
        self._surroundings = Surroundings(
            task.system, task.component, np.ones(len(task.system.values), dtype=bool)
        )

    def take_over(self, earlier: dict[Target, Move]) -> None:
        """Witnesses of an earlier search that change nothing shown and still add up."""
        wanted = set(self.targets)
        mine = {target: move for target, move in earlier.items() if target in wanted}
        for target in witness.broken(self.task.system, self.pattern.withheld, mine):
            del mine[target]
        for target, move in mine.items():
            self.witnesses.add(target, move)

    def broken(self) -> list[Target]:
        """Targets whose witness does not hold, and zeros that the pattern does not give away any
        more.
        """
        zeros = sorted(self.witnesses.known_zeros, key=lambda target: target.variables)
        return witness.broken(self.task.system, self.pattern.withheld, self.witnesses.moves) + [
            target for target in zeros if not self.pattern.is_known_zero(target)
        ]

    def protect(self, wanted: list[Target]) -> None:
        """Find the targets witnesses, withholding what it takes; first for those that need it even
        by single equations.
        """
        propagation = self.task.propagation
        bounds = propagation.first_bounds(self.pattern.withheld)
        for target in wanted:
            if propagation.falls_short([target], bounds) and not self._is_served(target):
                self._accept(target, self._complementary_move(target))
                bounds = propagation.first_bounds(self.pattern.withheld)
        for group in targets.groups(wanted, self.task.system, self.task.component):
            self._protect_group(group)

    def _protect_group(self, group: list[Target]) -> None:
        group = [target for target in group if not self._is_served(target)]
        if not group:
            return
        move = self.pattern.move(group)
        if len(group) == 1:
            self._accept(group[0], move or self._complementary_move(group[0]))
        elif move is not None:
            for target in group:
                self.witnesses.add(target, move)
        else:
            for half in targets.halves(group):
                self._protect_group(half)

    def _is_served(self, target: Target) -> bool:
        """Whether the target has a witness: its own, one found for others, or a swap among cells
        withheld already.
        """
        if target in self.witnesses.moves:
            return True
        move = self.witnesses.serving(target, self.task.system.values) or self.pattern.swap(target)
        if move is not None:
            self.witnesses.add(target, move)
        return move is not None

    def _accept(self, target: Target, move: Move | None) -> None:
        """Take a move as the target's witness, and withhold what it changes."""
        if move is not None:
            self.witnesses.add(target, move)
            self.pattern = self.pattern.with_more(self.task.touched(move))
        elif self.pattern.is_known_zero(target):
            self.witnesses.known_zeros.add(target)
        elif target not in self.also:
            raise DisclosureError(
                f"{self.task.system.names[target.variables[0]]}: no pattern protects it beside what"
                " must stay shown. Nothing was published; publish this table at a coarser grain."
            )

    def _complementary_move(self, target: Target) -> Move | None:
        """The cheapest move, of whatever may be withheld."""
        system, withheld = self.task.system, self.pattern.withheld
        may_change = withheld | ~self.task.stay_shown & (system.values > 0)
        free = withheld | ~system.published
        cost = np.where(free, self.task.price * WITHHELD_ANYWAY, self._price)
        return self._surroundings.cheapest([target], cost, may_change)


def _relaxed_price(task: Task) -> np.ndarray:
    """Prices that make cheap what the linear relaxation of the optimum withholds."""
    system = task.system
    share = relaxation(
        Problem(
            values=system.values,
            equations=system.equations,
            threshold=system.threshold,
            least=np.where(system.published, system.least, 0),
            stay_shown=task.stay_shown,
            withheld=task.stay_withheld | ~system.published,
            price=task.price,
        )
    )
    return np.asarray(task.price * np.clip(1 - share, RELAXED_LEAST, 1))
