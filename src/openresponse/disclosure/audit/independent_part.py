"""A part of the attacker's system that has no row in common with the others, and whole tables that
agree with all that is known of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from openresponse.errors import DisclosureError

# Of branch and bound for one table. Never seconds: slow machines must come to the same verdict.
NODES = 10_000
# A table will do that answers for half as many others as the best one, which takes far longer to
# find.
GAP = 0.5
SLACK = 1e-6  # of a row with shares in it, whose bounds are not whole numbers
FEW = 1_000  # variables of a part in which all are asked at once
ATTEMPTS = 5  # tables of fractions from which a whole one is sought
NEAR = 3  # such tables, where one near another is sought
LIGHT = 1e-3  # of random costs beside others, and of costs beside hopes
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

    months: the span of each variable, one row each. tables: those found so far. Each was sought for
    one figure, and answers for every other that is large enough in it.
    """

    matrix: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    least: np.ndarray
    most: np.ndarray
    months: np.ndarray
    tables: list[np.ndarray] = field(default_factory=list)

    def table(self, question: Question) -> np.ndarray | None:
        """A whole table that agrees, and is as the question wants it; None where there is none.

        It is sought near a table found before, in ever more of the figures, and last in all.
        """
        asked = self._restricted(question)
        if (asked.least > asked.most).any():
            return None
        wanted = {*question.at_least, *question.at_most, *question.together}
        if len(self.least) >= FEW and not self.tables and wanted:
            self.table(Question())
        for free in self._regions(wanted) if self.tables else []:
            table = asked.changed(self.tables[-1], free, question.hoped)
            if table is not None:
                self.tables.append(table)
                return table
        table = asked.any_table(question.hoped)
        if table is not None:
            self.tables.append(table)
        return table

    def completed(self, table: np.ndarray) -> np.ndarray | None:
        """A table that agrees, from one with nan for what is not known; None where none was found.

        What is not known is mostly a kind of records that nothing ruled out before, and may be 0.
        Else other figures may change too, in the spans of months in which something is not known,
        or cannot be.
        """
        whole = np.nan_to_num(table)
        if self._agrees(whole):
            return whole
        wrong = np.isnan(table) | (whole < self.least) | (whole > self.most)
        spans = np.unique(self.months[wrong], axis=0)
        free = (self.months[:, None, :] == spans).all(axis=2).any(axis=1)
        return self.changed(whole, free, {})

    def changed(
        self, table: np.ndarray, free: np.ndarray, hoped: Mapping[int, int]
    ) -> np.ndarray | None:
        """A table that differs from another in some variables only; None where none was found.

        Where what is 0 had better stay so, an optimum is mostly of whole numbers; else whole ones
        are sought where it is not 0, which is soon done, and last in all.
        """
        if not free.any():
            return table if self._agrees(table) else None
        part, place = self._freed(table, free), np.cumsum(free) - 1
        inside = {int(place[at]): value for at, value in hoped.items() if free[at]}
        for values in part._near(inside, (table == 0)[free]):
            whole = table.copy()
            whole[free] = values
            if self._agrees(whole):
                return whole
        return None

    def _near(self, hoped: Mapping[int, int], dear: np.ndarray) -> Iterator[np.ndarray]:
        """Whole numbers that may agree, those first that are found soonest; none where there are no
        fractions either. dear: flags of variables that had better be 0.
        """
        many = len(self.least)
        for seed in range(NEAR):
            costs = dear + LIGHT * np.random.default_rng(seed).random(many)
            near = _solved(self, hoped, costs, integral=False, presolve=False)
            if near.status == NO_TABLE:
                return
            if near.x is None:
                break
            whole, used = np.rint(near.x[:many]), near.x[:many] > SLACK
            yield whole
            if used.any():
                some = _solved(self._freed(whole, used), {}, costs[used])
                if some.x is not None:
                    whole[used] = np.rint(some.x)
                    yield whole
        last = _solved(self, hoped)
        if last.x is not None:
            yield np.rint(last.x[:many])

    def _freed(self, table: np.ndarray, free: np.ndarray) -> "IndependentPart":
        """The part of some variables, where the others are as in a table."""
        kept = self.matrix @ np.where(free, 0, table)
        some = self.matrix[:, free]
        touched = np.diff(some.indptr) > 0
        return IndependentPart(
            some[touched],
            (self.low - kept)[touched],
            (self.high - kept)[touched],
            self.least[free],
            self.most[free],
            self.months[free],
        )

    def any_table(self, hoped: Mapping[int, int]) -> np.ndarray | None:
        """A table that agrees, or None where there is none. DisclosureError where neither could be
        decided.

        Tables of fractions, of several random costs, are mostly of whole numbers: first those are
        sought that are 0 where one of them is, or the same where it is whole.
        """
        for seed in range(ATTEMPTS):
            costs = np.random.default_rng(seed).random(len(self.least))
            fractions = _solved(self, hoped, costs, integral=False)
            if fractions.status == NO_TABLE:
                return None
            if fractions.x is None:
                break
            near = fractions.x[: len(self.least)]
            whole, used = np.rint(near), near > SLACK
            for free in (used, ~used | (abs(near - whole) > SLACK)):
                table = self.changed(whole, free, hoped)
                if table is not None:
                    return table
        result = _solved(self, hoped)
        if result.x is not None:
            found: np.ndarray = np.rint(result.x[: len(self.least)])
            self.check(found)
            return found
        if result.status != NO_TABLE:
            raise _undecided(result)
        return None

    def extreme(self, variable: int, sign: int) -> int:
        """The smallest value of a variable in any whole table that agrees, or with the sign -1 the
        largest. DisclosureError where it could not be decided.
        """
        costs = np.zeros(len(self.least))
        costs[variable] = sign
        result = _solved(self, {}, costs, gap=0)
        if result.status != 0:
            raise _undecided(result)
        return int(np.rint(result.x[variable]))

    def _regions(self, wanted: set[int]) -> list[np.ndarray]:
        """Flags of variables that may change while the others stay as they are, the fewest first:
        those of the same months and of longer spans around them, of longer spans with all inside
        them, and all of long spans.
        """
        if len(self.least) < FEW or not wanted:
            return []
        own = self.months[sorted(wanted)]
        start, end = own[:, 0].min(), own[:, 1].max()
        around = (self.months[:, 0] <= start) & (end <= self.months[:, 1])
        length = self.months[:, 1] - self.months[:, 0]
        regions = [around, *(length >= shortest for shortest in np.unique(length)[1:])]
        for low, high in np.unique(self.months[around], axis=0):
            regions.append(around | (self.months[:, 0] >= low) & (self.months[:, 1] <= high))
        inside = [free for free in regions if free[sorted(wanted)].all() and not free.all()]
        by_size = {int(free.sum()): free for free in inside}
        return [by_size[size] for size in sorted(by_size)]

    def _agrees(self, table: np.ndarray) -> bool:
        sums = self.matrix @ table
        inside = (table >= self.least) & (table <= self.most)
        holds = (sums >= self.low - SLACK) & (sums <= self.high + SLACK)
        return bool(inside.all() and holds.all())

    def check(self, table: np.ndarray) -> None:
        """No verdict rests on the solver's word: a table that it finds is tried by multiplying."""
        if not self._agrees(table):
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
            matrix = sparse.vstack([matrix, row[None, :]], format="csr")
            low, high = np.append(low, question.need), np.append(high, np.inf)
        return IndependentPart(matrix, low, high, least, most, self.months)


def _solved(
    part: IndependentPart,
    hoped: Mapping[int, int],
    costs: np.ndarray | None = None,
    *,
    integral: bool = True,
    presolve: bool = True,
    gap: float = GAP,
) -> OptimizeResult:
    """What the solver says. hoped: as in a question. costs: of each variable, light beside hopes.
    integral: whether whole numbers are wanted.
    """
    hoped = {at: value for at, value in hoped.items() if value > part.least[at]}
    n, g = len(part.least), len(hoped)
    costs = np.zeros(n) if costs is None else costs
    return milp(
        np.append(costs * (LIGHT if g else 1), -np.ones(g)),
        integrality=np.append(np.full(n, integral), np.zeros(g)),
        constraints=_with_hopes(part, hoped),
        bounds=Bounds(np.append(part.least, np.zeros(g)), np.append(part.most, np.ones(g))),
        options={"node_limit": NODES, "mip_rel_gap": gap, "presolve": presolve},
    )


def _undecided(result: OptimizeResult) -> DisclosureError:
    return DisclosureError(
        f"The audit's solver stopped without an answer (status {result.status}). Nothing was"
        " published."
    )


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
