"""Two pages for each response model, what it is with four numbers, and all its figures; and the
page that lists the models.
"""

from dataclasses import dataclass
from pathlib import Path

from openresponse import language
from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.figures import listing
from openresponse.report.figures.figure import Figure
from openresponse.report.html import qmd
from openresponse.report.html.environment import render
from openresponse.report.html.qmd import address
from openresponse.report.pages import model_measures, tiles
from openresponse.report.pages.model_subjects import Section, sections
from openresponse.report.pages.questions import question_pages
from openresponse.report.pages.questions.question_pages import Answered
from openresponse.report.pages.tiles import Tile
from openresponse.report.prose import sentences, words


@dataclass(frozen=True)
class Model:
    """how_often: how often it went as it is meant to. milestones: of a model in planning,
    where the release has them. money: booked on it, or empty. figures: the page of its figures;
    empty without such. root: the way to the site's first folder.
    """

    when: str
    status: str
    is_planned: bool
    milestones: Figure | None
    how_often: list[str]
    money: str
    tiles: list[Tile]
    questions: list[Answered]
    figures: str
    root: str


@dataclass(frozen=True)
class Figures:
    """All figures of a model. root: the way to the site's first folder."""

    sections: list[Section]
    root: str

    @property
    def contents(self) -> list[tuple[str, str]]:
        return [(section.identifier, section.title) for section in self.sections]


@dataclass(frozen=True)
class Entry:
    """A model in the list of all."""

    href: str
    label: str
    purpose: str
    when: str
    status: str


def write(published: Published, out: Path) -> tuple[list[Path], list[Figure]]:
    """Write the list and every model's page into `out/models`; the paths, and the figures in them.
    Nothing without models.
    """
    models = published.program.get("models") or {}
    if not models:
        return [], []
    title, what = _("Response models"), _("The ways a mental-health crisis call can be answered.")
    paths, drawn = [qmd.page(out, "models/index.qmd", title, what, index(published))], []
    for code, model in models.items():
        name, shown = f"models/{address(code)}", of_model(published, code, model)
        html = render("model.html", page=view(published, code, bool(shown)))
        paths.append(qmd.page(out, f"{name}.qmd", model["label"], model["purpose"], html))
        if shown:
            html = render("model_figures.html", page=Figures(shown, _root()))
            title = _("{model}: all figures", model=model["label"])
            what = _("Every figure of this model as a picture and as numbers.")
            paths.append(qmd.page(out, f"{name}-figures.qmd", title, what, html))
            drawn += [figure for section in shown for figure in section.figures]
    return paths, drawn


def of_model(published: Published, code: str, model: dict) -> list[Section]:
    """The figures of a model in operation, by subject."""
    return [] if model["status"] == "planning" else sections(published, code)


def index(published: Published) -> str:
    """The list of models."""
    entries = [
        Entry(
            f"{address(code)}.html",
            model["label"],
            model["purpose"],
            model.get("when") or "",
            f"{_status(model)}.",
        )
        for code, model in published.program["models"].items()
    ]
    return render("models.html", entries=entries)


def view(published: Published, code: str, has_figures: bool) -> Model:
    model = published.program["models"][code]
    is_planned = model["status"] == "planning"
    milestones = (
        listing.figure(published, "milestones")
        if is_planned and "milestones" in published.tables
        else None
    )
    return Model(
        when=model.get("when") or "",
        status=_status(model),
        is_planned=is_planned,
        milestones=milestones,
        how_often=model_measures.how_often(published, code, model),
        money=sentences.money(published, model=code) if "spending" in published.tables else "",
        tiles=[] if is_planned else tiles.of_model(published, code),
        questions=[] if is_planned else question_pages.answered(published),
        figures=f"{address(code)}-figures.html" if has_figures else "",
        root=_root(),
    )


def _root() -> str:
    """The way from a page of models to the site's first folder."""
    return f"{language.now().root}../"


def _status(model: dict) -> str:
    if model["status"] == "planning":
        return _("In planning: there are milestones to report and no calls yet")
    if model.get("launched"):
        return _("In operation since {period}", period=words.period(model["launched"]))
    return _("In operation")
