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


def of_few(count, of, share) -> tuple[float, float] | None:
    """The interval where count, whole and share are all published and the whole is small; otherwise
    None.
    """
    if pd.isna(count) or pd.isna(of) or pd.isna(share) or not 0 < of < FEW:
        return None
    return wilson(int(count), int(of))
