"""How far a share may lie from what lies behind it by chance alone."""

from math import sqrt

Z = 1.96  # standard deviations that hold 95% of a normal distribution


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95% interval of count ÷ of (Wilson 1927), which holds for small numbers and for shares near 0 and 1 too."""
    share, spread = count / of, Z * Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)
