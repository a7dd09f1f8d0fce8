"""How uncertain a share of few is: the Wilson interval, from published counts alone.

Source: E. B. Wilson, Probable inference (1927); the method public health statistics use for
proportions (APHO, Technical Briefing 3: commonly used public health statistics and their confidence
intervals, 2008).
"""

from math import sqrt

import pandas as pd

from openresponse import language
from openresponse.language import _
from openresponse.release.tables.rate_intervals import CONFIDENCE, FEW

Z = 1.959964  # 95% of the normal distribution lie within so many standard deviations


def note() -> str:
    """What the thin lines are, said beside the picture."""
    return _(
        "A thin line is the {level} confidence interval (Wilson) of a share of fewer than {few}:"
        " how far chance alone could move it, without errors of recording.",
        level=language.percent(CONFIDENCE, 0),
        few=FEW,
    )


def wilson(count: int, of: int) -> tuple[float, float]:
    """Lower and upper limit of the share `count / of`, within 0 and 1."""
    share, weight = count / of, Z * Z / of
    middle, half = share + weight / 2, Z * sqrt(share * (1 - share) / of + weight / (4 * of))
    return max(0.0, (middle - half) / (1 + weight)), min(1.0, (middle + half) / (1 + weight))


def differ(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether chance alone does not make the gap between two shares, each a count and its whole:
    the interval of the difference (Newcombe 1998, Statistics in Medicine 17:873, method 10) leaves
    out zero.
    """
    (a, b), (lower_a, upper_a) = (one[0] / one[1], other[0] / other[1]), wilson(*one)
    lower_b, upper_b = wilson(*other)
    gap = a - b
    below = sqrt((a - lower_a) ** 2 + (upper_b - b) ** 2)
    above = sqrt((upper_a - a) ** 2 + (b - lower_b) ** 2)
    return gap - below > 0 or gap + above < 0


def of_few(count, of, share) -> tuple[float, float] | None:
    """The interval where count, whole and share are all published and the whole is small; otherwise
    None.
    """
    if pd.isna(count) or pd.isna(of) or pd.isna(share) or not 0 < of < FEW:
        return None
    return wilson(int(count), int(of))
