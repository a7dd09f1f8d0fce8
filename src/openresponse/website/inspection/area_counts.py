"""What is counted over the areas of a table of rates, for the sentences beside a map."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from openresponse.release.store.published import Published
from openresponse.release.tables.rate_intervals import bounds
from openresponse.website.inspection.published_figure import ALL, UNKNOWN, Figure


def area_counts(published: Published, table: str, figures: set[Figure]) -> dict[str, tuple]:
    """How many areas are shown, withheld, on which side of the whole's rate, and how many tiles of
    the map are on each level, with its range. figures: of the table's last period.
    """
    category = published.category(table)
    rows = {
        dict(figure.slice)[category]: figure
        for figure in figures
        if all(code == ALL for column, code in figure.slice if column != category)
    }
    whole, areas = rows.pop(ALL), {code: one for code, one in rows.items() if code != UNKNOWN}
    places = published.program.get("neighborhoods") or {}
    tiles = [one for code, one in areas.items() if places.get(code, {}).get("tile")]
    shown = [one.decimals for one in areas.values() if len(one.decimals) == 3]
    unrated = [one for one in tiles if not one.withheld and not one.decimals]
    counts: dict[str, tuple] = {
        "withheld areas": (sum(one.withheld for one in areas.values()), len(areas)),
        "areas shown": (len(shown),),
        "withheld tiles": (sum(one.withheld for one in tiles),),
        "tiles without a rate": (len(unrated),),
    }
    if whole.decimals:
        counts |= {"sides": _sides(whole.decimals[0], shown)} | _levels(whole.decimals[0], tiles)
    return counts


def _sides(rate: float, shown: Sequence[tuple[float, ...]]) -> tuple[int, ...]:
    """Areas in all, with an interval above the whole's rate, below it, and around it."""
    higher = sum(low > rate for _rate, low, _high in shown)
    lower = sum(high < rate for _rate, _low, high in shown)
    return len(shown), higher, lower, len(shown) - higher - lower


def _levels(rate: float, tiles: list[Figure]) -> dict[str, tuple]:
    """Each level's range as it is written, and its tiles."""
    limits = bounds(rate)
    if not limits:
        return {}
    rates = [tile.decimals[0] for tile in tiles if tile.decimals]
    levels = Counter(1 + sum(one >= limit for limit in limits) for one in rates)
    between = [(low, high - 0.1) for low, high in pairwise(limits)]
    return {
        f"level {level}": (*(f"{edge:.1f}" for edge in edges), levels[level])
        for level, edges in enumerate((limits[:1], *between, limits[-1:]), start=1)
    }
