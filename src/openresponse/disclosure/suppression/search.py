"""What must be withheld beside the small counts, so that none of them can be proved to be small.

For each protected figure the cheapest move is sought that makes it large and keeps every shown
number; the cells it touches join the withheld, and the move is its witness. Among what is withheld
already one move serves several figures at once. At the end cells are given back, the dearest first,
wherever all the moves through them can go another way.
"""

import time
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse.csgraph import connected_components

from openresponse.disclosure.suppression import optimal, witness
from openresponse.disclosure.suppression.bound_propagation import Room
from openresponse.disclosure.suppression.hypercubes import Cubes
from openresponse.disclosure.suppression.moves import WITHHELD_ANYWAY, Scope
from openresponse.disclosure.suppression.witness import Move, Target
from openresponse.disclosure.system.linked_tables import System
from openresponse.disclosure.system.periods import widening
from openresponse.errors import DisclosureError

SECONDS = 120.0
GUIDED_LEAST = 0.01  # of its price, what a cell costs that the relaxation withholds whole
GUIDE_SECONDS = (
    600.0  # far more than a small system needs: the same pattern on slow machines as on fast ones
)
GUIDED_UP_TO = (
    2_000  # variables; larger systems are searched without, which is seconds instead of minutes
)
TOGETHER = 6  # figures that one move is asked to serve; more seldom have a move in common
ROUNDS = 5  # of mending witnesses that later steps broke; they never took more than one


@dataclass(frozen=True)
class Pattern:
    """withheld: a flag for each variable. own: those withheld for what they are themselves, not to
    protect others.
    witnesses: a move for each target, verified."""

    withheld: np.ndarray
    own: np.ndarray
    witnesses: dict[Target, Move]


def search(
    system: System,
    pinned: np.ndarray,
    withheld: np.ndarray,
    *,
    seed: int = 0,
    before: dict[Target, Move] | None = None,
    price: np.ndarray | None = None,
    guided: bool | None = None,
    seconds: float = SECONDS,
    besides: list[Target] = (),
) -> Pattern:
    """The pattern under which no protected figure can be proved to be small.

    pinned: variables that must stay shown. withheld: variables that stay withheld. before:
    witnesses of an earlier search, taken over where they still hold. price: what it costs to
    withhold each variable. guided: whether the search follows the linear relaxation of the optimum;
    None: where the system is small.
    seconds: for giving back; the protection itself takes what it takes. besides: what must not be
    provable beside small counts, as far as a pattern can; the audit has the last word on it.
    DisclosureError where no pattern exists that leaves the pinned ones shown.
    """
    hunt = _Hunt(
        system, pinned & ~withheld, withheld, price, np.random.default_rng(seed), tuple(besides)
    )
    hunt.check_pins()
    hunt.take_over(before or {})
    if guided or (guided is None and len(system.values) <= GUIDED_UP_TO):
        hunt.guide()
    hunt.protect(hunt.targets())
    for _ in range(ROUNDS):
        lost = witness.broken(system, hunt.hidden, hunt.witnesses) + hunt.unpinned()
        if not lost:
            break
        hunt.forget(lost)
        hunt.protect(lost)
    hunt.give_back(time.monotonic() + seconds)
    if witness.broken(system, hunt.hidden, hunt.witnesses) or hunt.unpinned():
        raise DisclosureError(
            "A witness does not hold after the last step. Nothing was published; report this"
            " defect."
        )
    return Pattern(hunt.hidden & system.published, hunt.own, hunt.witnesses)


