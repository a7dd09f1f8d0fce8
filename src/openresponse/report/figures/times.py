"""Response times as a figure: median and 90th percentile with how many were timed."""

import pandas as pd

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.charts import drawing
from openresponse.report.charts.svg import picture
from openresponse.report.figures import datatable
from openresponse.report.figures.figure import Figure, name
from openresponse.report.prose import sentences, words
from openresponse.report.prose.readings import FEWEST_FOR_A_TREND, cells

ON_THE_PAGE = 13  # periods in the table under a picture: a year and the month to compare with


def figure(
    published: Published, table: str, interval: str, where: dict[str, str] | None = None
) -> Figure:
    """Median and 90th percentile of one interval, through time where there are enough periods."""
    chosen = {**(where or {}), "interval": interval}
    frame = cells(published, table, chosen).sort_values("period")
    label = published.label(table, "interval", interval)
    said, identifier = (
        sentences.times(published, table, interval, where),
        name(table, "times", chosen),
    )
    shown = (
        frame[["median_minutes", "p90_minutes"]].notna().any(axis=None)
        and len(frame) >= FEWEST_FOR_A_TREND
    )
    drawn = (
        picture(
            drawing.times(frame),
            identifier,
            _("{label}, minutes", label=label),
            said,
            published.fictional,
        )
        if shown
        else ""
    )
    gaps = int(frame["p90_minutes"].isna().sum())
    note = (
        _("{n} of {of} periods lack a figure; the line stops there.", n=gaps, of=len(frame))
        if gaps and shown
        else ""
    )
    data = _through_time(published, table, frame, label) + _by_group(
        published, table, interval, where, label
    )
    return Figure(
        identifier,
        table,
        said.rstrip("."),
        _("{label}, in minutes.", label=label),
        drawn,
        data,
        published.definition(table),
        note,
    )


def _through_time(published: Published, table: str, frame: pd.DataFrame, label: str) -> str:
    rows = [
        [words.period(row["period"]), *_row(published.unit(table), row)]
        for __, row in frame.iloc[::-1].head(ON_THE_PAGE).iterrows()
    ]
    latest = _(
        "{label}, in minutes, the latest {n} periods (all are in the file)",
        label=label,
        n=ON_THE_PAGE,
    )
    return datatable.html(
        latest if len(frame) > ON_THE_PAGE else _("{label}, in minutes", label=label),
        [_("Period"), *_columns(published.unit(table))],
        rows,
        set(range(1, 6)),
    )


def _by_group(
    published: Published, table: str, interval: str, where: dict[str, str] | None, label: str
) -> str:
    """The last period by the groups of the table's other dimension; empty where there is none or
    one is chosen.
    """
    groups = [d for d in published.dimensions(table) if d != "interval" and d not in (where or {})]
    if len(groups) != 1:
        return ""
    hierarchy, period = published.hierarchy(table, groups[0]), published.periods(table)[-1]
    frame = published.tables[table]
    frame = frame[(frame["period"] == period) & (frame["interval"] == interval)].set_index(
        groups[0]
    )
    rows = [
        [hierarchy.labels[code], *_row(published.unit(table), frame.loc[code])]
        for code in hierarchy.codes
        if code in frame.index
    ]
    heading = _(groups[0].replace("_", " ").capitalize())
    return datatable.html(
        _(
            "{label}, in minutes, by {group}, {period}",
            label=label,
            group=heading.lower(),
            period=words.period(period),
        ),
        [heading, *_columns(published.unit(table))],
        rows,
        set(range(1, 6)),
    )


def _columns(unit: str) -> list[str]:
    return [
        _("Half took at most (minutes)"),
        _("Nine in ten took at most (minutes)"),
        _("Timed"),
        words.initial(words.unit(unit)),
        _("Could not be timed"),
    ]


def _row(unit: str, row: pd.Series) -> list[str]:
    forms = (
        ("median_minutes", words.decimal),
        ("p90_minutes", words.decimal),
        ("timed", words.count),
        (unit, words.count),
        ("share_not_timed", words.percent),
    )
    return [datatable.cell(row[column], row[f"{column}_status"], form) for column, form in forms]
