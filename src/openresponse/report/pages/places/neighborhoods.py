"""The page of neighborhoods: the finding, the map, every rate with its limits, and the models calls
were eligible for.
"""

from dataclasses import dataclass

from openresponse import language
from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.release.tables.rate_intervals import CONFIDENCE
from openresponse.report.charts import tilemap
from openresponse.report.charts.tilemap import Legend, Tile
from openresponse.report.figures.datatable import Cell, Link, Table, value
from openresponse.report.figures.figure import facts, files
from openresponse.report.html.environment import render
from openresponse.report.pages.places.neighborhood_findings import confidence_interval, findings
from openresponse.report.prose import definitions, rates, words
from openresponse.report.prose.rates import Rate
from openresponse.report.prose.readings import cells
from openresponse.tables.hierarchy import ALL


@dataclass(frozen=True)
class Map:
    caption: str
    tiles: list[Tile]
    legend: Legend


@dataclass(frozen=True)
class Neighborhoods:
    """others: address, title and description of other pages of places. finding: the first; the
    others are `findings`. by_model: None where models are not told apart.
    """

    others: list[tuple[str, str, str]]
    period: str
    finding: str
    findings: list[str]
    map: Map | None
    facts: list[tuple[str, str]]
    rates: Table
    by_model: Table | None
    files: list[Link]
    method: list[str]
    root: str


def body(published: Published, others: list[tuple[str, str, str]] | None = None) -> str:
    """The page's HTML, from the table that `rates.table_of` finds."""
    return render("neighborhoods.html", page=view(published, others or []))


def view(published: Published, others: list[tuple[str, str, str]]) -> Neighborhoods:
    table = rates.table_of(published)
    period = published.periods(table)[-1]
    whole, areas = rates.of_year(published, table, period)
    first, *more = findings(published, table, period)
    return Neighborhoods(
        others=others,
        period=words.period(period),
        finding=first,
        findings=more,
        map=_map(published, words.period(period), whole, areas),
        facts=facts(definitions.in_words(published, table)),
        rates=_rates(published, table, period, whole, areas),
        by_model=_by_model(published, table, period)
        if "model" in published.dimensions(table)
        else None,
        files=files(table, language.now().root),
        method=rates.method(),
        root=language.now().root,
    )


def _map(published: Published, period: str, whole: Rate, areas: list[Rate]) -> Map | None:
    tiles = tilemap.tiles(published.program.get("neighborhoods") or {}, areas, whole)
    if not tiles:
        return None
    caption = _("Calls per 10,000 residents, {period}", period=period)
    return Map(caption, tiles, tilemap.legend(tiles, whole))


def _rates(published: Published, table: str, period: str, whole: Rate, areas: list[Rate]) -> Table:
    """Every neighborhood in the order of the file, which is no ranking. What a resident looks for
    comes first, where a phone shows it. A tile leads to a row whose column heads a phone no longer
    shows; so each cell says its column.
    """
    rows = [[_("Whole city"), *_row(whole, whole)]]
    rows += [
        [Cell("place", area.label, tilemap.anchor(area.code)), *_row(area, whole)] for area in areas
    ]
    columns = [
        _("Neighborhood"),
        _("Calls"),
        _("Per 10,000 residents"),
        _("Against the city's rate"),
        words.initial(_("{level} confidence interval", level=f"{CONFIDENCE:.0%}")),
        _("Residents ({year})", year=int(cells(published, table)["residents_year"].iloc[0])),
    ]
    caption = _("{title}, {period}", title=published.title(table), period=words.period(period))
    return Table(caption, columns, rows, frozenset({1, 2, 4, 5}), names_columns=True)


def _row(rate: Rate, whole: Rate) -> list[str | Cell]:
    absent = value(None, rate.status or "x")
    side = words.initial(_(rate.against(whole))) or absent
    return [
        value(rate.calls, rate.calls_status),
        value(rate.rate, rate.status, words.decimal),
        value(None, "z") if rate is whole else side,
        confidence_interval(rate) or absent,
        value(rate.residents, "x" if rate.residents is None else ""),
    ]


def _by_model(published: Published, table: str, period: str) -> Table:
    """Calls by the model they were eligible for; the first column is the whole of each row."""
    category, unit = published.category(table), published.unit(table)
    models = published.hierarchy(table, "model")
    frame = published.tables[table]
    frame = frame[frame["period"] == period]
    counts = {
        (row[category], row["model"]): value(row[unit], row[f"{unit}_status"])
        for row in frame.to_dict("records")
    }
    rows = [
        [
            _("Whole city") if code == ALL else label,
            *(counts.get((code, model), value(None, "x")) for model in models.codes),
        ]
        for code, label in published.hierarchy(table, category).labels.items()
    ]
    columns = [
        _("Neighborhood"),
        *(_("Calls") if model == ALL else label for model, label in models.labels.items()),
    ]
    caption = _("Calls by the model they were eligible for, {period}", period=words.period(period))
    return Table(caption, columns, rows, frozenset(range(1, len(columns))))
