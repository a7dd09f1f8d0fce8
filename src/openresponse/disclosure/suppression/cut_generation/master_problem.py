"""The master problem: the cheapest pattern that obeys the cuts found so far."""

import highspy
import numpy as np
from scipy import sparse

from openresponse.disclosure.suppression.cut_generation.cuts import Cut
from openresponse.disclosure.suppression.cut_generation.problem import Component
from openresponse.disclosure.suppression.linear_programme import LinearProgramme


class MasterProblem:
    """A linear programme over the share of 1 by which each variable is withheld.

    hopeless: whether a cut can be met by no pattern. solved: how many linear programmes were, each
    node of branch and bound being one.
    """

    def __init__(self, component: Component) -> None:
        n = len(component)
        self._programme = LinearProgramme(
            sparse.csr_matrix((0, n)),
            component.price,
            component.withheld.astype(float),
            np.ones(n),
        )
        self._columns = np.arange(n, dtype=np.int32)
        self.hopeless, self.solved = False, 0

    def add(self, cuts: list[Cut]) -> bool:
        """Add cuts, but those that no pattern can meet; whether there were any."""
        self.hopeless |= not all(cut.can_be_met for cut in cuts)
        fresh = list({cut.content: cut for cut in cuts if cut.can_be_met}.values())
        if fresh:
            starts = np.cumsum([0, *(len(cut.variables) for cut in fresh)])
            self._programme.addRows(
                len(fresh),
                np.array([cut.least for cut in fresh], dtype=float),
                np.full(len(fresh), np.inf),
                starts[-1],
                starts[:-1].astype(np.int32),
                np.concatenate([cut.variables for cut in fresh]).astype(np.int32),
                np.concatenate([cut.weights for cut in fresh]),
            )
        return bool(fresh)

    def relaxed(self) -> tuple[np.ndarray, float] | None:
        """The cheapest shares, and their price."""
        share = self._programme.solution()
        self.solved += 1
        return None if share is None else (share, self._programme.getObjectiveValue())

    def demand_whole(self) -> None:
        """From now on every variable is withheld or not."""
        kinds = np.full(len(self._columns), highspy.HighsVarType.kInteger)
        self._programme.changeColsIntegrality(len(self._columns), self._columns, kinds)

    def whole(self, gap: float, nodes: int) -> tuple[np.ndarray | None, float]:
        """The cheapest pattern, None where the nodes of branch and bound did not suffice; and the
        price that none is below. gap: by how much of its price it may be too dear.
        """
        self._programme.setOptionValue("mip_rel_gap", gap)
        self._programme.setOptionValue("mip_max_nodes", nodes)
        pattern = self._programme.solution()
        info = self._programme.getInfo()
        self.solved += max(int(info.mip_node_count), 1)
        return (None if pattern is None else np.rint(pattern)), info.mip_dual_bound
