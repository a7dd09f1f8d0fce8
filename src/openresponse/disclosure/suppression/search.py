"""What must be withheld beside the small counts, so that none of them can be proved to be small.

For each protected figure the cheapest move is sought that makes it large and keeps every shown
number. The cells that it changes are withheld too (complementary suppression), and the move is the
figure's witness. Among what is withheld already, one move serves several figures at once. At the
end complements that are not needed are shown again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from openresponse.disclosure.suppression import redundancy, targets, witness
from openresponse.disclosure.suppression.pattern import Pattern, WorkingPattern
from openresponse.disclosure.suppression.surroundings import Surroundings
from openresponse.disclosure.suppression.task import Task, default_price
from openresponse.disclosure.suppression.witness import Move, Target, Witnesses
from openresponse.disclosure.system.linked_tables import System
from openresponse.errors import DisclosureError

RELAXED_UP_TO = 2_000  # variables; the relaxation of larger systems takes minutes, not seconds
WITHHELD_ANYWAY = 1e-3  # of its price, what it costs to change what is withheld or not published
ROUNDS = 5  # of mending witnesses that later steps broke; they never took more than one


@dataclass(frozen=True)
class Settings:
    """seed: breaks ties. price: of withholding each variable; None: see `default_price`. relaxed:
    whether the linear relaxation of the optimum guides the search; None: where the system is small.
    programmes: how many linear programmes may be solved to show complements again.
    """

    seed: int = 0
    price: np.ndarray | None = None
    relaxed: bool | None = None
    programmes: int = redundancy.PROGRAMMES


USUAL = Settings()


def search(
    system: System,
    *,
    stay_shown: np.ndarray,
    stay_withheld: np.ndarray,
    earlier: dict[Target, Move] | None = None,
    also: Sequence[Target] = (),
    may_fail: np.ndarray | None = None,
    settings: Settings = USUAL,
) -> Pattern:
    """The pattern under which no protected figure can be proved to be small.

    stay_shown, stay_withheld: flags of variables. earlier: witnesses of an earlier search, taken
    over where they still hold. also: what must not be provable beside small counts, as far as a
    pattern can; the audit has the last word on it. may_fail: flags of variables that were withheld
    under another rule, so that figures shown then may leave them no room; it has it on these too.
    DisclosureError where no pattern exists.
    """
    task = Task.of(
        system,
        stay_shown=stay_shown,
        stay_withheld=stay_withheld,
        price=default_price(system) if settings.price is None else settings.price,
        seed=settings.seed,
    )
    is_small = len(system.values) <= RELAXED_UP_TO
    relaxed = is_small if settings.relaxed is None else settings.relaxed
    state = _Search(task, tuple(also), relaxed, may_fail)
    state.take_over(earlier or {})
    state.renew(stay_withheld)
    state.protect(state.targets)
    state.mend()
    state.show_redundant(settings.programmes)
    if state.broken():
        raise DisclosureError(
            "A witness does not hold after the last step. Nothing was published; report this"
            " defect."
        )
    return Pattern(state.pattern.withheld & system.published, task.primary, state.witnesses.moves)


class _Search:
    """The pattern and the witnesses so far."""

    def __init__(
        self, task: Task, also: tuple[Target, ...], relaxed: bool, may_fail: np.ndarray | None
    ) -> None:
        self.task, self.also = task, also
        nowhere = np.zeros(len(task.system.values), dtype=bool)
        self._may_fail = nowhere if may_fail is None else may_fail
        self.targets = list(dict.fromkeys([*targets.targets(task.system, task.primary), *also]))
        self.pattern = WorkingPattern(task, task.stay_withheld)
        self.witnesses = Witnesses()
        self._price = task.relaxed_price() if relaxed else task.price  # of withholding more
        everything = np.ones(len(task.system.values), dtype=bool)
        self._surroundings = Surroundings(task.system, everything)

    def take_over(self, earlier: dict[Target, Move]) -> None:
        """Witnesses of an earlier search that change nothing shown and still add up."""
        wanted = set(self.targets)
        mine = {target: move for target, move in earlier.items() if target in wanted}
        for target in witness.broken(self.task.system, self.pattern.withheld, mine):
            del mine[target]
        for target, move in mine.items():
            self.witnesses.add(target, move)

    def renew(self, before: np.ndarray) -> None:
        """Find other witnesses for what was withheld before, where kinds of records are told apart
        in another way now: many at once, and among what is withheld, which sufficed.
        """
        old = [target for target in self.targets if before[list(target.variables)].all()]
        lost = [target for target in old if not self._is_served(target)]
        left = targets.groups(lost, self.task.system)
        while left:
            group = left.pop()
            move = self.pattern.move(group)
            if move is not None:
                for target in group:
                    self.witnesses.add(target, move)
            elif len(group) > 1:
                left += targets.halves(group)

    def broken(self) -> list[Target]:
        """Targets whose witness does not hold, and zeros that the pattern does not give away any
        more.
        """
        zeros = sorted(self.witnesses.known_zeros, key=lambda target: target.variables)
        return witness.broken(self.task.system, self.pattern.withheld, self.witnesses.moves) + [
            target for target in zeros if not self.pattern.is_known_zero(target)
        ]

    def protect(self, wanted: list[Target]) -> None:
        """Find the targets witnesses, withholding what it takes."""
        for target in wanted:
            if not self._is_served(target):
                self._accept(target, self._cheapest_move(target))

    def mend(self) -> None:
        """Find witnesses anew for targets whose witness later steps broke."""
        for _ in range(ROUNDS):
            lost = self.broken()
            if not lost:
                return
            self.witnesses = self.witnesses.drop(lost)
            self.protect(lost)

    def show_redundant(self, programmes: int) -> None:
        """Show complements again that are not needed after all."""
        self.pattern, self.witnesses.moves = redundancy.removed(
            self.task, self.pattern, self.witnesses.moves, programmes
        )

    def _is_served(self, target: Target) -> bool:
        """Whether the target has a witness: its own, or one found for others."""
        if target in self.witnesses.moves:
            return True
        move = self.witnesses.serving(target, self.task.system.values)
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
        elif (weaker := self._weaker(target)) is not None:
            self.protect([weaker])
        elif target not in self.also and not self._may_fail[list(target.variables)].any():
            raise DisclosureError(
                f"{self.task.system.names[target.variables[0]]}: no pattern protects it beside what"
                " must stay shown. Nothing was published; publish this table at a coarser grain."
            )

    def _weaker(self, target: Target) -> Target | None:
        """What the rule asks at least of a figure that cannot be as large as it should be able to
        be, beside what must stay shown; and of one that earlier releases give away one less at a
        time, so that nothing is added to what is known of it.
        """
        system, variable = self.task.system, target.variables[0]
        if len(target.variables) > 1 or target in self.also:
            return None
        least = int(system.threshold[variable])
        if target.need > least:
            return Target(target.variables, least)
        if self._may_fail[variable] and target.need - 1 > system.values[variable]:
            return Target(target.variables, target.need - 1)
        return None

    def _cheapest_move(self, target: Target) -> Move | None:
        """The cheapest move, of whatever may be withheld."""
        system, withheld = self.task.system, self.pattern.withheld
        may_change = withheld | ~self.task.stay_shown & (system.values > 0)
        free = withheld | ~system.published
        cost = np.where(free, self.task.price * WITHHELD_ANYWAY, self._price)
        return self._surroundings.cheapest([target], cost, may_change)
