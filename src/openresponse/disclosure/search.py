"""What must be withheld beside the small counts, so that none of them can be proved to be small.

For each protected figure the cheapest move is sought that makes it large and keeps every shown number; the
cells it touches join the withheld, and the move is its witness. At the end cells are given back, the dearest
first, wherever all the moves through them can go another way.
"""

import time
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse.csgraph import connected_components

from openresponse.disclosure import exact, witness
from openresponse.disclosure.cubes import Cubes
from openresponse.disclosure.moves import WITHHELD_ANYWAY, Scope
from openresponse.disclosure.system import System
from openresponse.disclosure.witness import Move, Target
from openresponse.errors import DisclosureError

SECONDS = 120.0
GUIDED_LEAST = 0.01  # of its price, what a cell costs that the relaxation withholds whole
GUIDE_SECONDS = 600.0  # far more than a small system needs: the same pattern on slow machines as on fast ones
GUIDED_UP_TO = 2_000  # variables; larger systems are searched without, which is seconds instead of minutes
ROUNDS = 5  # of mending witnesses that later steps broke; they never took more than one


@dataclass(frozen=True)
class Pattern:
    """withheld: a flag for each variable. own: those withheld for what they are themselves, not to protect others.
    witnesses: a move for each target, verified."""

    withheld: np.ndarray
    own: np.ndarray
    witnesses: dict[Target, Move]


def search(system: System, pinned: np.ndarray, withheld: np.ndarray, *, seed: int = 0, before: dict[Target, Move] | None = None,
           price: np.ndarray | None = None, guided: bool | None = None, seconds: float = SECONDS) -> Pattern:
    """The pattern under which no protected figure can be proved to be small.

    pinned: variables that must stay shown. withheld: variables that stay withheld. before: witnesses of an
    earlier search, taken over where they still hold. price: what it costs to withhold each variable. guided: whether
    the search follows the linear relaxation of the optimum; None: where the system is small.
    seconds: for giving back; the protection itself takes what it takes.
    DisclosureError where no pattern exists that leaves the pinned ones shown.
    """
    hunt = _Hunt(system, pinned & ~withheld, withheld, price, np.random.default_rng(seed))
    hunt.check_pins()
    hunt.take_over(before or {})
    if guided or (guided is None and len(system.values) <= GUIDED_UP_TO):
        hunt.guide()
    for target in hunt.targets():
        hunt.protect(target)
    for _ in range(ROUNDS):
        lost = witness.broken(system, hunt.hidden, hunt.witnesses) + hunt.unpinned()
        if not lost:
            break
        for target in lost:
            hunt.witnesses.pop(target, None)
            hunt.zeros.discard(target)
            hunt.protect(target)
    hunt.give_back(time.monotonic() + seconds)
    if witness.broken(system, hunt.hidden, hunt.witnesses) or hunt.unpinned():
        raise DisclosureError("A witness does not hold after the last step. Nothing was published; report this defect.")
    return Pattern(hunt.hidden & system.published, hunt.own, hunt.witnesses)


