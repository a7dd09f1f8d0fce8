"""A map of equal tiles, one for each neighborhood: a list of links placed by classes of the style
sheet.

It needs no boundary file, reads the same in every color scheme, and says each level by a number, a
bar and a word.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from openresponse.language import N_, _
from openresponse.release.tables import columns
from openresponse.release.tables.rate_intervals import bounds
from openresponse.report.prose import words
from openresponse.report.prose.rates import Rate

# Of `release.tables.rate_intervals.bounds`. They say how large a rate is; whether it is higher or
# lower than the city's is for its interval to say (`Rate.against`).
LEVELS = (
    N_("under half the city's rate"),
    N_("half to three quarters of the city's rate"),
    N_("three quarters of the city's rate to a third more"),
    N_("a third more than the city's rate, up to twice"),
    N_("twice the city's rate or more"),
)
WITHHELD, NO_FIGURE = "withheld", "no-figure"


@dataclass(frozen=True)
class Tile:
    """text: the rate as in the table, or why there is none. level: 1 to 5, or 0 where none is
    known. kind: its class in the style sheet.
    """

    code: str
    name: str
    column: int
    row: int
    text: str
    level: int
    kind: str

    @property
    def anchor(self) -> str:
        """The place in the table that it leads to."""
        return anchor(self.code)

    @property
    def meaning(self) -> str:
        """What its number is, for those who do not see its color; empty where it has none."""
        if self.kind in (WITHHELD, NO_FIGURE):
            return ""
        level = f": {_(LEVELS[self.level - 1])}" if self.level else ""
        return _("per 10,000 residents") + level


@dataclass(frozen=True)
class Swatch:
    """A kind of tile, what it means, and how many there are."""

    kind: str
    text: str
    count: int


@dataclass(frozen=True)
class Legend:
    """marks: the letters beside rates, and what they mean."""

    title: str
    swatches: list[Swatch]
    marks: Sequence[tuple[str, str]]


def tiles(places: dict[str, dict], rates: list[Rate], whole: Rate) -> list[Tile]:
    """The tiles in reading order, row by row. places: code to `short` and `tile`, as the release
    says them; empty: no map.
    """
    limits = bounds(whole.rate)
    made = [
        _tile(rate, places[rate.code], limits)
        for rate in rates
        if (places.get(rate.code) or {}).get("tile")
    ]
    return sorted(made, key=lambda tile: (tile.row, tile.column))


def level(rate: float, limits: tuple[float, ...]) -> int:
    """1 to 5: a rate on a bound belongs to the level above it. 0 without bounds."""
    return 1 + sum(rate >= limit for limit in limits) if limits else 0


def legend(made: list[Tile], whole: Rate) -> Legend:
    """What each level means, with its range and how many tiles have it; what withheld and marked
    tiles mean, where there are such.
    """
    limits = bounds(whole.rate)
    title = (
        _(
            "Compared with the whole city, {rate} per 10,000 residents (in brackets: how many"
            " tiles)",
            rate=words.decimal(whole.rate),
        )
        if limits and whole.rate is not None
        else _("What the tiles mean")
    )
    marks = [
        (status, _(meaning))
        for status, meaning in words.STATUS_IN_FULL.items()
        if any(tile.text.endswith(f"[{status}]") for tile in made)
    ]
    return Legend(title, _of_levels(made, limits) + _without_rate(made), marks)


def anchor(code: str) -> str:
    """The place in the table that a tile leads to."""
    return "place-" + code.replace("_", "-")


def _of_levels(made: list[Tile], limits: tuple[float, ...]) -> list[Swatch]:
    return [
        Swatch(
            f"level-{number}",
            f"{words.initial(_(name))}: {_range(number, limits)}",
            sum(tile.level == number for tile in made),
        )
        for number, name in enumerate(LEVELS if limits else (), start=1)
    ]


def _without_rate(made: list[Tile]) -> list[Swatch]:
    meanings = (
        (WITHHELD, _("Withheld for privacy, not zero")),
        (NO_FIGURE, words.initial(words.status("x"))),
    )
    return [
        Swatch(kind, text, count)
        for kind, text in meanings
        if (count := sum(tile.kind == kind for tile in made))
    ]


def _tile(rate: Rate, place: dict, limits: tuple[float, ...]) -> Tile:
    column, row = place["tile"]
    if rate.rate is None:
        text, here = words.status(rate.status), 0
        kind = WITHHELD if rate.status == columns.WITHHELD else NO_FIGURE
    else:
        here = level(rate.rate, limits)
        text, kind = (
            words.decimal(rate.rate) + (f" [{rate.status}]" if rate.status else ""),
            f"level-{here}",
        )
    return Tile(rate.code, place.get("short") or rate.label, column, row, text, here, kind)


def _range(number: int, limits: tuple[float, ...]) -> str:
    if number == 1:
        return _("under {high}", high=words.decimal(limits[0]))
    low = words.decimal(limits[number - 2])
    return (
        _("{low} and more", low=low)
        if number == len(LEVELS)
        else _("{first} to {last}", first=low, last=words.decimal(limits[number - 1] - 0.1))
    )
