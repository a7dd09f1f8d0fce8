"""Linear programmes in HiGHS that print nothing and give the same answer on every machine."""

import highspy
import numpy as np
from scipy import sparse


class LinearProgramme(highspy.Highs):
    """min cost·x, with rows @ x = 0 and low ≤ x ≤ high.

    cost, low, high: as they are now. solved: how often an optimum was asked for.
    """

    def __init__(
        self,
        rows: sparse.csr_matrix,
        cost: np.ndarray,
        low: np.ndarray,
        high: np.ndarray,
        **options: str | int,
    ) -> None:
        # The constructor of Highs prints its licence before any option can forbid it.
        super(highspy.Highs, self).__init__()
        self.callbacks = []
        always: dict[str, str | int] = {"output_flag": False, "threads": 1, "random_seed": 1}
        for option, value in (always | options).items():
            self.setOptionValue(option, value)
        columns = sparse.csc_matrix(rows)
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = columns.shape
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, low, high
        lp.row_lower_ = lp.row_upper_ = np.zeros(columns.shape[0])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = columns.indptr
        lp.a_matrix_.index_ = columns.indices
        lp.a_matrix_.value_ = columns.data
        self.passModel(lp)
        self.cost, self.low, self.high, self.solved = cost, low, high, 0

    def change(self, cost: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        """Give it other costs and bounds."""
        bounded = np.flatnonzero((low != self.low) | (high != self.high)).astype(np.int32)
        self.changeColsBounds(len(bounded), bounded, low[bounded], high[bounded])
        priced = np.flatnonzero(cost != self.cost).astype(np.int32)
        self.changeColsCost(len(priced), priced, cost[priced])
        self.cost, self.low, self.high = cost.copy(), low.copy(), high.copy()

    def bound(self, column: int, low: float, high: float) -> None:
        """Give one number other bounds."""
        self.low[column], self.high[column] = low, high
        self.changeColBounds(column, low, high)

    def solution(self) -> np.ndarray | None:
        """The optimum, sought from where the last one was found; None where there is none."""
        self.solved += 1
        self.run()
        optimal = self.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return np.array(self.getSolution().col_value) if optimal else None
