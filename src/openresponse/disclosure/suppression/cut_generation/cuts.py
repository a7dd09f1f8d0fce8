"""Cuts: demands on every valid pattern that a given pattern does not meet.

A cut is some variables with a weight each: of what a pattern withholds, the weights must come to 1
(capacity cuts) or to 0 (bridgeless cuts) at least.
"""

from dataclasses import dataclass

import numpy as np

from openresponse.disclosure.suppression.cut_generation.problem import Component

SMALL = 1e-7
MISSED = 1e-3  # by how much of 1 a cut must be missed to be added
MOST = 5  # of the protected counts that one sum of equations is about


@dataclass(frozen=True)
class Cut:
    """weights @ share[variables] ≥ least, for the share of 1 by which each variable is withheld."""

    variables: np.ndarray
    weights: np.ndarray
    least: float

    @property
    def can_be_met(self) -> bool:
        """Whether withholding everything meets it."""
        return bool(self.least == 0 or self.weights.sum() >= self.least - SMALL)

    @property
    def content(self) -> tuple[bytes, bytes, float]:
        """What two equal cuts have in common."""
        return self.variables.tobytes(), np.round(self.weights, 6).tobytes(), self.least


def capacity_cuts(component: Component, total: np.ndarray, share: np.ndarray) -> list[Cut]:
    """Cuts that the pattern `share` misses, from `total` @ move = 0 for every move.

    Where a protected count rises, another must rise, by how much nobody can say, or fall, by no
    more than it can.
    """
    support = np.flatnonzero(np.abs(total) > SMALL)
    targets = np.flatnonzero(component.need[support] > 0)
    need = component.need[support[targets]][:, None]
    factor = -total[support][None, :] / total[support[targets]][:, None]
    help_ = np.where(factor > 0, 1.0, np.minimum(-factor * component.fall[support] / need, 1))
    help_[np.arange(len(targets)), targets] = 0
    withheld = component.withheld[support]
    missing = 1 - help_[:, withheld].sum(axis=1)
    some = missing > MISSED
    weights = np.minimum(help_[some][:, ~withheld] / missing[some][:, None], 1)
    variables = support[~withheld]
    short = 1 - weights @ share[variables]
    return [
        Cut(variables[weights[k] > 0], weights[k][weights[k] > 0], 1)
        for k in np.argsort(-short)[:MOST]
        if short[k] > MISSED
    ]


def bridgeless_cuts(component: Component, share: np.ndarray) -> list[Cut]:
    """Cuts that the pattern `share` misses, from: in no equation is one variable alone withheld. In
    a pattern without waste each is in a move.
    """
    cuts = []
    rows = component.rows
    together = rows.astype(bool).astype(float) @ share
    for row in np.flatnonzero((together > MISSED) & (together < 2 - MISSED)):
        variables = rows.indices[rows.indptr[row] : rows.indptr[row + 1]]
        largest = variables[share[variables].argmax()]
        if 2 * share[largest] - together[row] > MISSED:
            cuts.append(Cut(variables, np.where(variables == largest, -1.0, 1.0), 0))
    return cuts
