"""Cuts: why a pattern of withheld cells leaves a protected count without a move, as a demand on
every pattern.
"""

import time

import highspy
import numpy as np
from scipy import sparse

SMALL = 1e-7
VIOLATED = 1e-3  # by how much of 1 a cut must be missed to be added
NEAR, FAR = (
    1.0,
    1e5,
    # how far a cell may move for one lifted by 1: while cuts are sought under fractions, and in a
    # pattern
)
# at most so many, of the protected counts that a sum of equations speaks of, are taken from it
CUTS = 5
ROUGHLY = 0.02  # by how much of its price a pattern may be too dear while cuts are still missing
REACHED = 1e-5  # of a count
# the simplex method of HiGHS that starts from the last move; 1.4 ms for 1,300 cells against 4 ms of
# the dual
PRIMAL = 4


class _Solver(highspy.Highs):
    """A linear programme over equations that keeps quiet, from its making on."""

    def __init__(
        self,
        rows: sparse.csr_matrix,
        cost: np.ndarray,
        low: np.ndarray,
        high: np.ndarray,
        **options,
    ):
        # The constructor of Highs itself prints its licence before any option can forbid it.
        super(highspy.Highs, self).__init__()
        self.callbacks = []
        for option, value in {
            "output_flag": False,
            "threads": 1,
            "random_seed": 1,
            **options,
        }.items():
            self.setOptionValue(option, value)
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = rows.shape
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, low, high
        lp.row_lower_ = lp.row_upper_ = np.zeros(rows.shape[0])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = (
            rows.indptr,
            rows.indices,
            rows.data,
        )
        self.passModel(lp)


