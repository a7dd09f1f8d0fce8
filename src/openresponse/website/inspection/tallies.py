"""What sentences count over many figures, as the release gives it, and numbers of the method."""

from collections.abc import Set

from openresponse.release.tables.rate_intervals import CONFIDENCE, FEW
from openresponse.website.inspection.published_figure import Figure, percent
from openresponse.website.inspection.spoken_figures import Figures

LEVEL = f"{CONFIDENCE:.0%}".removesuffix("%")
# Fewer periods are not looked at for a signal; so many in a row are one; so many areas are named.
FEWEST, SHIFT, MOST_NAMED = 12, 7, 3
METHOD: dict[str, tuple[int | str, ...]] = {
    "level of confidence": (LEVEL,),
    "interval of few": (LEVEL, FEW),
    "fewest": (FEWEST,),
    "shift": (SHIFT,),
    "most named": (MOST_NAMED,),
}


def tallies(figures: Figures, what: str, shown: Set[Figure], table: str | None) -> set[tuple]:
    """The numbers that a sentence may give. shown: the figures it is about; table: theirs."""
    match what:
        case "withheld":
            return {figures.withheld}
        case "least":
            return {(percent(figures.least),)} if figures.least is not None else set()
        case "budget left":
            return figures.budget_left
        case "gaps":
            return set().union(*map(figures.gaps, shown))
        case "quarters":
            return {
                (len(periods),)
                for name, periods in figures.periods.items()
                if table in (None, name) and "Q" in periods[-1]
            }
    if what in METHOD:
        return {METHOD[what]}
    return {rated[what] for rated in figures.rated if what in rated}
