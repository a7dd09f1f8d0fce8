"""A page for each police district, and one that lists them: calls, whether a team was sent, by
quarter, model and hour.
"""

from dataclasses import dataclass
from pathlib import Path

from openresponse import language
from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.figures.datatable import Cell, Link, Table
from openresponse.report.figures.figure import Figure, files
from openresponse.report.html import qmd
from openresponse.report.html.environment import render
from openresponse.report.pages.places import district_figures, district_hours, district_sentences
from openresponse.report.pages.places.district_figures import COLUMNS, steps, table_of
from openresponse.report.prose import words
from openresponse.tables.hierarchy import ALL, NOT_RECORDED

NO_BORDERS = N_(
    "Police districts and neighborhoods have different borders. These figures do not say which"
    " neighborhoods a district holds."
)


@dataclass(frozen=True)
class Districts:
    """The list of all. notes: sentences above the table. limits: what the figures do not say."""

    period: str
    notes: list[str]
    table: Table
    files: list[Link]
    limits: list[str]


@dataclass(frozen=True)
class Section:
    """figures: each with whether to say what its table counts."""

    identifier: str
    title: str
    lead: str
    figures: list[tuple[Figure, bool]]


@dataclass(frozen=True)
class District:
    """models: label, and since when it operates there. root: the way to the site's first folder."""

    models: list[tuple[str, str]]
    sections: list[Section]
    limits: list[str]
    root: str


def codes(published: Published) -> list[str]:
    """The districts that have a page."""
    table = table_of(published, "district")
    if not table:
        return []
    hierarchy = published.hierarchy(table, "district")
    return [code for code in hierarchy.codes if code not in (ALL, NOT_RECORDED)]


def address(code: str) -> str:
    """A district's code as a page name."""
    return qmd.address(code).lower()


def write(published: Published, out: Path) -> tuple[list[Path], list[Figure]]:
    """Write the list and every district's page into `out/districts`; the paths, and the figures in
    them. Nothing without districts.
    """
    paths: list[Path] = []
    drawn: list[Figure] = []
    what = _(
        "Mental-health calls in this police district: how many, when, and whether a team was sent."
    )
    for code in codes(published):
        label = published.label(table_of(published, "district"), "district", code)
        html, figures = body(published, code)
        paths.append(qmd.page(out, f"districts/{address(code)}.qmd", label, what, html))
        drawn += figures
    if paths:
        title, what = (
            _("Police districts"),
            _("Mental-health calls in each police district, and whether a team was sent."),
        )
        paths.append(qmd.page(out, "districts/index.qmd", title, what, index(published)))
    return paths, drawn


def index(published: Published) -> str:
    """The newest quarter of all districts, each with a link to its page."""
    table = table_of(published, "district")
    period, labels = published.periods(table)[-1], published.hierarchy(table, "district").labels
    rows = [
        [_named(code, label), *steps(published, table, period, {"district": code})]
        for code, label in labels.items()
    ]
    columns = [_("District"), *map(_, COLUMNS)]
    caption = _("{title}, {period}", title=published.title(table), period=words.period(period))
    page = Districts(
        period=words.initial(words.period(period)),
        notes=[
            *district_sentences.signals(published, table, codes(published)),
            *district_sentences.unrecorded(published, table),
        ],
        table=Table(caption, columns, rows, frozenset({1, 2, 3, 4})),
        files=files(table, _root()),
        limits=[
            _(NO_BORDERS),
            _("The order of the districts is no ranking."),
            _("A withheld figure is not zero."),
        ],
    )
    return render("districts.html", page=page)


def body(published: Published, code: str) -> tuple[str, list[Figure]]:
    """One district's HTML and the figures in it that are drawn."""
    table, slice = table_of(published, "district"), {"district": code}
    quarters = district_figures.quarters(published, table, slice)
    page = District(
        models=district_sentences.models_there(published, code),
        sections=_sections(published, slice, quarters),
        limits=[
            district_sentences.withheld(published, code),
            *district_sentences.unrecorded(published, table),
            _(NO_BORDERS),
        ],
        root=_root(),
    )
    return render("district.html", page=page), quarters


def _sections(published: Published, slice: dict[str, str], quarters: list[Figure]) -> list[Section]:
    """The parts that the release has. What is counted is said once for tables that count alike."""
    parts = [
        ("by-quarter", _("By quarter"), "", quarters),
        (
            "by-response-model",
            _("By response model"),
            _("The model a call was eligible for when it came in."),
            district_figures.models(published, slice),
        ),
        ("when-calls-came", _("When calls came"), "", district_hours.hours(published, slice)),
    ]
    sections: list[Section] = []
    defined: dict[str, str] | None = None
    for identifier, title, lead, figures in parts:
        if figures:
            is_new, defined = figures[0].definition != defined, figures[0].definition
            shown = [(figure, is_new and at == 0) for at, figure in enumerate(figures)]
            sections.append(Section(identifier, title, lead, shown))
    return sections


def _named(code: str, label: str) -> str | Cell:
    if code == ALL:
        return _("Whole city")
    if code == NOT_RECORDED:
        return label
    return Cell("links", links=(Link(f"{address(code)}.html", label),))


def _root() -> str:
    """The way from a page of districts to the site's first folder."""
    return f"{language.now().root}../"
