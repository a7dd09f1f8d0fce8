"""The least that must be withheld, and how far from it a pattern can be.

A pattern is valid when every protected count has a move: a change of withheld cells that keeps every shown number
and lifts the count to its threshold. Where no move does, linear programming gives a sum of equations that says why,
and with it a cut: of the cells in that sum some more must be withheld. The cheapest pattern that obeys all cuts is
sought again until every count has its move (Fischetti & Salazar, Management Science 47, 2001). Moves may be
fractions here, so the optimum is that of the linear version of the requirement: a bound for whole numbers.
"""

import time
from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from openresponse.errors import DisclosureError

SMALL = 1e-7
VIOLATED = 1e-3  # by how much of 1 a cut must be missed to be added
NEAR, FAR = 1.0, 1e5  # how far a cell may move for one lifted by 1: while cuts are sought under fractions, and in a pattern
CUTS = 5  # at most so many, of the protected counts that a sum of equations speaks of, are taken from it
PRIMAL = 4


@dataclass(frozen=True)
class Optimum:
    """hidden: a pattern valid in fractions, what was withheld before included.
    bound: no pattern, in fractions or whole numbers, costs less. proved: whether `hidden` costs no more than that."""

    hidden: np.ndarray
    bound: float
    proved: bool


def optimum(values, equations, threshold, least, pinned, hidden0, price, seconds: float) -> Optimum:
    """The cheapest pattern; where `seconds` do not suffice a good one, and a bound.

    values: true counts, with equations @ values = 0. threshold: what each variable must be able to reach; 0 where it
    needs no protection. least: what a withheld variable is known to be at least. pinned: stays shown. hidden0: withheld
    already, at no cost. price: of withholding each, at least 0. DisclosureError where no pattern protects a count.
    """
    until = time.monotonic() + seconds
    found, bound, proved = np.array(hidden0, dtype=bool), 0.0, True
    for at, part in _parts(values, equations, threshold, least, pinned, hidden0, price):
        hidden, low, done = part.whole(part.relax(until), until)
        found[at] |= hidden
        bound, proved = bound + low, proved and done
    return Optimum(found, bound, proved)


def guide(values, equations, threshold, least, pinned, hidden0, price, seconds: float = 10.0) -> np.ndarray:
    """How much of each variable the linear relaxation withholds, from 0 to 1; arguments as of `optimum`."""
    until = time.monotonic() + seconds
    share = np.array(hidden0, dtype=float)
    for at, part in _parts(values, equations, threshold, least, pinned, hidden0, price):
        share[at] = np.maximum(share[at], part.relax(until))
    return share


def _parts(values, equations, threshold, least, pinned, hidden0, price):
    """The parts of the problem that have no equation in common, each with the variables it is about."""
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
        yield at, _Part(rows[np.diff(rows.indptr) > 0], np.maximum(values[at] - least[at], 0.0), need.astype(float), forced[at],
                        np.where(forced[at], 0.0, price[at]))


class _Solver(highspy.Highs):
    """A linear programme over equations that keeps quiet, from its making on."""

    def __init__(self, rows: sparse.csr_matrix, cost: np.ndarray, low: np.ndarray, high: np.ndarray, **options):
        # The constructor of Highs itself prints its licence before any option can forbid it.
        super(highspy.Highs, self).__init__()
        self.callbacks = []
        for option, value in {"output_flag": False, "threads": 1, "random_seed": 1, **options}.items():
            self.setOptionValue(option, value)
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = rows.shape
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, low, high
        lp.row_lower_ = lp.row_upper_ = np.zeros(rows.shape[0])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
        self.passModel(lp)


