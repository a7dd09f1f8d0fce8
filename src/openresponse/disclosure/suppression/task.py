"""What the search is asked for, and what follows from that alone."""

from dataclasses import dataclass

import numpy as np

from openresponse.disclosure.suppression.cut_generation.optimum import relaxation
from openresponse.disclosure.suppression.cut_generation.problem import Problem
from openresponse.disclosure.suppression.witness import Move
from openresponse.disclosure.system.linked_tables import System
from openresponse.errors import REVISE, DisclosureError

RELAXED_LEAST = 0.01  # of its price, what a cell costs that the relaxation withholds whole


@dataclass(frozen=True)
class Task:
    """What the search is asked for. Arrays have one entry for each variable.

    primary: needs primary suppression. stay_withheld: withheld in any case, primary included.
    stay_shown: may not be withheld. price: of withholding it.
    """

    system: System
    primary: np.ndarray
    stay_withheld: np.ndarray
    stay_shown: np.ndarray
    price: np.ndarray

    @classmethod
    def of(
        cls,
        system: System,
        *,
        stay_shown: np.ndarray,
        stay_withheld: np.ndarray,
        price: np.ndarray,
        seed: int,
    ) -> "Task":
        """The seed breaks ties of price. DisclosureError where what must be withheld was shown
        before.
        """
        primary, stay_shown = system.primary, stay_shown & ~stay_withheld
        clash = np.flatnonzero(primary & stay_shown)
        if len(clash):
            raise DisclosureError(
                f"{system.names[clash[0]]}: shown by an earlier release and now to be withheld."
                " Nothing was published. Where the privacy rule became stricter or an exemption"
                " ended, first publish a revision of the newest release that says so and withholds"
                f" it from now on: `{REVISE}`."
            )
        # The seed is secret, so that the choice of a complement says nothing about the numbers.
        ties = np.random.default_rng(seed).uniform(1, 1.01, len(system.values))
        return cls(system, primary, primary | stay_withheld, stay_shown, price * ties)

    def touched(self, move: Move) -> np.ndarray:
        """Published variables that the move takes out of what their rounding leaves open."""
        at = move.variables
        below, above = (side[at] for side in self.system.rounding)
        changed = (move.by < -below) | (move.by > above)
        published: np.ndarray = at[self.system.published[at] & changed]
        return published

    def relaxed_price(self) -> np.ndarray:
        """Prices that make cheap what the linear relaxation of the optimum withholds."""
        system = self.system
        share = relaxation(
            Problem(
                values=system.values,
                equations=system.equations,
                threshold=system.threshold,
                least=np.where(system.published, system.least, 0),
                stay_shown=self.stay_shown,
                withheld=self.stay_withheld | ~system.published,
                price=self.price,
            )
        )
        return np.asarray(self.price * np.clip(1 - share, RELAXED_LEAST, 1))


def default_price(system: System) -> np.ndarray:
    """Totals are dear, details cheap, and among equals the smaller count goes first."""
    return np.asarray(4.0 ** (3 - np.minimum(system.depth, 3)) * (1 + system.values))
