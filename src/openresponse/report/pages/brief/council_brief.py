"""What the council's brief says, for the web and for print: four findings, signal or noise, the
money, districts, what to ask.
"""

from dataclasses import dataclass

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.figures import money, trends
from openresponse.report.figures.datatable import Cell, Table, value
from openresponse.report.figures.figure import Figure
from openresponse.report.pages import findings
from openresponse.report.pages.brief import other_measures
from openresponse.report.pages.brief.worth_asking import questions
from openresponse.report.pages.findings import Finding
from openresponse.report.pages.places.district_figures import COLUMNS
from openresponse.report.pages.reference.methods_page import LIMITS
from openresponse.report.prose import sentences, words
from openresponse.report.prose.headlines import headline
from openresponse.report.prose.readings import FEWEST_FOR_A_TREND, latest
from openresponse.tables.hierarchy import ALL, NOT_RECORDED

DISTRICTS = "districts"
TRENDS = ("clinician_attendance", "responders", "volumes")


@dataclass(frozen=True)
class Brief:
    """What both forms hold; None or empty where the release does not have it.

    lead: how many calls there were, or what else comes first. others: the measures that neither a
    finding nor the picture shows. ranking: which district the team was
    sent to most, where chance alone allows to say so.
    """

    title: str
    lead: str
    provisional: str
    findings: list[Finding]
    trend: Figure | None
    money: Figure | None
    money_by_model: Table | None
    others: Table | None
    districts: Table | None
    ranking: str
    questions: list[str]
    limits: list[str]
    withheld: str


def of_release(published: Published) -> Brief:
    """The brief of a release, in the language spoken."""
    has_money, districts = "spending" in published.tables, _districts(published)
    found, trend = findings.in_brief(published), _trend(published)
    shown = {*found, *([trend.table] if trend else [])}
    return Brief(
        title=title(published),
        lead=lead(published),
        provisional=sentences.provisional(published),
        findings=list(found.values()),
        trend=trend,
        money=money.figure(published) if has_money else None,
        money_by_model=money.by_model(published) if has_money else None,
        others=other_measures.table(published, shown),
        districts=districts,
        ranking=_ranking(published) if districts else "",
        questions=questions(published),
        limits=[_(limit) for limit in LIMITS],
        withheld=sentences.withheld(published),
    )


def title(published: Published) -> str:
    text = _("Brief for {period}", period=words.period(published.month))
    if published.revision:
        day = words.day(published.revision["date"])
        text = _("{brief}, revision of {date}", brief=text, date=day)
    return words.marked(text, published.fictional)


def lead(published: Published) -> str:
    """What comes first on the home page; empty where nothing does."""
    return next((one.level for one in findings.on_home(published)), "")


def _trend(published: Published) -> Figure | None:
    """The one picture through time."""
    for table in TRENDS:
        if table in published.tables and len(published.periods(table)) >= FEWEST_FOR_A_TREND:
            return trends.figure(published, table)
    return None


def _districts(published: Published) -> Table | None:
    """Calls and the share a team was sent to, by police district."""
    chosen = headline(published, DISTRICTS) if DISTRICTS in published.tables else None
    if chosen is None:
        return None
    period, labels = (
        published.periods(DISTRICTS)[-1],
        published.hierarchy(DISTRICTS, "district").labels,
    )
    rows = [
        [_named(code, label), *values]
        for code, label in labels.items()
        if (values := _of_district(published, code, *chosen))
    ]
    columns = [
        _("District"),
        *map(_, COLUMNS),
    ]
    caption = _("Police districts, {period}", period=words.period(period))
    return Table(caption, columns, rows, frozenset({1, 2, 3, 4}))


def _named(code: str, label: str) -> str:
    return {ALL: _("Whole city"), NOT_RECORDED: _("District not recorded")}.get(code, label)


def _of_district(published: Published, district: str, code: str, of: str) -> list[str | Cell]:
    """Its calls, eligible calls, those a team was sent to, and their share; none without a row."""
    slice = {"district": district}
    calls = latest(published, DISTRICTS, "calls", ALL, slice)
    sent = latest(published, DISTRICTS, code, of, slice)
    if calls is None or sent is None:
        return []
    return [
        value(calls.value, calls.status),
        value(sent.of, sent.of_status),
        value(sent.value, sent.status),
        value(sent.share, sent.share_status, words.percent),
    ]


def _ranking(published: Published) -> str:
    """Which district the team was sent to most, or that chance alone does not allow to say so."""
    code, of = headline(published, DISTRICTS) or ("", ALL)
    return sentences.rank(published, DISTRICTS, "district", code, of)
