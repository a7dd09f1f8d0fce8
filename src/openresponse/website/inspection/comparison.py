"""What a sentence may say of a figure and of the same one in an earlier period."""

from openresponse.website.inspection.published_figure import Figure, percent
from openresponse.website.inspection.reading import Mention


def pairs(
    figure: Figure, earlier: Figure, before: Mention, share: int | str
) -> list[tuple[float, float]]:
    """The figure's number and the earlier one, of each kind that a sentence may compare."""
    if before.kind == "count":
        known = figure.count is not None and earlier.count == before.value
        return [(figure.count or 0, earlier.count or 0)] if known else []
    return [
        (figure.shares[of][0], earlier.shares[of][0])
        for of in figure.shares.keys() & earlier.shares.keys()
        if percent(figure.shares[of][0]) == share and percent(earlier.shares[of][0]) == before.value
    ]


def difference(before: Mention, now: float, then: float) -> tuple[str, int | str]:
    """Kind and value of what a sentence must say of two numbers."""
    if before.kind == "count":
        return "count", int(abs(now - then))
    return "points", percent(abs(round(now - then, 3)))
