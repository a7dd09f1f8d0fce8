"""Periods as spans of months, and lines of whole numbers cut into pieces."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from openresponse.errors import DisclosureError

Span = tuple[int, int]  # of months: the first, and the one after the last, counted from year 0


def months(period: str) -> Span:
    """The span of a period: `2026-Q3` is (24318, 24321); DisclosureError where it is not one."""
    first, _, last = period.partition("/")
    start, end = _simple(first, period), _simple(last or first, period)
    return start[0], end[1]


def _simple(part: str, period: str) -> Span:
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


def pieces(spans: Iterable[Span]) -> dict[Span, list[Span]]:
    """Each span that is not itself a piece, with the pieces it is the sum of.

    A piece lies between two neighbouring ends of any of the spans.
    """
    known = set(spans)
    ends = sorted({end for span in known for end in span})
    cut = {}
    for low, high in known:
        inner = [end for end in ends if low <= end <= high]
        if len(inner) > 2:
            cut[low, high] = list(pairwise(inner))
    return cut


def widening(start: int, end: int) -> Iterator[Span]:
    """Ever wider spans around a figure: its own months, its quarter, its calendar year."""
    seen = set()
    for size in (1, 3, 12):
        span = (start // size * size, -(-end // size) * size)
        if span not in seen and span[1] - span[0] <= max(size, end - start):
            seen.add(span)
            yield span