@dataclass
class _Hunt:
    system: System
    pinned: np.ndarray
    kept: np.ndarray  # withheld earlier: stays so
    price: np.ndarray | None
    rng: np.random.Generator
    witnesses: dict[Target, Move] = field(default_factory=dict)
    zeros: set[Target] = field(default_factory=set)  # withheld with their group, and provably zero: no secret
    scopes: dict[tuple, Scope] = field(default_factory=dict)

    def __post_init__(self):
        system = self.system
        self.own = system.primary
        self.forced = self.own | self.kept
        self.hidden = self.forced.copy()
        # A secret seed breaks ties, so that the choice of a complement says nothing about the numbers.
        self.price = (default_price(system) if self.price is None else self.price) * self.rng.uniform(1, 1.01, len(system.values))
        self.lure = np.ones(len(system.values))
        self.label = self._components()
        self.cubes = Cubes(system)

    def check_pins(self) -> None:
        clash = np.flatnonzero(self.forced & self.pinned)
        if len(clash):
            raise DisclosureError(f"{self.system.names[clash[0]]}: shown by an earlier release and now to be withheld. Nothing was published.")

    def guide(self) -> None:
        """Make cheap what the linear relaxation of the optimum withholds; prices decide again when cells are given back."""
        system = self.system
        share = exact.guide(system.values, system.equations, system.threshold, np.where(system.published, system.least, 0), self.pinned,
                            self.forced | ~system.published, self.price, GUIDE_SECONDS)
        self.lure = np.clip(1 - share, GUIDED_LEAST, 1)

    def targets(self) -> list[Target]:
        """Small counts, totals before details; then, of groups that are alike, that two or more are not like the others."""
        system = self.system
        small = np.flatnonzero(self.own & (system.values < system.threshold))
        ordered = sorted(small, key=lambda v: (system.depth[v], -system.stretch[v][1] + system.stretch[v][0], v))
        found = [Target((int(v),), int(system.threshold[v])) for v in ordered]
        for codes in system.alike:
            others = np.delete(codes, system.values[codes].argmax())
            found.append(Target(tuple(int(v) for v in others), 2))
        return found

    def take_over(self, before: dict[Target, Move]) -> None:
        """Witnesses of an earlier search that touch nothing shown and still add up."""
        wanted = set(self.targets())
        mine = {target: move for target, move in before.items() if target in wanted}
        for target in witness.broken(self.system, self.hidden, mine):
            del mine[target]
        self.witnesses.update(mine)

    def protect(self, target: Target) -> None:
        """Find the target a witness, withholding what it takes."""
        if target in self.witnesses:
            return
        move = self._known(target)
        move = move if move is not None else self._search(target)
        if move is None and self._is_zero(target):
            self.zeros.add(target)
            return
        if move is None:
            raise DisclosureError(f"{self.system.names[target.cells[0]]}: no pattern protects it beside what must stay shown. "
                                  "Nothing was published; publish this table at a coarser grain.")
        self.witnesses[target] = move
        self.hidden[self._touched(move)] = True

    def _is_zero(self, target: Target) -> bool:
        """Whether the target is a single zero that anybody can tell to be zero."""
        return (len(target.cells) == 1 and self.system.values[target.cells[0]] == 0
                and self._search(Target(target.cells, 1), only_hidden=True) is None)

    def unpinned(self) -> list[Target]:
        """Zeros that the pattern no longer pins."""
        return [target for target in sorted(self.zeros, key=lambda t: t.cells) if not self._is_zero(target)]

    def _known(self, target: Target) -> Move | None:
        """A move found for another target that serves this one too, or a swap among cells withheld already."""
        for move in self.witnesses.values():
            if target.cells[0] in move.cells and move.reaches(target, self.system.values):
                return move
        return self.cubes.witness(target, self.hidden) if len(target.cells) == 1 else None

    def _search(self, target: Target, without: int | None = None, only_hidden: bool = False) -> Move | None:
        open_ = ~self.pinned & ((self.system.values > 0) | (self.system.least == 0) & self.hidden) | self.hidden
        cost = np.where(self.hidden | ~self.system.published, self.price * WITHHELD_ANYWAY, self.price * self.lure)
        if without is not None or only_hidden:
            open_ = open_ & self.hidden
        if without is not None:
            open_[without] = False
        for scope in self._scopes(target):
            move = scope.cheapest(target, cost, open_, self.hidden | ~self.system.published, self.rng)
            if move is not None:
                return move
        return None

    def _scopes(self, target: Target):
        """The target's own months first, then the year around them, then all that hangs together."""
        system, cell = self.system, target.cells[0]
        start, end = system.stretch[cell]
        label = self.label[cell]
        yield from (self._scope((label, low, high)) for low, high in _widening(int(start), int(end)))
        yield self._scope((label, None, None))

    def _scope(self, key: tuple) -> Scope:
        if key not in self.scopes:
            label, low, high = key
            inside = self.label == label
            if low is not None:
                inside &= (self.system.stretch[:, 0] >= low) & (self.system.stretch[:, 1] <= high)
            self.scopes[key] = Scope(self.system, np.flatnonzero(inside))
        return self.scopes[key]

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
        return move.cells[self.system.published[move.cells] & ((move.by < -below) | (move.by > above))]

    def give_back(self, until: float) -> None:
        """Show again what is withheld only to protect others, the dearest first, where its witnesses can go round it."""
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
                self.witnesses.update(rerouted)
                for target, move in rerouted.items():
                    self._note(users, target, move)

    def _note(self, users: dict[int, set[Target]], target: Target, move: Move) -> None:
        """Remember which complements a witness goes through; one that no longer does is found out when it is tried."""
        for cell in self._touched(move):
            if int(cell) in users:
                users[int(cell)].add(target)

    def _around(self, cell: int, targets: list[Target]) -> dict[Target, Move] | None:
        """Witnesses for these targets that leave the cell alone, among what is withheld; None where one has none."""
        rerouted = {}
        for target in targets:
            if cell in self.witnesses[target].cells:
                move = self._search(target, without=cell)
                if move is None:
                    return None
                rerouted[target] = move
        return rerouted


def _widening(start: int, end: int):
    """Stretches to look in: the figure's own months, its quarter, its calendar year."""
    seen = set()
    for size in (1, 3, 12):
        stretch = (start // size * size, -(-end // size) * size)
        if stretch not in seen and stretch[1] - stretch[0] <= max(size, end - start):
            seen.add(stretch)
            yield stretch


def default_price(system: System) -> np.ndarray:
    """Totals are dear, details cheap, and among equals the smaller count goes first."""
    return 4.0 ** (3 - np.minimum(system.depth, 3)) * (1 + system.values)


def from_keys(stored: dict[tuple, dict[tuple, int]], system: System) -> dict[Target, Move]:
    """Witnesses kept by the keys of cells, in the variables of this system; those that name unknown cells are left out."""
    index = {key: at for at, key in enumerate(system.keys)}
    found = {}
    for (need, *cells), move in stored.items():
        if all(key in index for key in (*cells, *move)):
            at = np.array([index[key] for key in move], dtype=int)
            found[Target(tuple(index[key] for key in cells), need)] = Move(at, np.array(list(move.values()), dtype=int))
    return found


def to_keys(witnesses: dict[Target, Move], system: System) -> dict[tuple, dict[tuple, int]]:
    """The same, to be kept for the next release."""
    return {(target.need, *(system.keys[v] for v in target.cells)): {system.keys[v]: int(by) for v, by in zip(move.cells, move.by, strict=True)}
            for target, move in witnesses.items()}
