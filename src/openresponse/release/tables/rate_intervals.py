"""How far chance alone could move a rate, and where the levels of a map begin: both follow from
published values alone.

Source of the interval: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28
(1936), as offices of public health use it for rates.
"""

import pandas as pd

PER = 10_000
RATE = "rate_per_10000"
CONFIDENCE = 0.95
# a share of fewer has its interval beside it; from here on none is wider than 5 percentage points
# either way
FEW = 400
# A level begins at this multiple of the whole city's rate.
BOUNDS = (1 / 2, 3 / 4, 4 / 3, 2)


# Numbers that every site prints beside its figures.
PRINTED = frozenset({FEW, round(100 * CONFIDENCE)})


def interval(count: int, residents: int) -> tuple[float, float]:
    """The exact limits of a Poisson count as rates, with the one decimal of the table.

    The quantiles of a Poisson are those of a gamma.
    """
    from scipy.special import (
        gammaincinv,  # many commands need no interval, and it is slow to import
    )

    outside = (1 - CONFIDENCE) / 2
    low = gammaincinv(count, outside) if count else 0.0
    high = gammaincinv(count + 1, 1 - outside)
    return round(float(low) * PER / residents, 1), round(float(high) * PER / residents, 1)


def bounds(rate: float | None) -> tuple[float, ...]:
    """Where levels 2 to 5 begin, with one decimal; empty where the whole's rate is not shown or too
    small to tell levels.
    """
    starts = tuple(round(rate * bound, 1) for bound in BOUNDS) if rate else ()
    return starts if len(set(starts)) == len(starts) else ()


def derived(frame: pd.DataFrame, unit: str) -> set[float]:
    """Every limit and bound that a page can tell from a table of rates: limits, bounds, and the
    last value below a bound.
    """
    if RATE not in frame:
        return set()
    shown = frame.dropna(subset=[unit, "residents", RATE])
    starts = [start for rate in shown[RATE] for start in bounds(rate)]
    return {
        limit
        for count, residents in zip(shown[unit], shown["residents"], strict=True)
        for limit in interval(count, residents)
    } | {*starts, *(round(s - 0.1, 1) for s in starts)}
