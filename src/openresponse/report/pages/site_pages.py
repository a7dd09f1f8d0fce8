"""Every generated page of the site, written from one release."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openresponse import language
from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.release.tables.incidents import KIND
from openresponse.report.figures import png, table_figures
from openresponse.report.figures.figure import Figure
from openresponse.report.html import qmd
from openresponse.report.html.environment import render
from openresponse.report.pages import (
    explore,
    home,
    model,
    places,
    site_frame,
    social,
)
from openresponse.report.pages.brief import brief_list
from openresponse.report.pages.places import districts
from openresponse.report.pages.questions import question_pages
from openresponse.report.pages.reference import (
    data_page,
    reference_pages,
)
from openresponse.report.prose.localized import localized

HOME = N_("Who answers crisis calls")


@dataclass(frozen=True)
class Section:
    """A table's figures on the page of all."""

    identifier: str
    title: str
    figures: list[Figure]


def draw(published: Published) -> dict[str, list[Figure]]:
    """Every table's figures; the page of all figures and the pictures to download come from the
    same.

    Left out are tables that tell apart what another one has in total, such as models: their totals
    are drawn from that one.
    """
    counted = {
        table: set(published.dimensions(table))
        for table in published.tables
        if published.kind(table) == "counts"
    }
    apart = {
        table
        for table, dimensions in counted.items()
        if any(
            published.category(other) == published.category(table) and fewer < dimensions
            for other, fewer in counted.items()
        )
    }
    return {
        table: table_figures.of_table(published, table)
        for table in published.tables
        if table not in apart and published.kind(table) != KIND
    }


def all_figures(published: Published, drawn: dict[str, list[Figure]]) -> str:
    """The page of all figures: what `draw` gave, each table's under its title."""
    sections = [
        Section(f"table-{table}", published.title(table), figures)
        for table, figures in drawn.items()
    ]
    contents = [(section.identifier, section.title) for section in sections]
    return render("all_figures.html", sections=sections, contents=contents)


def write(
    published: Published,
    out: Path | str,
    drawn: dict[str, list[Figure]] | None = None,
    address: str = "",
    languages: Sequence[str] = (language.SOURCE,),
) -> list[Path]:
    """Write the generated pages, pictures and site settings into `out`; return their paths.

    drawn: what `draw` gave, where it is at hand. address: where the site will stand, for the
    examples on the data page and in the pictures.
    languages: in which every page is written but data and figures, which are in the source
    language.
    """
    out = Path(out)
    paths = site_frame.settings(published, out, languages)
    on_pages: list[Figure] = []  # in the source language, which comes first
    for code in languages:
        with language.speaking(code):
            written, figures = spoken(localized(published), out, address, languages)
            paths += written
            on_pages = on_pages or figures
    of_tables = [figure for figures in (drawn or draw(published)).values() for figure in figures]
    return [
        *paths,
        _data(published, out, address),
        social.save(published, out),
        *png.save(of_tables, out, published, address),
        *explore.write(published, [*on_pages, *of_tables], out, _pages_of(on_pages, of_tables)),
    ]


def spoken(
    published: Published,
    out: Path,
    address: str = "",
    languages: Sequence[str] = (language.SOURCE,),
) -> tuple[list[Path], list[Figure]]:
    """The pages that are written in each language, with their pictures; their paths, and the
    figures in them.
    """
    program, (body, figures) = published.program, home.body(published)
    title = _(HOME) if program.get("models") else program["name"]
    what = _(
        "What happened, month by month, and where to get help. {city}.", city=_(published.publisher)
    )
    paths = [
        qmd.page(out, "index.qmd", title, what, body),
        *reference_pages.write(published, out, languages),
        brief_list.write(out),
    ]
    for write_pages in (question_pages.write, model.write, places.write):
        written, drawn = write_pages(published, out)
        paths += written
        figures = figures + drawn
    return paths + png.save(figures, out, published, address), figures


def _data(published: Published, out: Path, address: str) -> Path:
    return qmd.page(
        out,
        "data.qmd",
        "Data",
        "The tables as tidy CSV: what one row is, what it counts, how to cite it.",
        data_page.body(published, address),
    )


def _pages_of(on_pages: list[Figure], of_tables: list[Figure]) -> dict[str, str]:
    """The page that each figure stands on, by the figure's name."""
    pages = {}
    for figure in on_pages:
        slice = figure.slice or {}
        if "model" in slice:
            pages[figure.name] = f"models/{qmd.address(slice['model'])}-figures.html"
        if "district" in slice:
            pages[figure.name] = f"districts/{districts.address(slice['district'])}.html"
    return pages | {figure.name: "outcomes.html" for figure in of_tables}
