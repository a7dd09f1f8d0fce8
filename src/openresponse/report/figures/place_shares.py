"""One share of every place as a figure: now and a year before, the highest first."""

from dataclasses import dataclass

import pandas as pd

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.charts import dot_chart
from openresponse.report.charts.svg import picture
from openresponse.report.figures.datatable import Table, text, value
from openresponse.report.figures.figure import Figure, identifier
from openresponse.report.prose import definitions, sentences, words
from openresponse.report.prose.faces import Face
from openresponse.report.prose.readings import Reading, a_year_apart, series, since_break
from openresponse.tables.hierarchy import ALL, NOT_RECORDED


@dataclass(frozen=True)
class Place:
    """One place's newest reading, and that of a year before where there is one."""

    label: str
    now: Reading
    before: Reading | None


def figure(published: Published, table: str, face: Face) -> Figure | None:
    """The newest share of each place; None where fewer than two are shown. table: by one
    dimension, such as districts.
    """
    (dimension,) = published.dimensions(table)
    places = _places(published, table, dimension, face)
    if sum(place.now.share is not None for place in places) < 2:
        return None
    period, name = words.period(published.periods(table)[-1]), identifier(table, "places")
    caption = _("{face}, {period}", face=_(face.short), period=period)
    finding = sentences.rank(published, table, dimension, face.code, face.of)
    drawn = dot_chart.dots(_drawn(places))
    return Figure(
        name=name,
        table=table,
        title=finding.rstrip("."),
        detail=_("{caption}. A full dot is now, an open one a year before.", caption=caption),
        picture=picture(drawn, name, caption, finding, published.fictional),
        tables=(_table(places, caption),),
        definition=definitions.in_words(published, table),
        note=_("A share that is not shown has no dot; it is not zero."),
    )


def _places(published: Published, table: str, dimension: str, face: Face) -> list[Place]:
    """Those of the newest period, the highest share first."""
    newest, labels = published.periods(table)[-1], published.hierarchy(table, dimension).labels
    places = []
    for code, label in labels.items():
        of_place = since_break(series(published, table, face.code, face.of, {dimension: code}))
        now, before = a_year_apart(of_place, newest)
        if now is not None and code not in (ALL, NOT_RECORDED):
            places.append(Place(label, now, before))
    return sorted(places, key=lambda place: -(place.now.share or 0))


def _drawn(places: list[Place]) -> pd.DataFrame:
    rows = [
        {
            "label": place.label,
            "now": place.now.share,
            "before": place.before.share if place.before else None,
            "text": text(place.now.share, place.now.share_status, words.percent),
        }
        for place in places
    ]
    return pd.DataFrame(rows).astype(dict.fromkeys(("now", "before"), "Float64"))


def _table(places: list[Place], caption: str) -> Table:
    cells = [
        [
            place.label,
            value(place.now.share, place.now.share_status, words.percent),
            value(place.now.value, place.now.status),
            value(place.now.of, place.now.of_status),
            value(place.before.share, place.before.share_status, words.percent)
            if place.before
            else value(None, "x"),
        ]
        for place in places
    ]
    columns = [_("Place"), _("Share"), _("Number"), _("Out of"), _("A year before")]
    return Table(caption, columns, cells, frozenset(range(1, 5)))
