"""Periods as stretches of months, and lines of whole numbers cut into pieces."""

from collections.abc import Iterator
from itertools import pairwise

from openresponse.errors import DisclosureError


def months(period: str) -> tuple[int, int]:
    """First month and the month after the last, counted from year 0: `2026-Q3` is (24318, 24321)."""
    first, _, last = period.partition("/")
    begin, end = _stretch(first, period), _stretch(last or first, period)
    return begin[0], end[1]


def _stretch(part: str, period: str) -> tuple[int, int]:
    year, _, rest = part.partition("-")
    try:
        start = int(year) * 12
        if not rest:
            return start, start + 12
        if rest.startswith("Q"):
            start += 3 * (int(rest[1:]) - 1)
            return start, start + 3
        return start + int(rest) - 1, start + int(rest)
    except ValueError as error:
        raise DisclosureError(
            f"{period}: not a period; write 2026-10, 2026-Q3, 2026, 2010/2020 or 2026-01/2026-03."
        ) from error


def pieces(stretches: set[tuple[int, int]]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Each stretch that is not itself a piece, with the pieces it is made of.

    Pieces are what lies between any two neighbouring ends; a stretch of a line is the sum of its
    pieces.
    """
    ends = sorted({end for stretch in stretches for end in stretch})
    cut = {}
    for low, high in stretches:
        inner = [end for end in ends if low <= end <= high]
        if len(inner) > 2:
            cut[low, high] = list(pairwise(inner))
    return cut


def widening(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches to look in: the figure's own months, its quarter, its calendar year."""
    seen = set()
    for size in (1, 3, 12):
        stretch = (start // size * size, -(-end // size) * size)
        if stretch not in seen and stretch[1] - stretch[0] <= max(size, end - start):
            seen.add(stretch)
            yield stretch