class _Part:
    """A part of the problem. rows: its equations. down: how far each variable may fall. need: how far it must be able to
    rise, 0 where it need not. forced: withheld in any case. price: of those that are not."""

    def __init__(self, rows: sparse.csr_matrix, down: np.ndarray, need: np.ndarray, forced: np.ndarray, price: np.ndarray):
        n = len(down)
        self.rows, self.down, self.need, self.forced, self.price = rows, down, need, forced, price
        self.every = np.arange(n, dtype=np.int32)
        self.targets = np.flatnonzero(need > 0)
        self.moves = _Solver(rows, np.zeros(n), np.zeros(n), np.zeros(n), simplex_strategy=PRIMAL)
        self.moves.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.master = _Solver(sparse.csr_matrix((0, n)), price, forced.astype(float), np.ones(n), mip_rel_gap=0.0)

    def lift(self, target: int, open_: np.ndarray, reach: float) -> tuple[bool, np.ndarray, np.ndarray]:
        """Whether the target can rise as it must where each variable is open by a share of 1; the move that lifts it most,
        and the sum of equations that bounds it."""
        need, cost = self.need[target], np.zeros(len(self.need))
        low, high = -open_ * np.minimum(self.down, reach * need), open_ * reach * need
        high[target], cost[target] = need, 1
        self.moves.changeColsBounds(len(cost), self.every, low, high)
        self.moves.changeColsCost(len(cost), self.every, cost)
        self.moves.run()
        solution = self.moves.getSolution()
        move = np.array(solution.col_value)
        return move[target] >= need * (1 - VIOLATED), move, self.rows.T @ np.array(solution.row_dual)

    def cuts(self, total: np.ndarray, y: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """Cuts that the pattern y misses, from `total` @ move = 0 for every move: where a protected count rises, another
        must rise, by how much nobody can say, or fall, by no more than it can."""
        support = np.flatnonzero(np.abs(total) > SMALL)
        targets = np.flatnonzero(self.need[support] > 0)
        need = self.need[support[targets]][:, None]
        weight = -total[support][None, :] / total[support[targets]][:, None]
        share = np.where(weight > 0, 1.0, np.minimum(-weight * self.down[support] / need, 1))
        share[np.arange(len(targets)), targets] = 0
        forced = self.forced[support]
        missing = 1 - share[:, forced].sum(axis=1)
        ids, share, missing = support[~forced], share[missing > VIOLATED][:, ~forced], missing[missing > VIOLATED]
        share = np.minimum(share / missing[:, None], 1)
        short = 1 - share @ y[ids]
        return [(ids[share[k] > 0], share[k][share[k] > 0]) for k in np.argsort(-short)[:CUTS] if short[k] > VIOLATED]

    def lonely(self, y: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """Cuts that y misses, from: in no equation is one variable alone withheld. In a pattern without waste each is in a move."""
        found = []
        beside = self.rows.astype(bool).astype(float) @ y
        for row in np.flatnonzero(beside < 2 - VIOLATED):
            ids = self.rows.indices[self.rows.indptr[row]:self.rows.indptr[row + 1]]
            one = ids[y[ids].argmax()]
            if 2 * y[one] - beside[row] > VIOLATED:
                found.append((ids, np.where(ids == one, -1.0, 1.0)))
        return found

    def add(self, cuts: list[tuple[np.ndarray, np.ndarray]], least: float) -> bool:
        """Puts cuts into the master; whether there were any new ones."""
        fresh = list({(ids.tobytes(), np.round(share, 6).tobytes()): (ids, share) for ids, share in cuts}.values())
        if fresh:
            starts = np.cumsum([0, *(len(ids) for ids, _ in fresh)])
            self.master.addRows(len(fresh), np.full(len(fresh), least), np.full(len(fresh), highspy.kHighsInf), starts[-1], starts[:-1].astype(np.int32),
                                np.concatenate([ids for ids, _ in fresh]).astype(np.int32), np.concatenate([share for _, share in fresh]))
        return bool(fresh)

    def missed(self, y: np.ndarray, targets, reach: float, until: float) -> tuple[list[int], list]:
        """Which targets cannot rise under y, and the cuts that say so."""
        stuck, cuts = [], []
        for target in targets:
            if time.monotonic() > until:
                break
            done, _, total = self.lift(target, y, reach)
            if not done:
                stuck.append(target)
                cuts += self.cuts(total, y)
        return stuck, cuts

    def relax(self, until: float) -> np.ndarray:
        """The cheapest shares of withholding, in the master, that no cut found speaks against."""
        y = self.forced.astype(float)
        self.floor = 0.0
        self.add([cut for row in self.rows.toarray() for cut in self.cuts(row, y)], 1)
        due = self.targets
        while time.monotonic() < until:
            self.master.run()
            y = np.clip(np.array(self.master.getSolution().col_value), 0, 1)
            self.floor = self.master.getObjectiveValue()
            whole = len(due) == len(self.targets)
            due, cuts = self.missed(y, due, NEAR, until)
            new = self.add(cuts, 1) | self.add(self.lonely(y), 0)
            if not new:
                if whole:
                    break
                due = self.targets
        return y

    def whole(self, share: np.ndarray, until: float) -> tuple[np.ndarray, float, bool]:
        """The cheapest pattern that obeys all cuts and lets every target rise, a bound on its price, and whether they agree."""
        best = self.thinned(share)
        bound = self.floor
        n = len(best)
        self.master.changeColsIntegrality(n, self.every, np.full(n, highspy.HighsVarType.kInteger))
        while time.monotonic() < until:
            self.master.setOptionValue("time_limit", max(until - time.monotonic(), 0.1))
            self.master.run()
            bound = max(bound, self.master.getInfo().mip_dual_bound)
            if self.master.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                break
            y = np.rint(self.master.getSolution().col_value)
            stuck, cuts = self.missed(y, self.targets, FAR, until)
            if not stuck and time.monotonic() < until:
                return y > 0, bound, True
            self.add(cuts, 1)
            self.add(self.lonely(y), 0)
        return best, bound, bool(self.price @ best <= bound + SMALL)

    def thinned(self, share: np.ndarray) -> np.ndarray:
        """A pattern that lets every target rise and in which no single variable could be shown: of those with a share, where
        they suffice, the least shares and dearest are shown first."""
        hidden = np.where(share > SMALL, 1.0, 0.0)
        ways = {target: self.lift(target, hidden, FAR) for target in self.targets}
        if not all(done for done, _, _ in ways.values()):
            hidden = np.ones(len(share))
            ways = {target: self.lift(target, hidden, FAR) for target in self.targets}
        if not all(done for done, _, _ in ways.values()):
            raise DisclosureError("No pattern protects every small count beside what must stay shown. Publish the table at a coarser grain.")
        moves = np.array([move for _, move, _ in ways.values()])
        order = np.flatnonzero((hidden > 0) & ~self.forced)
        for one in order[np.lexsort((-self.price[order], share[order]))]:
            hidden[one] = 0
            users = np.flatnonzero(np.abs(moves[:, one]) > SMALL)
            others = []
            for user in users:
                done, move, _ = self.lift(self.targets[user], hidden, FAR)
                if not done:
                    hidden[one] = 1
                    break
                others.append(move)
            else:
                moves[users] = np.reshape(others, (-1, len(share)))
        return hidden > 0
