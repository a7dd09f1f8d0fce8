"""How sure a reader may be who guesses that a withheld small figure is small.

It is measured, not proved: the share of all tables that a reader could fill in for what is withheld
in which the figure is small. The tables are those of the published figures: each whole is the sum
of its parts, what is shown has its value, what is withheld is at least what it is known to be.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from openresponse.disclosure.cell_suppression import Protection
from openresponse.disclosure.rules import Rule
from openresponse.disclosure.sampler.independent_systems import (
    IndependentSystem,
    independent_systems,
)
from openresponse.disclosure.sampler.integer_tables import integer_tables
from openresponse.disclosure.sampler.random_walk import CHAINS, SmallShares, small_shares
from openresponse.errors import DisclosureError

# Figures that vary, in all systems that are sampled, and in one of them.
BUDGET = 3_000
LARGEST = 1_500
# A share is settled when it is known as well as from so many independent tables a walk: a walk that
# never forgets where it began is worth a single one.
SETTLED = 2
SEED = 0  # any: the same release is to give the same shares
NAMED = 5  # in a refusal


@dataclass(frozen=True)
class Guesses:
    """One entry for each protected small figure that was measured.

    shares: of the tables in which it is small. settled: whether the walk has forgotten where it
    began; where not, the share may be far off. left_out: how many figures were not measured.
    """

    names: tuple[str, ...]
    shares: np.ndarray
    settled: np.ndarray
    left_out: int

    def surest(self, many: int) -> list[tuple[str, float]]:
        """The figures that are small in the largest shares of tables, with these shares."""
        order = np.argsort(-self.shares, kind="stable")[:many]
        return [(self.names[at], float(self.shares[at])) for at in order]


def measure(protection: Protection, budget: int = BUDGET) -> Guesses:
    """How sure guesses may be, in each system that holds protected small figures.

    budget: how many figures that vary are sampled, those of the newest months first.
    """
    system, small = protection.system, protection.small
    moves, (at, shares, settled) = _moves(protection), ([], [], [])
    for part in _within(budget, _newest_first(protection)):
        targets = np.intersect1d(part.variables, small)
        found = _sampled(protection, part, targets, moves)
        at += targets.tolist()
        shares += found.share.tolist()
        settled += _settled(found).tolist()
    names = tuple(system.names[one] for one in at)
    return Guesses(names, np.array(shares), np.array(settled, dtype=bool), len(small) - len(at))


def check(guesses: Guesses, rule: Rule) -> None:
    """DisclosureError where a guess may be surer than the rule allows."""
    if rule.most_sure is None:
        return
    too_sure = int((guesses.shares > rule.most_sure).sum())
    if too_sure:
        named = "; ".join(name for name, _ in guesses.surest(min(too_sure, NAMED)))
        raise DisclosureError(
            f"`privacy.overrides.most_sure`: readers could guess more surely than"
            f" {rule.most_sure:.0%} that these figures are small: {named}"
            f"{f'; and {too_sure - NAMED} more' if too_sure > NAMED else ''}. Nothing was"
            " published; publish their tables at a coarser grain, or set a larger"
            " `privacy.overrides.reach`."
        )


def _newest_first(protection: Protection) -> Iterator[IndependentSystem]:
    system, small = protection.system, protection.small
    end = system.months[:, 1]
    newest = small[np.argsort(-end[small], kind="stable")]
    return independent_systems(system.sums, _varies(protection), newest)


def _within(budget: int, parts: Iterable[IndependentSystem]) -> Iterator[IndependentSystem]:
    """The first systems, up to the one with which the budget is spent; none that is too large."""
    spent = 0
    for part in parts:
        size = int(part.free.sum())
        if spent < budget and size <= LARGEST:
            spent += size
            yield part


def _varies(protection: Protection) -> np.ndarray:
    """Published figures that a reader does not know: withheld, or shown rounded."""
    below, above = protection.system.rounding
    return protection.withheld | protection.system.published & (below + above > 0)


def _sampled(
    protection: Protection, part: IndependentSystem, targets: np.ndarray, moves: sparse.csr_matrix
) -> SmallShares:
    system, own = protection.system, part.variables
    withheld, values = protection.withheld[own], system.values[own]
    below, above = (side[own] for side in system.rounding)
    tables = integer_tables(
        part.equations,
        values,
        part.free,
        np.where(withheld, np.minimum(system.least[own], values), values - below),
        most=np.where(withheld, np.inf, values + above),
        cap=2 * int(system.reach.max()),
    )
    inside = moves[:, own]
    return small_shares(
        tables,
        part.places(targets),
        system.threshold[targets],
        inside[np.flatnonzero(np.diff(inside.indptr))],
        SEED,
    )


def _moves(protection: Protection) -> sparse.csr_matrix:
    """What each witness changes, a row each: they lead to other tables that fit."""
    moves = list(protection.witnesses.values())
    rows = np.repeat(np.arange(len(moves)), [len(move.variables) for move in moves])
    entries = [
        np.concatenate([np.zeros(0, dtype=int), *(getattr(move, name) for move in moves)])
        for name in ("by", "variables")
    ]
    shape = (len(moves), len(protection.system.values))
    return sparse.csr_matrix((entries[0], (rows, entries[1])), shape)


def _settled(found: SmallShares) -> np.ndarray:
    alike = found.effective == 0  # all walks, from wherever they began
    return np.asarray(found.altered & (alike | (found.effective >= SETTLED * CHAINS)))
