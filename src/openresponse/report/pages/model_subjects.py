"""What the release tells of one response model, by subject, as figures."""

from dataclasses import dataclass

from openresponse.language import N_, _
from openresponse.release.store.published import Published
from openresponse.release.tables.columns import UNIT_HOURS
from openresponse.report.figures import bars, table_figures, trends
from openresponse.report.figures.figure import Figure
from openresponse.report.prose.readings import by_model


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
        N_("Calls eligible for this model, and the reason where they went no further."),
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
            "Outcomes as a share of the people reached, and of the calls a team was sent to: people"
            " who were never found did not stay in the community because of a visit."
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
    Subject(
        N_("How long they stayed"),
        ("spent",),
        N_(
            "From the first arrival until the last unit left. Unit hours add up the time of every"
            " unit: two units for an hour are two hours."
        ),
    ),
    Subject(N_("What came after"), ("followup", "referral")),
)
# Published for all models together; said so on each model's page.
TOGETHER = Subject(
    N_("Safety and return, all models together"),
    ("repeat", "applicant", "answer"),
    N_("These figures are of all models together."),
)


@dataclass(frozen=True)
class Section:
    identifier: str
    title: str
    lead: str
    figures: list[Figure]


def sections(published: Published, code: str) -> list[Section]:
    """What the release tells of one model, and of all where it does not tell them apart."""
    shown = [
        (subject, [f for one in subject.categories for f in _of_model(published, one, code)])
        for subject in SUBJECTS
    ]
    shown.append((TOGETHER, [f for one in TOGETHER.categories for f in _of_all(published, one)]))
    return [
        Section(subject.identifier, _(subject.title), _(subject.lead), figures)
        for subject, figures in shown
        if figures
    ]


def _of_model(published: Published, category: str, code: str) -> list[Figure]:
    """One model's figures. Where tables of two grains tell models apart, the line comes from the
    short periods, which give only the main steps, and the bars from the long ones, which give all.
    """
    slice = {"model": code}
    is_of_times = category in ("times", "spent")
    tables = _of_times(published, category) if is_of_times else by_model(published, category)
    tables = [t for t in tables if "model" in published.dimensions(t)]
    if is_of_times or len(tables) < 2:
        return [f for table in tables for f in table_figures.of_table(published, table, slice)]
    short, long = tables[0], tables[-1]
    drawn = trends.figure(published, short, slice)
    return [bars.figure(published, long, slice), *([drawn] if drawn else [])]


def _of_times(published: Published, category: str) -> list[str]:
    """The tables of times that units spent, or those of all other times."""
    return [
        table
        for table in published.tables
        if published.kind(table) == "times"
        and (UNIT_HOURS in published.tables[table]) == (category == "spent")
    ]


def _of_all(published: Published, category: str) -> list[Figure]:
    return [
        figure
        for table in by_model(published, category)
        if "model" not in published.dimensions(table)
        for figure in table_figures.of_table(published, table)
    ]
