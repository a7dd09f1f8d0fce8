"""The least that must be withheld, and how far from it a pattern can be.

A pattern is valid when every protected count has a move: a change of withheld cells that keeps
every shown number and lifts the count to its threshold. Where no move does, linear programming
gives a sum of equations that says why,
and with it a cut: of the cells in that sum some more must be withheld. The cheapest pattern that
obeys all cuts is sought again until every count has its move (Fischetti & Salazar, Management
Science 47, 2001). Moves may be fractions here, so the optimum is that of the linear version of the
requirement: a bound for whole numbers.
"""

import time
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from openresponse.disclosure.suppression.cuts import Part
from openresponse.errors import DisclosureError


@dataclass(frozen=True)
class Optimum:
    """hidden: a pattern valid in fractions, what was withheld before included.
    bound: no pattern, in fractions or whole numbers, costs less. proved: whether `hidden` costs no
    more than that.
    """

    hidden: np.ndarray
    bound: float
    proved: bool


def optimum(values, equations, threshold, least, pinned, hidden0, price, seconds: float) -> Optimum:
    """The cheapest pattern; where `seconds` do not prove one, a valid one thinned out for half as
    long, and a bound.

    values: true counts, with equations @ values = 0. threshold: what each variable must be able to
    reach; 0 where it needs no protection. least: what a withheld variable is known to be at least.
    pinned: stays shown. hidden0: withheld already, at no cost. price: of withholding each, at least
    0. What is shown is taken to be known exactly, so there is no bound under rounding.
    DisclosureError where no pattern protects a count.
    """
    until = time.monotonic() + seconds
    found, bound, proved = np.array(hidden0, dtype=bool), 0.0, True
    for at, part in _parts(values, equations, threshold, least, pinned, hidden0, price):
        share = part.relax(until)
        hidden = part.whole(until)
        proved = proved and hidden is not None
        hidden = part.thinned(share, until + seconds / 2) if hidden is None else hidden
        if part.hopeless:
            raise DisclosureError(
                "No pattern protects every small count beside what must stay shown. Nothing was"
                " published; publish the table at a coarser grain."
            )
        found[at] |= hidden
        bound += part.floor
    return Optimum(found, bound, proved)


def guide(
    values, equations, threshold, least, pinned, hidden0, price, seconds: float = 10.0
) -> np.ndarray:
    """How much of each variable the linear relaxation withholds, from 0 to 1; arguments as of
    `optimum`. Counts that no pattern protects are left out of account."""
    until = time.monotonic() + seconds
    share = np.array(hidden0, dtype=float)
    for at, part in _parts(values, equations, threshold, least, pinned, hidden0, price):
        share[at] = np.maximum(share[at], part.relax(until))
    return share


def _parts(values, equations, threshold, least, pinned, hidden0, price):
    """The parts of the problem that have no equation in common, each with the variables it is
    about.
    """
    primary = (values >= least) & (values < threshold)
    forced = primary | hidden0
    # A zero that readers would see to be one is not withheld to protect others.
    open_ = np.flatnonzero(forced | ~pinned & (values >= least))
    equations = sparse.csr_matrix(equations)[:, open_]
    equations = equations[np.diff(equations.indptr) > 0]
    _, label = connected_components(equations.T @ equations, directed=False)
    for part in np.unique(label[primary[open_]]):
        at = open_[label == part]
        rows = equations[:, label == part]
        need = np.where(primary[at], threshold[at] - values[at], 0)
        yield (
            at,
            Part(
                rows[np.diff(rows.indptr) > 0],
                np.maximum(values[at] - least[at], 0.0),
                need.astype(float),
                forced[at],
                np.where(forced[at], 0.0, price[at]),
            ),
        )
