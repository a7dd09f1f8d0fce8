"""Periods as a reader understands them: spans of months."""

import re

from openresponse.errors import DisclosureError

Span = tuple[int, int]  # of months: the first, and the one after the last, counted from year 0
PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d\d)))?(?:/(\d{4})(?:-(\d\d))?)?")


def span(period: str) -> Span:
    """The months a period covers; DisclosureError where it is not one."""
    match = PERIOD.fullmatch(period)
    if not match:
        raise DisclosureError(f"{period}: not a period. Nothing was published.")
    quarter, month, last_year, last_month = (int(g) if g else None for g in match.groups()[1:])
    first = 12 * int(match[1]) + (3 * quarter - 3 if quarter else month - 1 if month else 0)
    if last_year:
        return first, 12 * last_year + (last_month or 12)
    return first, first + (3 if quarter else 1 if month else 12)


def period(months: Span) -> str:
    """A span written from month to month."""
    first, after = months
    last = after - 1
    return f"{first // 12}-{first % 12 + 1:02}/{last // 12}-{last % 12 + 1:02}"
