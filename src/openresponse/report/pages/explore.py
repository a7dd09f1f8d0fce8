"""The page that draws in the browser: any category of a table through time, from the site's own
files.

Nothing is only there: each figure it offers is a picture and a table on another page, and every
number is in a CSV file.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from openresponse.media import vega
from openresponse.release.store.published import Published
from openresponse.report.charts.colors import inline
from openresponse.report.figures.datatable import Link
from openresponse.report.figures.figure import Figure, title
from openresponse.report.html import qmd
from openresponse.report.html.environment import render
from openresponse.report.pages import explore_chart

PAGE, FOLDER = "explore.html", "explore"
LARGEST = 120_000  # bytes of one figure's file


@dataclass(frozen=True)
class Choice:
    """A figure that can be chosen. name: of its slice. links: to its picture and to its file."""

    name: str
    title: str
    links: list[Link]


def write(
    published: Published, drawn: list[Figure], out: Path, pages: dict[str, str]
) -> list[Path]:
    """The page, its data and the library; nothing where no figure can be explored.

    pages: by a figure's name, the page that shows it.
    """
    figures = {figure.slice_name: figure for figure in drawn if figure.explorable}
    if not figures:
        return []
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    library = out / vega.FILE
    library.write_text(vega.library(), encoding="utf-8")
    charts = [folder / f"{name}.json" for name in figures]
    for path, figure in zip(charts, figures.values(), strict=True):
        chart = explore_chart.specification(published, figure)
        text = json.dumps(chart, ensure_ascii=False, separators=(",", ":"))
        path.write_text(inline(text), encoding="utf-8")
    choices = [_choice(published, one, pages.get(one.name, "")) for one in figures.values()]
    page = qmd.page(
        out,
        "explore.qmd",
        "Explore the figures",
        "Any category of a table through time, beside another.",
        render("explore.html", choices=choices),
    )
    return [library, *charts, page]


def _choice(published: Published, figure: Figure, page: str) -> Choice:
    """page: where the figure is a picture and a table; empty where it is on none."""
    named = title(published, figure.table, figure.slice)
    picture = [Link(f"{page}#{figure.name}", "Picture and table", named)] if page else []
    table = Link(f"data/latest/{figure.table}.csv", "Table as CSV", named, download=True)
    return Choice(figure.slice_name, named, [*picture, table])
