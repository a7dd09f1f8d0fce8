"""The home page: help now, last month in one sentence and four numbers, an answer to each question,
the models.
"""

from dataclasses import dataclass

from openresponse import language
from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.figures.figure import Figure
from openresponse.report.html.environment import render
from openresponse.report.html.qmd import address
from openresponse.report.pages import findings, model_measures, places, tiles
from openresponse.report.pages.findings import Finding
from openresponse.report.pages.model_measures import Measure
from openresponse.report.pages.questions import pictures, question_pages
from openresponse.report.pages.questions.question import RIGHT_HELP
from openresponse.report.pages.questions.question_pages import Answered
from openresponse.report.pages.tiles import Tile
from openresponse.report.prose import sentences, words

FIRST = "attendance"  # the measure that comes first


@dataclass(frozen=True)
class HelpLine:
    contact: str
    label: str
    what: str


@dataclass(frozen=True)
class Card:
    """A response model: its page, what it is for, and the one measure it is seen by."""

    href: str
    label: str
    purpose: str
    measure: Measure | None


@dataclass(frozen=True)
class Way:
    """A page that leads on, and what is there."""

    href: str
    name: str
    what: str


@dataclass(frozen=True)
class Home:
    """lead: what comes first of the month; None where nothing does. picture: of the same, or
    how far calls get. root: the way to the site's first folder.
    """

    help: list[HelpLine]
    period: str
    provisional: str
    lead: Finding | None
    picture: Figure | None
    tiles: list[Tile]
    questions: list[Answered]
    cards: list[Card]
    ways: list[Way]
    root: str


def body(published: Published) -> tuple[str, list[Figure]]:
    """The page's HTML and the figures in it."""
    page = view(published)
    return render("home.html", page=page), [page.picture] if page.picture else []


def view(published: Published) -> Home:
    return Home(
        help=help_lines(published),
        period=words.initial(words.period(published.month)),
        provisional=sentences.provisional(published, ("month",)),
        lead=_lead(published),
        picture=_picture(published),
        tiles=tiles.of_city(published),
        questions=question_pages.answered(published),
        cards=_cards(published),
        ways=_ways(published),
        root=language.now().root,
    )


def help_lines(published: Published) -> list[HelpLine]:
    """Where to get help now. The label says the number only where it is not that number."""
    return [
        HelpLine(line["contact"], line["label"].removeprefix(line["contact"]).strip(), line["what"])
        for line in published.program.get("help", [])
    ]


def _lead(published: Published) -> Finding | None:
    """The answer to the first question; else the first finding."""
    answered = RIGHT_HELP.answer(published) or findings.on_home(published)
    return answered[0] if answered else None


def _picture(published: Published) -> Figure | None:
    """The first measure through time; else the steps of each call."""
    return pictures.trend(published, FIRST) or pictures.funnel(published)


def _cards(published: Published) -> list[Card]:
    return [
        Card(
            f"{language.now().root}models/{address(code)}.html",
            model["label"],
            model["purpose"],
            model_measures.of_model(published, code, model),
        )
        for code, model in published.program.get("models", {}).items()
    ]


def _ways(published: Published) -> list[Way]:
    brief = f"briefs/{published.name}"
    ways = [
        (
            f"{brief}.html",
            _("Brief for {period}", period=words.period(published.month)),
            _("Two pages for the council: what changed, signal or not, money, what to ask."),
        ),
        (f"{brief}.pdf", _("The brief as PDF"), _("Two pages to print, with the main tables.")),
        *((f"{place}.html", _(name), _(what)) for place, name, what in places.pages(published)),
        (
            "outcomes.html",
            _("Figures"),
            _("Figures of the whole city as pictures and numbers, in the order of the files."),
        ),
        (
            "data.html",
            _("Data"),
            _("The tables as CSV, with what they count and leave out."),
        ),
        ("methods.html", _("Methods"), _("Definitions, signal rules and privacy rule.")),
    ]
    return [Way(language.now().root + href, name, what) for href, name, what in ways]
