"""How far values of a series lie apart by chance alone: the individuals chart (XmR).

Source: NHS England, Making Data Count (limits at 2.66 mean moving ranges).
"""

from collections.abc import Sequence
from itertools import pairwise

# Mean moving ranges from the mean to a limit: 3 / d2, with d2 = 1.128 for ranges of two.
LIMIT = 2.66


def spread(values: Sequence[float | None]) -> float:
    """How far the limits lie from the mean, by the mean moving range; 0 where there is none. A
    missing value breaks the ranges beside it.
    """
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    return LIMIT * sum(ranges) / len(ranges) if ranges else 0.0