class Part:
    """A part of the problem. rows: its equations. down: how far each variable may fall. need: how
    far it must be able to rise, 0 where it need not. forced: withheld in any case. price: of those
    that are not.

    floor: no pattern that lets every target rise costs less. hopeless: none does.
    """

    def __init__(
        self,
        rows: sparse.csr_matrix,
        down: np.ndarray,
        need: np.ndarray,
        forced: np.ndarray,
        price: np.ndarray,
    ):
        n = len(down)
        self.rows, self.down, self.need, self.forced, self.price = rows, down, need, forced, price
        self.every = np.arange(n, dtype=np.int32)
        self.targets = np.flatnonzero(need > 0)
        self.floor, self.hopeless = 0.0, False
        self.moves = _Solver(rows, np.zeros(n), np.zeros(n), np.zeros(n), simplex_strategy=PRIMAL)
        self.moves.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.master = _Solver(sparse.csr_matrix((0, n)), price, forced.astype(float), np.ones(n))

    def lift(
        self, target: int, open_: np.ndarray, reach: float
    ) -> tuple[bool, np.ndarray, np.ndarray]:
        """Whether the target can rise as it must where each variable is open by a share of 1; the
        move that lifts it most, and the sum of equations that bounds it."""
        need, cost = self.need[target], np.zeros(len(self.need))
        low, high = -open_ * np.minimum(self.down, reach * need), open_ * reach * need
        high[target], cost[target] = need, 1
        self.moves.changeColsBounds(len(cost), self.every, low, high)
        self.moves.changeColsCost(len(cost), self.every, cost)
        self.moves.run()
        solution = self.moves.getSolution()
        move = np.array(solution.col_value)
        return move[target] >= need - REACHED, move, self.rows.T @ np.array(solution.row_dual)

    def cuts(self, total: np.ndarray, y: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """Cuts that the pattern y misses, from `total` @ move = 0 for every move: where a protected
        count rises, another must rise, by how much nobody can say, or fall, by no more than it
        can."""
        support = np.flatnonzero(np.abs(total) > SMALL)
        targets = np.flatnonzero(self.need[support] > 0)
        need = self.need[support[targets]][:, None]
        weight = -total[support][None, :] / total[support[targets]][:, None]
        share = np.where(weight > 0, 1.0, np.minimum(-weight * self.down[support] / need, 1))
        share[np.arange(len(targets)), targets] = 0
        forced = self.forced[support]
        missing = 1 - share[:, forced].sum(axis=1)
        ids, share, missing = (
            support[~forced],
            share[missing > VIOLATED][:, ~forced],
            missing[missing > VIOLATED],
        )
        share = np.minimum(share / missing[:, None], 1)
        short = 1 - share @ y[ids]
        return [
            (ids[share[k] > 0], share[k][share[k] > 0])
            for k in np.argsort(-short)[:CUTS]
            if short[k] > VIOLATED
        ]

    def lonely(self, y: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """Cuts that y misses, from: in no equation is one variable alone withheld. In a pattern
        without waste each is in a move.
        """
        found = []
        beside = self.rows.astype(bool).astype(float) @ y
        for row in np.flatnonzero((beside > VIOLATED) & (beside < 2 - VIOLATED)):
            ids = self.rows.indices[self.rows.indptr[row] : self.rows.indptr[row + 1]]
            one = ids[y[ids].argmax()]
            if 2 * y[one] - beside[row] > VIOLATED:
                found.append((ids, np.where(ids == one, -1.0, 1.0)))
        return found

    def add(self, cuts: list[tuple[np.ndarray, np.ndarray]], least: float) -> bool:
        """Puts cuts into the master, but those that no pattern can obey; whether there were any."""
        fresh = list(
            {
                (ids.tobytes(), np.round(share, 6).tobytes()): (ids, share)
                for ids, share in cuts
                if least == 0 or share.sum() >= least - SMALL
            }.values()
        )
        self.hopeless |= least > 0 and any(share.sum() < least - SMALL for _, share in cuts)
        if fresh:
            starts = np.cumsum([0, *(len(ids) for ids, _ in fresh)])
            self.master.addRows(
                len(fresh),
                np.full(len(fresh), least),
                np.full(len(fresh), np.inf),
                starts[-1],
                starts[:-1].astype(np.int32),
                np.concatenate([ids for ids, _ in fresh]).astype(np.int32),
                np.concatenate([share for _, share in fresh]),
            )
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
        """The cheapest shares of withholding that no cut found speaks against; `floor` becomes
        their price.
        """
        y, due = self.forced.astype(float), self.targets
        self.add([cut for row in self.rows for cut in self.cuts(row.toarray().ravel(), y)], 1)
        while time.monotonic() < until:
            solved = self._solved(until)
            if solved is None:
                break
            y = np.clip(solved, 0, 1)
            self.floor = max(self.floor, self.master.getObjectiveValue())
            all_asked = len(due) == len(self.targets)
            due, cuts = self.missed(y, due, NEAR, until)
            new = self.add(cuts, 1) | self.add(self.lonely(y), 0)
            if not new and all_asked:
                break
            due = due if new else self.targets
        return y

    def _solved(self, until: float, gap: float = 0.0) -> np.ndarray | None:
        """The master's solution; None where the time was up."""
        self.master.setOptionValue("mip_rel_gap", gap)
        self.master.setOptionValue(
            "time_limit", self.master.getRunTime() + max(until - time.monotonic(), 0.1)
        )
        self.master.run()
        optimal = self.master.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return np.array(self.master.getSolution().col_value) if optimal else None

    def whole(self, until: float) -> np.ndarray | None:
        """The cheapest pattern that obeys all cuts and lets every target rise, None where the time
        did not suffice; `floor` becomes what none is below."""
        n, gap = len(self.price), ROUGHLY
        self.master.changeColsIntegrality(n, self.every, np.full(n, highspy.HighsVarType.kInteger))
        while time.monotonic() < until:
            y = self._solved(until, gap)
            self.floor = max(self.floor, self.master.getInfo().mip_dual_bound)
            if y is None:
                return None
            y = np.rint(y)
            stuck, cuts = self.missed(y, self.targets, FAR, until)
            if not stuck and time.monotonic() < until:
                if gap == 0 or self.price @ y <= self.floor + SMALL:
                    return y > 0
                gap = 0.0
            elif not self.add(cuts, 1) | self.add(self.lonely(y), 0):
                return None
        return None

    def thinned(self, share: np.ndarray, until: float) -> np.ndarray:
        """A pattern that lets every target rise: what has a share where that suffices, and of it
        whatever can be shown again, the least share and the dearest first, for as long as there is
        time."""
        for hidden in ((share > SMALL).astype(float), np.ones(len(share))):
            ways = [self.lift(target, hidden, FAR) for target in self.targets]
            self.hopeless = not all(done for done, _, _ in ways)
            if not self.hopeless:
                break
        moves = np.array([move for _, move, _ in ways])
        free = np.flatnonzero((hidden > 0) & ~self.forced)
        for one in free[np.lexsort((-self.price[free], share[free]))]:
            if time.monotonic() > until:
                break
            hidden[one] = 0
            users = np.flatnonzero(np.abs(moves[:, one]) > SMALL)
            others = [self.lift(self.targets[user], hidden, NEAR) for user in users]
            if all(done for done, _, _ in others):
                moves[users] = np.reshape([move for _, move, _ in others], (-1, len(share)))
            else:
                hidden[one] = 1
        return hidden > 0
