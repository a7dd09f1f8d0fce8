"""Months as they are written, `2026-10`, and the quarters and years they lie in."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal

MONTH = r"\d{4}-(0[1-9]|1[0-2])"  # in the syntax that XML Schema and Python share
Grain = Literal["quarter", "year"]
SIZES: dict[Grain, int] = {"quarter": 3, "year": 12}


def is_month(text: str) -> bool:
    return re.fullmatch(MONTH, text) is not None


def later(month: str, by: int) -> str:
    """The month so many months later; earlier where `by` is negative."""
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + by, 12)
    return f"{year:04}-{number + 1:02}"


def number(month: str) -> int:
    """The month counted from year 0: `2026-10` is 24321."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def written(number: int) -> str:
    """The month of a number counted from year 0: 24321 is `2026-10`."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


def within(month: str, grain: Grain) -> str:
    """The quarter, `2026-Q4`, or the calendar year, `2026`, that a month lies in."""
    return month[:4] if grain == "year" else f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def span(period: str) -> tuple[str, str]:
    """The first and the last month of a period: `2026-Q3` is `2026-07` to `2026-09`."""
    first, _, last = period.partition("/")
    return _edge(first, 0), _edge(last or first, -1)


def _edge(part: str, place: int) -> str:
    year, _, rest = part.partition("-")
    if not rest:
        return f"{year}-{(1, 12)[place]:02}"
    if rest.startswith("Q"):
        last = 3 * int(rest[1:])
        return f"{year}-{(last - 2, last)[place]:02}"
    return part


def last_of_quarter(month: str) -> str:
    """The last month of a month's quarter."""
    return later(month, -int(month[5:]) % 3)


def complete(months: Iterable[str], grain: Grain) -> set[str]:
    """The quarters or years of which every month is there."""
    sizes = Counter(within(month, grain) for month in set(months))
    return {period for period, size in sizes.items() if size == SIZES[grain]}
