"""A map of equal tiles, one for each neighborhood: a list of links placed by classes of the style
sheet.

It needs no boundary file, reads the same in every color scheme, and says each level by a number, a
bar and a word.
"""

from dataclasses import dataclass
from html import escape

from openresponse.language import N_, _
from openresponse.release.tables.rate_intervals import bounds
from openresponse.report.prose import words
from openresponse.report.prose.rates import Rate

# Of `release.intervals.BOUNDS`. They say how large a rate is, and leave higher and lower to what an
# interval can tell (`Rate.side`).
LEVELS = (
    N_("under half the city's rate"),
    N_("half to three quarters of the city's rate"),
    N_("near the city's rate"),
    N_("a third more than the city's rate, up to twice"),
    N_("twice the city's rate or more"),
)
WITHHELD, NO_FIGURE = "withheld", "no-figure"


@dataclass(frozen=True)
class Tile:
    """text: the rate as in the table, or why there is none. level: 1 to 5, or 0 where none is told.
    kind: its class in the style sheet.
    """

    code: str
    name: str
    column: int
    row: int
    text: str
    level: int
    kind: str

    def html(self) -> str:
        said = _("per 10,000 residents") + (f": {_(LEVELS[self.level - 1])}" if self.level else "")
        told = (
            ""
            if self.kind in (WITHHELD, NO_FIGURE)
            else f'<span class="hidden"> {escape(said)}</span>'
        )
        return (
            f'<li class="tile {self.kind} column-{self.column} row-{self.row}"><a'
            f' href="#{anchor(self.code)}"><span class="name">{escape(self.name)}</span>'
            f" <strong>{escape(self.text)}</strong>{told}</a></li>"
        )


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


def html(made: list[Tile], caption: str) -> str:
    """The map; its legend stands beside or under it."""
    items = "".join(tile.html() for tile in made)
    return (
        f'<div class="map"><h3 id="map-title">{escape(caption)}</h3><ol class="tiles" role="list"'
        f' aria-labelledby="map-title">{items}</ol></div>'
    )


def legend(made: list[Tile], whole: Rate) -> str:
    """What each level means, with its range and how many tiles have it; what withheld and marked
    tiles mean, where there are such.
    """
    limits, lines = bounds(whole.rate), []
    for number, name in enumerate(LEVELS if limits else (), start=1):
        lines.append(
            (
                f"level-{number}",
                f"{words.initial(_(name))}: {_range(number, limits)}",
                sum(tile.level == number for tile in made),
            )
        )
    lines += [
        (kind, said, count)
        for kind, said in (
            (WITHHELD, _("Withheld for privacy, not zero")),
            (NO_FIGURE, words.initial(words.status("x"))),
        )
        if (count := sum(tile.kind == kind for tile in made))
    ]
    marks = "".join(
        f"<li>[{status}] {escape(_(meaning))}</li>"
        for status, meaning in words.STATUS_IN_FULL.items()
        if any(tile.text.endswith(f"[{status}]") for tile in made)
    )
    items = "".join(
        f'<li><span class="swatch {kind}"></span><span>{escape(said)} <span'
        f' class="count">({count})</span></span></li>'
        for kind, said, count in lines
    )
    head = (
        _(
            "Compared with the whole city, {rate} per 10,000 residents (in brackets: how many"
            " tiles)",
            rate=words.decimal(whole.rate),
        )
        if limits
        else _("What the tiles mean")
    )
    return (
        f'<p class="legend-title">{escape(head)}</p><ul class="legend"'
        f' role="list">{items}{marks}</ul>'
    )


def anchor(code: str) -> str:
    """The place in the table that a tile leads to."""
    return "place-" + code.replace("_", "-")


def _tile(rate: Rate, place: dict, limits: tuple[float, ...]) -> Tile:
    column, row = place["tile"]
    if rate.rate is None:
        text, here, kind = (
            words.status(rate.status),
            0,
            WITHHELD if rate.status == "c" else NO_FIGURE,
        )
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
