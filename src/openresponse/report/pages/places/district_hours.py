"""When calls of one police district came, by time of day, as a figure."""

import pandas as pd

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.figures.datatable import Table
from openresponse.report.figures.figure import Figure, identifier
from openresponse.report.pages.places.district_figures import (
    COLUMNS,
    NUMERIC,
    rows_of,
    steps,
    table_of,
)
from openresponse.report.prose import definitions, words
from openresponse.tables.hierarchy import ALL


def hours(published: Published, slice: dict[str, str]) -> list[Figure]:
    """The newest year by time of day: calls, and how many of them a team was sent to; none where
    the release has no such table.
    """
    table = table_of(published, "district", "time_band")
    if not table:
        return []
    period = published.periods(table)[-1]
    district = published.label(table, "district", slice["district"])
    caption = _(
        "{title}, {period}",
        title=_("{title}: {said}", title=published.title(table), said=district),
        period=words.period(period),
    )
    calls = _("Mental-health calls by time of day, {year}", year=words.period(period))
    rows = [
        [
            _("Any hour") if band == ALL else label,
            *steps(published, table, period, {**slice, "time_band": band}),
        ]
        for band, label in published.hierarchy(table, "time_band").labels.items()
    ]
    return [
        Figure(
            name=identifier(table, "hours", slice),
            table=table,
            title=_busiest(published, table, slice) or calls,
            tables=(Table(caption, [_("Time"), *map(_, COLUMNS)], rows, NUMERIC),),
            definition=definitions.in_words(published, table),
        )
    ]


def _busiest(published: Published, table: str, slice: dict[str, str]) -> str:
    """The part of the day with the most calls; empty where one part is not shown, since it might be
    that one.
    """
    period, unit = published.periods(table)[-1], published.unit(table)
    labels = published.hierarchy(table, "time_band").labels
    by_band = {
        band: rows_of(published, table, period, {**slice, "time_band": band}) for band in labels
    }
    counts = {band: rows["calls"][unit] for band, rows in by_band.items() if rows}
    if not counts or any(pd.isna(count) for count in counts.values()) or not counts[ALL]:
        return ""
    total = counts.pop(ALL)
    most = max(counts.values())
    top = [labels[band] for band, count in counts.items() if count == most]
    if len(top) > 1:
        return ""
    return _(
        "In {year}, the largest part of the calls, {share} ({n} of {of}), came at this time of day:"
        " {time}",
        year=words.period(period),
        share=words.percent(most / total),
        n=words.count(most),
        of=words.count(total),
        time=top[0].lower(),
    )
