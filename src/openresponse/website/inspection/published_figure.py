"""One figure that a release publishes: a row of a table, and everything that may be said of it."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

ALL = "all"
LAST = ""  # in place of a period: the last one of each table
UNKNOWN = "not_recorded"
UNNAMED = (
    "interval",
    "event",
    "characteristic",
)  # dimensions whose codes a sentence need not name: it says the same in its own words


@dataclass(eq=False)
class Figure:
    """One row of a table. slice: its codes by column. shares: by the whole they are of (`part`,
    `all`), with numerator and denominator. counts, decimals and dollars: what else may be said of
    it, in the order in which a sentence says it.
    """

    table: str
    slice: tuple[tuple[str, str], ...]
    category: str | None
    period: str
    is_whole: bool
    count: int | None = None
    counts: tuple[int, ...] = ()
    shares: dict[str, tuple[float, int | None, int | None]] = field(default_factory=dict)
    decimals: tuple[float, ...] = ()
    dollars: tuple[int, ...] = ()
    is_rated: bool = False
    withheld: bool = False

    @cached_property
    def keys(self) -> set[tuple]:
        """What it is looked up by."""
        keys: set[tuple] = (
            {("table", self.table)}
            | {("count", n) for n in self.counts}
            | {("decimal", f"{n:.1f}") for n in self.decimals}
            | {("dollars", n) for n in self.dollars}
        )
        for share, n, of in self.shares.values():
            keys |= {("share", percent(share)), ("parted", percent(share), n, of)}
        return keys


def percent(share: float) -> str:
    """A proportion as a percentage with one decimal, rounded in decimals as it is written."""
    return str((Decimal(str(share)) * 100).quantize(Decimal("0.1")))
