"""What must be withheld beside the small counts, so that none of them can be proved to be small.

For each small count the cheapest change is sought that makes it large and keeps every shown number; the
cells it touches join the withheld. The change is kept as the witness.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from openresponse.disclosure import witness
from openresponse.disclosure.system import System
from openresponse.errors import DisclosureError

ALREADY_WITHHELD = 1e-3  # cost of touching a cell that is withheld anyway
SECONDS = 60  # for one cell; a city that meets this limit has a table too fine to publish


@dataclass(frozen=True)
class Pattern:
    """withheld: a flag for each variable. witnesses: target variable to its move."""

    withheld: np.ndarray
    witnesses: dict[int, np.ndarray]


def search(system: System, threshold: int, pinned: np.ndarray, withheld: np.ndarray, seed: int = 0) -> Pattern:
    """The pattern in which every withheld count from 1 to threshold − 1 could as well be the threshold or more.

    pinned: variables that an earlier release showed. withheld: variables it withheld.
    DisclosureError where no pattern exists that leaves the pinned ones shown.
    """
    values = system.values
    primary = small(values, threshold)
    if (primary & pinned).any():
        raise DisclosureError(f"{system.names[int(np.flatnonzero(primary & pinned)[0])]}: shown by an earlier release and now too small. "
                              "Nothing was published.")
    hidden = withheld | primary
    # A secret seed breaks ties, so that the choice of a complement says nothing about the numbers.
    price = _price(system, np.random.default_rng(seed))
    open_ = np.where(pinned & ~withheld, False, values > 0)
    witnesses: dict[int, np.ndarray] = {}
    for target in sorted(np.flatnonzero(primary), key=lambda v: (-system.depth[v], system.period[v], v)):
        known = next((m for m in witnesses.values() if values[target] + m[target] >= threshold), None)
        move = known if known is not None else _lift(system, target, threshold, hidden, open_, price)
        if move is None:
            raise DisclosureError(f"{system.names[target]}: no pattern protects it beside what was shown earlier. "
                                  "Nothing was published; publish this table at a coarser grain.")
        witnesses[int(target)] = move
        hidden = hidden | (move != 0)
    # The pattern grew after the first moves: each is checked against the last.
    for target, move in witnesses.items():
        if not witness.holds(system, hidden, move, target, threshold):
            raise DisclosureError(f"{system.names[target]}: its witness does not hold. Nothing was published; report this defect.")
    return Pattern(hidden, witnesses)


def small(values: np.ndarray, threshold: int) -> np.ndarray:
    """Which counts the rule hides."""
    return (values > 0) & (values < threshold)


def _price(system: System, rng: np.random.Generator) -> np.ndarray:
    """Totals are dear, details cheap, and among equals the smaller count goes first."""
    return 4.0 ** (3 - np.minimum(system.depth, 3)) * (1 + system.values) * rng.uniform(1, 1.01, len(system.values))


def _lift(system: System, target: int, threshold: int, hidden, open_, price) -> np.ndarray | None:
    """The cheapest move that lifts the target, first among cells of its own period, then of all."""
    near = open_ & _same_universe_and_period(system, target)
    for among in (near, open_ & _touching(system, target, open_)):
        move = _cheapest(system, target, threshold, hidden, among, price)
        if move is not None:
            return move
    return None


def _same_universe_and_period(system: System, target: int) -> np.ndarray:
    return system.period == system.period[target]


def _touching(system: System, target: int, open_: np.ndarray) -> np.ndarray:
    """Every open variable that equations connect with the target through open variables."""
    part = system.equations[:, open_]
    _, label = sparse.csgraph.connected_components(part.T @ part, directed=False)
    at = np.flatnonzero(open_)
    reached = np.zeros(len(open_), dtype=bool)
    reached[at[label == label[np.searchsorted(at, target)]]] = True
    return reached


def _cheapest(system: System, target: int, threshold: int, hidden, among, price) -> np.ndarray | None:
    """min Σ price·|move| over whole moves of the cells `among` with the target at the threshold, or None."""
    at = np.flatnonzero(among)
    rows = system.equations[:, at]
    rows = rows[np.diff(rows.indptr) > 0]
    n = len(at)
    values = system.values[at]
    cost = np.where(hidden[at], price[at] * ALREADY_WITHHELD, price[at])
    least = np.zeros(n)
    least[np.searchsorted(at, target)] = threshold - system.values[target]
    most_down = values - 1  # a withheld cell is known to be at least 1
    room = values.sum() + threshold
    result = milp(np.concatenate([cost, cost]), integrality=np.ones(2 * n),
                  constraints=[LinearConstraint(sparse.hstack([rows, -rows]), 0, 0)],
                  bounds=Bounds(np.concatenate([least, np.zeros(n)]), np.concatenate([np.full(n, room), np.where(least > 0, 0, most_down)])),
                  options={"time_limit": SECONDS, "mip_rel_gap": 0.05})
    if result.x is None:
        return None
    move = np.zeros(len(system.values), dtype=int)
    move[at] = np.rint(result.x[:n] - result.x[n:]).astype(int)
    return move
