"""When calls of one police district came: by time of day and kind of day, as a figure."""

import pandas as pd

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.figures.datatable import Cell, Table, value
from openresponse.report.figures.figure import Figure, identifier
from openresponse.report.pages.places.district_figures import Rows, rows_of, table_of
from openresponse.report.prose import words
from openresponse.tables.hierarchy import ALL


def hours(published: Published, slice: dict[str, str]) -> list[Figure]:
    """The newest year by time of day and kind of day: calls, and the share a team was sent to."""
    table = table_of(published, "district", "day_type", "time_band")
    if table is None:
        return []
    period = published.periods(table)[-1]
    days, bands = (published.tree(table, name).labels for name in ("day_type", "time_band"))
    rows = {
        (band, day): rows_of(
            published, table, period, {**slice, "day_type": day, "time_band": band}
        )
        for band in bands
        for day in days
    }
    columns = [_("Time"), *(_("All days") if day == ALL else label for day, label in days.items())]
    calls, shares = (
        [
            [
                _("All hours") if band == ALL else label,
                *(form(rows[band, day], published.unit(table)) for day in days),
            ]
            for band, label in bands.items()
        ]
        for form in (_calls, _share)
    )
    year, numeric = words.period(period), frozenset({1, 2, 3})
    caption = _("Mental-health calls by time and day, {year}", year=year)
    of_shares = _(
        "Share of eligible calls that a team was sent to, by time and day, {year}", year=year
    )
    whole = {band: rows[band, ALL] for band in bands}
    return [
        Figure(
            identifier(table, "hours", slice),
            table,
            _busiest(whole, bands, published.unit(table), year) or caption,
            "",
            "",
            (
                Table(caption, columns, calls, numeric),
                Table(of_shares, columns, shares, numeric),
            ),
            published.definition(table),
        )
    ]


def _busiest(rows: dict[str, Rows], bands: dict[str, str], unit: str, year: str) -> str:
    """The part of the day with the most calls; empty where one part is not shown, since it might be
    that one.
    """
    counts = {band: found["calls"][unit] for band, found in rows.items() if found}
    if not counts or any(pd.isna(count) for count in counts.values()) or not counts[ALL]:
        return ""
    total = counts.pop(ALL)
    most = max(counts.values())
    top = [bands[band] for band, count in counts.items() if count == most]
    if len(top) > 1:
        return ""
    return _(
        "In {year}, the largest part of the calls, {share} ({n} of {of}), came at this time of day:"
        " {time}",
        year=year,
        share=words.percent(most / total),
        n=words.count(most),
        of=words.count(total),
        time=top[0].lower(),
    )


def _calls(rows: Rows, unit: str) -> str | Cell:
    if not rows:
        return value(None, "x")
    return value(rows["calls"][unit], rows["calls"][f"{unit}_status"])


def _share(rows: Rows, unit: str) -> str | Cell:
    """The share with what it is a share of."""
    if not rows:
        return value(None, "x")
    sent = rows["team_sent"]
    share = value(sent["share_of_part"], sent["share_of_part_status"], words.percent)
    if isinstance(share, Cell):
        return share
    return _(
        "{share} ({n} of {of})",
        share=share,
        n=words.count(sent[unit]),
        of=words.count(rows["eligible"][unit]),
    )
