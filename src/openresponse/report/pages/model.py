"""One page for each response model: what it is for, how far its calls get, what happened to
people; and the page that lists them.
"""

from dataclasses import dataclass
from pathlib import Path

from openresponse import language
from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.report.figures import bars, listing, table_figures, trends
from openresponse.report.figures.figure import Figure
from openresponse.report.html import qmd
from openresponse.report.html.environment import render
from openresponse.report.html.qmd import address
from openresponse.report.prose import words
from openresponse.report.prose.readings import FEWEST_FOR_A_TREND, by_model


@dataclass(frozen=True)
class Subject:
    """A section of the page: title, what the tables in it are by, what is said above them."""

    title: str
    categories: tuple[str, ...]
    lead: str = ""

    @property
    def identifier(self) -> str:
        """The same in every language."""
        return self.title.lower().replace(" ", "-").strip("?").replace(",", "")


SUBJECTS = (
    Subject(
        N_("How far calls get"),
        ("stage",),
        N_("Every call eligible for this model, and the reason where it went no further."),
    ),
    Subject(N_("Did the team come?"), ("attendance",)),
    Subject(
        N_("Who came"),
        ("responders", "police_role"),
        N_(
            "From the unit log: who recorded an arrival. Police sent by dispatch and police"
            " requested by the team are counted apart."
        ),
    ),
    Subject(
        N_("What happened to people"),
        ("outcome",),
        N_(
            "Outcomes as a share of the people reached, and of all runs: people who were never"
            " found did not stay in the community because of a visit."
        ),
    ),
    Subject(
        N_("How long it took"),
        ("times",),
        N_(
            "Half took at most the median; nine in ten took at most the 90th percentile. Averages"
            " hide waits, so none is given."
        ),
    ),
    Subject(N_("What came after"), ("followup", "referral")),
)
# Published for all models together; said so on each model's page.
TOGETHER = Subject(
    N_("Safety and return, all models together"),
    ("repeat", "applicant", "answer"),
    N_("These figures are too small to be told apart by model."),
)


@dataclass(frozen=True)
class Section:
    identifier: str
    title: str
    lead: str
    figures: list[Figure]


@dataclass(frozen=True)
class Model:
    """milestones: of a model in planning, where the release has them; then it has no sections.
    root: the way to the site's first folder.
    """

    when: str
    status: str
    is_planned: bool
    milestones: Figure | None
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
        model.get("when") or "",
        _status(model),
        is_planned,
        milestones,
        [] if is_planned else _sections(published, code),
        f"{language.now().root}../",
    )


def _sections(published: Published, code: str) -> list[Section]:
    """What the release tells of one model, and of all where it does not tell them apart."""
    found = [
        (subject, [f for one in subject.categories for f in _of_model(published, one, code)])
        for subject in SUBJECTS
    ]
    found.append((TOGETHER, [f for one in TOGETHER.categories for f in _of_all(published, one)]))
    return [
        Section(subject.identifier, _(subject.title), _(subject.lead), figures)
        for subject, figures in found
        if figures
    ]


def _of_model(published: Published, category: str, code: str) -> list[Figure]:
    """One model's figures. Where tables of two grains tell models apart, the line comes from the
    short periods, which give only the main steps, and the bars from the long ones, which give all.
    """
    slice = {"model": code}
    tables = (
        [t for t in published.tables if published.kind(t) == "times"]
        if category == "times"
        else by_model(published, category)
    )
    tables = [t for t in tables if "model" in published.dimensions(t)]
    if category == "times" or len(tables) < 2:
        return [f for table in tables for f in table_figures.of_table(published, table, slice)]
    short, long = tables[0], tables[-1]
    drawn = (
        trends.figure(published, short, slice)
        if len(published.periods(short)) >= FEWEST_FOR_A_TREND
        else None
    )
    return [bars.figure(published, long, slice), *([drawn] if drawn else [])]


def _of_all(published: Published, category: str) -> list[Figure]:
    return [
        figure
        for table in by_model(published, category)
        if "model" not in published.dimensions(table)
        for figure in table_figures.of_table(published, table)
    ]


def _status(model: dict) -> str:
    if model["status"] == "planning":
        return _("In planning: there are milestones to report and no calls yet")
    if model.get("launched"):
        return _("In operation since {period}", period=words.period(model["launched"]))
    return _("In operation")
