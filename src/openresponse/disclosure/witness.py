"""A witness: a table of whole numbers that agrees with all that is shown and has a withheld cell large.

Checked without a solver, by multiplication.
"""

import numpy as np

from openresponse.disclosure.system import System


def holds(system: System, withheld: np.ndarray, move: np.ndarray, target: int, threshold: int) -> bool:
    """Whether true values + move is such a table for the variable `target`.

    withheld: one flag a variable. move: one whole number a variable.
    """
    other = system.values + move
    return bool(
        other[target] >= threshold
        and not move[~withheld].any()
        and (other[withheld] >= 1).all()
        and not (system.equations @ move).any()
    )
