"""One page for each response model: what it is for, how far its calls get, what happened to
people; and the page that lists them.
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
from openresponse.report.pages import model_measures
from openresponse.report.pages.model_subjects import Section, sections
from openresponse.report.prose import sentences, words


@dataclass(frozen=True)
class Model:
    """how_often: how often it went as it is meant to. milestones: of a model in planning,
    where the release has them; then it has no sections. money: booked on it, or empty. root: the
    way to the site's first folder.
    """

    when: str
    status: str
    is_planned: bool
    milestones: Figure | None
    how_often: list[str]
    money: str
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
        html, figures = body(published, code)
        name = f"models/{address(code)}.qmd"
        paths.append(qmd.page(out, name, model["label"], model["purpose"], html))
        drawn += figures
    return paths, drawn


def body(published: Published, code: str) -> tuple[str, list[Figure]]:
    """The page's HTML and the figures in it that have their place nowhere else."""
    page = view(published, code)
    drawn = [figure for section in page.sections for figure in section.figures]
    return render("model.html", page=page), drawn


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


def view(published: Published, code: str) -> Model:
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
        sections=[] if is_planned else sections(published, code),
        root=f"{language.now().root}../",
    )


def _status(model: dict) -> str:
    if model["status"] == "planning":
        return _("In planning: there are milestones to report and no calls yet")
    if model.get("launched"):
        return _("In operation since {period}", period=words.period(model["launched"]))
    return _("In operation")
