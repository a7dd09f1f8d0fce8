"""The pages of places that a release has: neighborhoods where rates are published, police districts
where they are counted.
"""

from pathlib import Path

from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.figures.figure import Figure
from openresponse.report.html import qmd
from openresponse.report.pages.places import districts, neighborhoods
from openresponse.report.prose import rates

NEIGHBORHOODS = (
    "neighborhoods",
    N_("Neighborhoods"),
    N_("Where calls came from: a map, and calls per 10,000 residents."),
)
DISTRICTS = (
    "districts/index",
    N_("Police districts"),
    N_(
        "A page for each police district: its mental-health calls, and whether a team was sent to"
        " them."
    ),
)


def pages(published: Published) -> list[tuple[str, str, str]]:
    """Address without its ending, title and description of each page that leads to places; empty
    for a program without.
    """
    return [
        *([NEIGHBORHOODS] if rates.table_of(published) else []),
        *([DISTRICTS] if districts.codes(published) else []),
    ]


def write(published: Published, out: Path) -> tuple[list[Path], list[Figure]]:
    """Write the pages; their paths, and the figures in them."""
    paths, drawn = districts.write(published, out)
    listed = pages(published)
    if NEIGHBORHOODS in listed:
        name, title, what = NEIGHBORHOODS
        others: list[tuple[str, str, str]] = [
            (place, _(other), _(lead)) for place, other, lead in listed if place != name
        ]
        body = neighborhoods.body(published, others)
        paths.append(qmd.page(out, f"{name}.qmd", _(title), _(what), body))
    return paths, drawn