@dataclass
class _Hunt:
    system: System
    pinned: np.ndarray
    kept: np.ndarray  # withheld earlier: stays so
    price: np.ndarray | None
    rng: np.random.Generator
    besides: tuple[Target, ...] = ()
    witnesses: dict[Target, Move] = field(default_factory=dict)
    zeros: set[Target] = field(
        default_factory=set
    )  # withheld with their group, and provably zero: no secret
    wide: dict[tuple, Scope] = field(default_factory=dict)
    narrow: dict[tuple, Scope] = field(
        default_factory=dict
    )  # of what can change while nothing more is withheld
    reach: np.ndarray | None = None  # how far variables can rise among what is withheld now

    def __post_init__(self):
        system = self.system
        self.own = system.primary
        self.forced = self.own | self.kept
        self.hidden = self.forced.copy()
        # A secret seed breaks ties, so that the choice of a complement says nothing about the
        # numbers.
        self.price = (
            default_price(system) if self.price is None else self.price
        ) * self.rng.uniform(1, 1.01, len(system.values))
        self.lure = np.ones(len(system.values))
        self.label = self._components()
        self.cubes, self.room = Cubes(system), Room(system)
        self.lifts: dict[int, tuple[int, Move]] = {}

    def check_pins(self) -> None:
        clash = np.flatnonzero(self.forced & self.pinned)
        if len(clash):
            raise DisclosureError(
                f"{self.system.names[clash[0]]}: shown by an earlier release and now to be"
                " withheld. Nothing was published."
            )

    def guide(self) -> None:
        """Make cheap what the linear relaxation of the optimum withholds; prices decide again when
        cells are given back.
        """
        system = self.system
        share = optimal.guide(
            system.values,
            system.equations,
            system.threshold,
            np.where(system.published, system.least, 0),
            self.pinned,
            self.forced | ~system.published,
            self.price,
            GUIDE_SECONDS,
        )
        self.lure = np.clip(1 - share, GUIDED_LEAST, 1)

    def targets(self) -> list[Target]:
        """Small counts, totals before details; then, of groups that are alike, that two or more are
        not like the others; then those besides.
        """
        system = self.system
        small = np.flatnonzero(self.own & (system.values < system.threshold))
        ordered = sorted(
            small, key=lambda v: (system.depth[v], -system.stretch[v][1] + system.stretch[v][0], v)
        )
        found = [Target((int(v),), int(system.threshold[v])) for v in ordered]
        for codes in system.alike:
            others = np.delete(codes, system.values[codes].argmax())
            found.append(Target(tuple(int(v) for v in others), 2))
        return list(dict.fromkeys([*found, *self.besides]))

    def take_over(self, before: dict[Target, Move]) -> None:
        """Witnesses of an earlier search that touch nothing shown and still add up."""
        wanted = set(self.targets())
        mine = {target: move for target, move in before.items() if target in wanted}
        for target in witness.broken(self.system, self.hidden, mine):
            del mine[target]
        for target, move in mine.items():
            self._take(target, move)

    def protect(self, targets: list[Target]) -> None:
        """Find the targets witnesses, withholding what it takes; those first that a glance shows to
        need it.
        """
        room = self.room.most(self.hidden)
        for target in targets:
            if self.room.short([target], room) and not self._served(target):
                self._protect_alone(target, self._beyond(target))
                room = self.room.most(self.hidden)
        for group in self._groups(targets):
            self._protect(group)

    def _protect(self, group: list[Target]) -> None:
        group = [target for target in group if not self._served(target)]
        if len(group) == 1:
            self._protect_alone(group[0], self._within(group) or self._beyond(group[0]))
        elif group:
            move = self._within(group)
            if move is not None:
                for target in group:
                    self._take(target, move)
            else:
                self._protect(group[: len(group) // 2])
                self._protect(group[len(group) // 2 :])

    def _protect_alone(self, target: Target, move: Move | None) -> None:
        if move is not None:
            self._take(target, move)
            self._withhold(self._touched(move))
        elif self._is_zero(target):
            self.zeros.add(target)
        elif target not in self.besides:
            raise DisclosureError(
                f"{self.system.names[target.cells[0]]}: no pattern protects it beside what must"
                " stay shown. Nothing was published; publish this table at a coarser grain."
            )

    def _withhold(self, cells: np.ndarray) -> None:
        if not self.hidden[cells].all():
            self.hidden[cells] = True
            self.reach = None
            self.narrow.clear()

    def _groups(self, targets: list[Target]) -> list[list[Target]]:
        """Targets that one move may serve: of the same months and parts, and not neighbours, which
        rise at each other's cost.
        """
        alike: dict[tuple, list[Target]] = {}
        for target in targets:
            cell = target.cells[0]
            alike.setdefault(
                (
                    self.label[cell],
                    *self.system.stretch[cell],
                    target.cells if len(target.cells) > 1 else (),
                ),
                [],
            ).append(target)
        return [
            some[k :: -(-len(some) // TOGETHER)]
            for some in alike.values()
            for k in range(-(-len(some) // TOGETHER))
        ]

    def _take(self, target: Target, move: Move) -> None:
        """The move witnesses the target; what else it lifts, and farther than any other, is
        remembered.
        """
        self.witnesses[target] = move
        for cell, by in zip(move.cells.tolist(), move.by.tolist(), strict=True):
            if by > self.lifts.get(cell, (0, None))[0]:
                self.lifts[cell] = by, move

    def forget(self, lost: list[Target]) -> None:
        """Drop witnesses, and whatever was remembered of them."""
        for target in lost:
            self.witnesses.pop(target, None)
            self.zeros.discard(target)
        kept, self.witnesses, self.lifts = self.witnesses, {}, {}
        for target, move in kept.items():
            self._take(target, move)

    def _is_zero(self, target: Target) -> bool:
        """Whether the target is a single zero that anybody can tell to be zero."""
        return (
            len(target.cells) == 1
            and self.system.values[target.cells[0]] == 0
            and self._within([Target(target.cells, 1)]) is None
        )

    def unpinned(self) -> list[Target]:
        """Zeros that the pattern no longer pins."""
        return [
            target
            for target in sorted(self.zeros, key=lambda t: t.cells)
            if not self._is_zero(target)
        ]

    def _served(self, target: Target) -> bool:
        """Whether the target has a witness: its own, one found for others, or a swap among cells
        withheld already.
        """
        if target in self.witnesses:
            return True
        moves = [self.lifts[cell][1] for cell in target.cells if cell in self.lifts]
        move = next((move for move in moves if move.reaches(target, self.system.values)), None)
        if move is None and len(target.cells) == 1:
            move = self.cubes.witness(target, self.hidden)
        if move is not None:
            self._take(target, move)
        return move is not None

    def _within(self, targets: list[Target]) -> Move | None:
        """The cheapest move among what is withheld; none is sought where the equations leave no
        room.
        """
        if self.reach is None:
            self.reach = self.room.furthest(self.hidden)
        return (
            None
            if self.room.short(targets, self.reach)
            else self._cheapest(targets, self.price, self.hidden, self.narrow)
        )

    def _beyond(self, target: Target) -> Move | None:
        """The cheapest move, of whatever may be withheld."""
        system = self.system
        open_ = (
            ~self.pinned & ((system.values > 0) | (system.least == 0) & self.hidden) | self.hidden
        )
        cost = np.where(
            self.hidden | ~system.published, self.price * WITHHELD_ANYWAY, self.price * self.lure
        )
        return self._cheapest([target], cost, open_, self.wide)

    def _cheapest(
        self, targets: list[Target], cost: np.ndarray, open_: np.ndarray, scopes: dict
    ) -> Move | None:
        """The target's own months first, then the year around them, then all that hangs together."""
        cell = targets[0].cells[0]
        start, end = (int(month) for month in self.system.stretch[cell])
        tried = 0
        for stretch in (*widening(start, end), None):
            scope = self._scope(self.label[cell], stretch, scopes)
            if len(scope.at) > tried:
                tried = len(scope.at)
                move = scope.cheapest(targets, cost, open_)
                if move is not None:
                    return move
        return None

    def _scope(self, label: int, stretch: tuple[int, int] | None, scopes: dict) -> Scope:
        """The variables of a part and its months: all, or those that can change while nothing more
        is withheld.
        """
        if (label, stretch) not in scopes:
            system = self.system
            inside = self.label == label
            if stretch is not None:
                inside &= (system.stretch[:, 0] >= stretch[0]) & (
                    system.stretch[:, 1] <= stretch[1]
                )
            if scopes is self.narrow:
                inside &= self.hidden | ~system.published | (system.free[0] + system.free[1] > 0)
            scopes[label, stretch] = Scope(system, np.flatnonzero(inside))
        return scopes[label, stretch]

    def _components(self) -> np.ndarray:
        """Which variables hang together by equations, once those that cannot change are left out."""
        system = self.system
        fixed = self.pinned | ((system.values == 0) & ~self.forced & system.published)
        open_ = system.equations.multiply(~fixed[None, :]).tocsr()
        open_.eliminate_zeros()
        _, label = connected_components(open_.T @ open_, directed=False)
        return label

    def _touched(self, move: Move) -> np.ndarray:
        """Published variables that the move takes out of what their rounding leaves free."""
        below, above = (side[move.cells] for side in self.system.free)
        return move.cells[
            self.system.published[move.cells] & ((move.by < -below) | (move.by > above))
        ]

    def give_back(self, until: float) -> None:
        """Show again what is withheld only to protect others, the dearest first, where its
        witnesses can go round it.
        """
        complements = np.flatnonzero(self.hidden & ~self.forced & self.system.published)
        users: dict[int, set[Target]] = {int(cell): set() for cell in complements}
        for target, move in self.witnesses.items():
            self._note(users, target, move)
        for cell in sorted(users, key=lambda v: -self.price[v]):
            if time.monotonic() > until:
                return
            rerouted = self._around(cell, sorted(users[cell], key=lambda t: t.cells))
            if rerouted is not None:
                self.hidden[cell] = False
                self.reach = None
                self.witnesses.update(rerouted)
                for target, move in rerouted.items():
                    self._note(users, target, move)

    def _note(self, users: dict[int, set[Target]], target: Target, move: Move) -> None:
        """Remember which complements a witness goes through; one that no longer does is found out
        when it is tried.
        """
        for cell in self._touched(move):
            if int(cell) in users:
                users[int(cell)].add(target)

    def _around(self, cell: int, targets: list[Target]) -> dict[Target, Move] | None:
        """Witnesses for these targets that leave the cell alone, among what is withheld; None where
        one has none.
        """
        rerouted = {}
        targets = [target for target in targets if cell in self.witnesses[target].cells]
        others = self.hidden.copy()
        others[cell] = False
        if self.room.forbids(targets, others):
            return None
        groups = self._groups(targets)[::-1]
        while groups:
            group = groups.pop()
            move = self._cheapest(group, self.price, others, self.narrow)
            if move is not None:
                rerouted |= dict.fromkeys(group, move)
            elif len(group) == 1:
                return None
            else:
                groups += [group[len(group) // 2 :], group[: len(group) // 2]]
        return rerouted


def default_price(system: System) -> np.ndarray:
    """Totals are dear, details cheap, and among equals the smaller count goes first."""
    return 4.0 ** (3 - np.minimum(system.depth, 3)) * (1 + system.values)
