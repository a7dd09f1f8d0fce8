"""Periods as spans of months."""

from collections.abc import Iterator, Sequence

import numpy as np

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


def placed(months: np.ndarray, spans: Sequence[Span]) -> tuple[np.ndarray, np.ndarray]:
    """Months in periods that are in order and do not overlap: the number of the period of each
    month that lies in one, and the places of these months.
    """
    starts, ends = np.array(spans).T
    number = np.searchsorted(starts, months, side="right") - 1
    inside = np.flatnonzero((number >= 0) & (months < ends[number]))
    return number[inside], inside


def widening(start: int, end: int) -> Iterator[Span]:
    """Ever wider spans around a figure: its own months, its quarter, its calendar year."""
    seen = set()
    for size in (1, 3, 12):
        span = (start // size * size, -(-end // size) * size)
        if span not in seen and span[1] - span[0] <= max(size, end - start):
            seen.add(span)
            yield span
