"""When calls of one police district came: by time of day and kind of day, as a figure."""

from collections.abc import Callable

import pandas as pd

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.figures.datatable import Cell, Table, value
from openresponse.report.figures.figure import Figure, identifier
from openresponse.report.pages.places.district_figures import Rows, rows_of, table_of
from openresponse.report.prose import words
from openresponse.tables.hierarchy import ALL

Grid = dict[tuple[str, str], Rows]  # by time of day and kind of day


def hours(published: Published, slice: dict[str, str]) -> list[Figure]:
    """The newest year by time of day and kind of day: calls, and the share a team was sent to; none
    where the release has no such table.
    """
    table = table_of(published, "district", "day_type", "time_band")
    if not table:
        return []
    year, grid = words.period(published.periods(table)[-1]), _grid(published, table, slice)
    calls = _("Mental-health calls by time and day, {year}", year=year)
    shares = _(
        "Share of eligible calls that a team was sent to, by time and day, {year}", year=year
    )
    return [
        Figure(
            name=identifier(table, "hours", slice),
            table=table,
            title=_busiest(published, table, grid) or calls,
            tables=(
                _table(published, table, grid, calls, _calls),
                _table(published, table, grid, shares, _share),
            ),
            definition=published.definition(table),
        )
    ]


def _grid(published: Published, table: str, slice: dict[str, str]) -> Grid:
    period = published.periods(table)[-1]
    return {
        (band, day): rows_of(
            published, table, period, {**slice, "day_type": day, "time_band": band}
        )
        for band in published.hierarchy(table, "time_band").codes
        for day in published.hierarchy(table, "day_type").codes
    }


def _table(
    published: Published,
    table: str,
    grid: Grid,
    caption: str,
    cell: Callable[[Rows, str], str | Cell],
) -> Table:
    """Times of day as rows, kinds of day as columns."""
    days, bands = (published.hierarchy(table, name).labels for name in ("day_type", "time_band"))
    unit = published.unit(table)
    rows = [
        [
            _("Any hour") if band == ALL else label,
            *(cell(grid[band, day], unit) for day in days),
        ]
        for band, label in bands.items()
    ]
    columns = [_("Time"), *(_("Any day") if day == ALL else label for day, label in days.items())]
    return Table(caption, columns, rows, frozenset({1, 2, 3}))


def _busiest(published: Published, table: str, grid: Grid) -> str:
    """The part of the day with the most calls; empty where one part is not shown, since it might be
    that one.
    """
    labels, unit = published.hierarchy(table, "time_band").labels, published.unit(table)
    counts = {
        band: rows["calls"][unit] for (band, day), rows in grid.items() if day == ALL and rows
    }
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
        year=words.period(published.periods(table)[-1]),
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
