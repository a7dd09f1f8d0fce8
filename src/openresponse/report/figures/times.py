"""Response times as a figure: median and 90th percentile with how many were timed."""

import pandas as pd

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.release.tables.columns import UNIT_HOURS
from openresponse.report.charts import times_chart
from openresponse.report.charts.svg import picture
from openresponse.report.figures.datatable import Cell, Table, value
from openresponse.report.figures.figure import Figure, identifier
from openresponse.report.prose import definitions, sentences, words
from openresponse.report.prose.readings import FEWEST_FOR_A_TREND, cells, counted_as

NUMERIC = frozenset(range(1, 7))


def figure(
    published: Published, table: str, interval: str, slice: dict[str, str] | None = None
) -> Figure:
    """Median and 90th percentile of one interval, through time where there are enough periods."""
    chosen = {**(slice or {}), "interval": interval}
    frame = cells(published, table, chosen).sort_values("period")
    label, name = (
        published.label(table, "interval", interval),
        identifier(table, "times", chosen),
    )
    sentence = sentences.times(published, table, interval, slice)
    drawn = note = ""
    if _can_be_drawn(frame):
        title = _("{label}, minutes", label=label)
        drawn = picture(times_chart.times(frame), name, title, sentence, published.fictional)
        note = _gaps(frame)
    tables = [
        _through_time(published, table, frame, label),
        *_by_group(published, table, interval, slice),
    ]
    return Figure(
        name=name,
        table=table,
        title=sentence.rstrip("."),
        detail=_("{label}, in minutes.", label=label),
        picture=drawn,
        tables=tuple(tables),
        definition=definitions.in_words(published, table),
        note=note,
    )


def _can_be_drawn(frame: pd.DataFrame) -> bool:
    shown = frame[["median_minutes", "p90_minutes"]].notna().any(axis=None)
    return bool(shown) and len(frame) >= FEWEST_FOR_A_TREND


def _gaps(frame: pd.DataFrame) -> str:
    gaps = int(frame["p90_minutes"].isna().sum())
    if not gaps:
        return ""
    return _("{n} of {of} periods lack a figure; the line stops there.", n=gaps, of=len(frame))


def _through_time(published: Published, table: str, frame: pd.DataFrame, label: str) -> Table:
    unit = published.unit(table)
    rows = [
        [words.period(row["period"]), *_row(unit, row)]
        for row in frame.iloc[::-1].to_dict("records")
    ]
    return Table(
        _("{label}, in minutes", label=label),
        [_("Period"), *_columns(published, table)],
        rows,
        NUMERIC,
    )


def _by_group(
    published: Published, table: str, interval: str, slice: dict[str, str] | None
) -> list[Table]:
    """The last period by the groups of the table's other dimension; none where there is no such
    dimension or one of its groups is chosen.
    """
    groups = [d for d in published.dimensions(table) if d != "interval" and d not in (slice or {})]
    if len(groups) != 1:
        return []
    hierarchy, period = published.hierarchy(table, groups[0]), published.periods(table)[-1]
    frame, unit = published.tables[table], published.unit(table)
    frame = frame[(frame["period"] == period) & (frame["interval"] == interval)]
    by_code = {row[groups[0]]: row for row in frame.to_dict("records")}
    rows = [
        [hierarchy.labels[code], *_row(unit, by_code[code])]
        for code in hierarchy.codes
        if code in by_code
    ]
    heading = _(groups[0].replace("_", " ").capitalize())
    caption = _(
        "{label}, in minutes, by {group}, {period}",
        label=published.label(table, "interval", interval),
        group=heading.lower(),
        period=words.period(period),
    )
    return [Table(caption, [heading, *_columns(published, table)], rows, NUMERIC)]


def _columns(published: Published, table: str) -> list[str]:
    return [
        _("Half took at most (minutes)"),
        _("Nine in ten took at most (minutes)"),
        _("Timed"),
        words.initial(words.unit(counted_as(published, table))),
        _("Could not be timed"),
        *([_("Unit hours")] if UNIT_HOURS in published.tables[table] else []),
    ]


def _row(unit: str, row: dict) -> list[str | Cell]:
    forms = (
        ("median_minutes", words.decimal),
        ("p90_minutes", words.decimal),
        ("timed", words.count),
        (unit, words.count),
        ("share_not_timed", words.percent),
        *([(UNIT_HOURS, words.count)] if UNIT_HOURS in row else []),
    )
    return [value(row[column], row[f"{column}_status"], form) for column, form in forms]
