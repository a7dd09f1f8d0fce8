"""A part of the attacker's system that has no row in common with the others, and whole tables that
agree with all that is known of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from openresponse.errors import DisclosureError

# Of branch and bound for one table. Never seconds: slow machines must come to the same verdict.
NODES = 10_000
# A table will do that answers for half as many others as the best one, which takes far longer to
# find.
GAP = 0.5
SLACK = 1e-6  # of a row with shares in it, whose bounds are not whole numbers
NO_TABLE = 2  # the solver's status where there is none


@dataclass(frozen=True)
class Question:
    """What a table is to be like. Variables are numbered within the part.

    at_least, at_most: for some variables. together, need: these variables come to so many at least.
    hoped: how large others had better be, so that one table answers for many of them.
    """

    at_least: Mapping[int, int] = field(default_factory=dict)
    at_most: Mapping[int, int] = field(default_factory=dict)
    together: Iterable[int] = ()
    need: int = 0
    hoped: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class IndependentPart:
    """low ≤ matrix @ x ≤ high for whole numbers x between least and most.

    tables: those found so far. Each was sought for one figure, and answers for every other that is
    large enough in it.
    """

    matrix: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    least: np.ndarray
    most: np.ndarray
    tables: list[np.ndarray] = field(default_factory=list)

    def table(self, question: Question) -> np.ndarray | None:
        """A whole table that agrees, and is as the question wants it; None where there is none."""
        asked = self._restricted(question)
        if (asked.least > asked.most).any():
            return None
        hoped = {at: value for at, value in question.hoped.items() if value > asked.least[at]}
        rows, n, g = _with_hopes(asked, hoped), len(asked.least), len(hoped)
        result = milp(
            np.append(np.zeros(n), -np.ones(g)),
            integrality=np.append(np.ones(n), np.zeros(g)),
            constraints=rows,
            bounds=Bounds(np.append(asked.least, np.zeros(g)), np.append(asked.most, np.ones(g))),
            options={"node_limit": NODES, "mip_rel_gap": GAP},
        )
        if result.x is not None:
            table: np.ndarray = np.rint(result.x[:n])
            asked.check(table)
            self.tables.append(table)
            return table
        if result.status != NO_TABLE:
            raise DisclosureError(
                f"The audit's solver stopped without an answer (status {result.status}). Nothing"
                " was published."
            )
        return None

    def check(self, table: np.ndarray) -> None:
        """No verdict rests on the solver's word: a table that it finds is tried by multiplying."""
        sums = self.matrix @ table
        agrees = (table >= self.least) & (table <= self.most)
        holds = (sums >= self.low - SLACK) & (sums <= self.high + SLACK)
        if not (agrees.all() and holds.all()):
            raise DisclosureError(
                "The audit's solver gave a table that does not agree with what is shown. Nothing"
                " was published."
            )

    def always_at(self, values: Mapping[int, int]) -> set[int]:
        """Those of the variables, none of which can be less than its value, that have it in every
        table. All are asked about at once.
        """
        left = {at for at, value in values.items() if all(t[at] <= value for t in self.tables)}
        while left:
            need = sum(values[at] for at in left) + 1
            more = self.table(
                Question(together=left, need=need, hoped={at: values[at] + 1 for at in left})
            )
            if more is None:
                break
            left -= {at for at in left if more[at] > values[at]}
        return left

    def _restricted(self, question: Question) -> "IndependentPart":
        """The part with what the question demands in addition."""
        least, most = self.least.astype(float), self.most.astype(float)
        for at, value in question.at_least.items():
            least[at] = max(least[at], value)
        for at, value in question.at_most.items():
            most[at] = min(most[at], value)
        matrix, low, high = self.matrix, self.low, self.high
        if together := list(question.together):
            row = np.zeros(len(least))
            row[together] = 1
            matrix = sparse.vstack([matrix, row[None, :]])
            low, high = np.append(low, question.need), np.append(high, np.inf)
        return IndependentPart(matrix, low, high, least, most)


def _with_hopes(part: IndependentPart, hoped: Mapping[int, int]) -> list[LinearConstraint]:
    """The rows, and for each variable of `hoped` a further one between 0 and 1: how much of the way
    it has gone from its least to what is hoped.
    """
    g, at = len(hoped), np.array(list(hoped), dtype=int)
    way = np.array(list(hoped.values()), dtype=float) - part.least[at]
    chosen = sparse.csr_matrix((np.ones(g), (np.arange(g), at)), shape=(g, len(part.least)))
    wide = sparse.bmat(
        [
            [part.matrix, sparse.csr_matrix((part.matrix.shape[0], g))],
            [chosen, -sparse.diags(way, shape=(g, g))],
        ],
        format="csr",
    )
    if not wide.shape[0]:
        return []
    low, high = np.append(part.low, part.least[at]), np.append(part.high, np.full(g, np.inf))
    return [LinearConstraint(wide, low, high)]
