"""Response times: how many were timed, the middle one, and the one that nine in ten stay under."""

import pandas as pd

from openresponse.measures.measure import choose, definition
from openresponse.records.intervals import Interval
from openresponse.tables.hierarchy import ALL, Hierarchy, Node

TIMED, NOT_TIMED = "timed", "not_timed"
QUANTILES = {"median_minutes": 0.5, "p90_minutes": 0.9}
DECIMALS = 1
UNIT_HOURS = "unit_hours"  # the time of all units together, in a table of times spent
SPENT = (
    "unit hours (`unit_hours`) add up what each unit spent between its own arrival and its leaving,"
    " so that two units that stay an hour are two hours, and a unit that logged only one of the two"
    " adds nothing."
)
# How the definition of an interval asked of all calls begins what it leaves out.
NOTHING = "nothing"


def hierarchy(interval: Interval, universe: str) -> Hierarchy:
    """Timed and not timed under all; each interval is a dimension of its own."""
    return Hierarchy(
        f"{interval.name}_timed",
        (
            Node(ALL, universe.replace("_", " ").capitalize()),
            Node(TIMED, "Timed", ALL),
            Node(NOT_TIMED, "Not timed", ALL),
        ),
    )


def timed(rows: pd.DataFrame, interval: Interval) -> pd.Series:
    """Minutes between two moments of the response.

    Counts: incidents of the group; `timed` are those with both moments, in a possible order and at
    most a day apart.
    Share of: all of the group (`share_not_timed`).
    Leaves out: nothing; what could not be timed is counted as `not_timed`.
    Not recorded: a missing moment, an arrival stamped 00:00:00, or a unit with any moment out of
    order, as a dispatch before the call.

    Counts: unit responses of the group; `timed` are those with both moments, in a possible order
    and at most a day apart.
    Share of: all of the group (`share_not_timed`).
    Leaves out: nothing; what could not be timed is counted as `not_timed`.
    Not recorded: a missing moment, an arrival stamped 00:00:00, or an arrival before the dispatch.
    """
    code = choose(rows, (rows[interval.name].notna(), TIMED), otherwise=NOT_TIMED)
    return code if interval.among is None else code.where(rows[interval.among.column])


def stated(interval: Interval, universe: str = "incidents") -> dict[str, str]:
    """The definition of an interval's counts: that of all, and the calls it is not asked of."""
    lines = definition(timed, universe)
    if interval.spent:
        lines["counts"] = f"{lines['counts'].rstrip('.')}; {SPENT}"
    if interval.among is not None:
        rest = lines["excludes"].removeprefix(NOTHING)
        lines["excludes"] = f"{interval.among.leaves_out}{rest}"
    return lines


def quantiles(rows: pd.DataFrame, interval: str, keys: list[str], spent: str = "") -> pd.DataFrame:
    """Median and 90th percentile in minutes for each group of `keys`, and `carried_by`, how many
    were timed: they decide whether a quantile may be shown. spent: the column of minutes that are
    added up to whole hours, of those timed alone.
    """
    timed = rows.dropna(subset=[interval]).groupby(keys, observed=True)
    figures = {"carried_by": timed.size()} | {
        name: timed[interval].quantile(q).round(DECIMALS) for name, q in QUANTILES.items()
    }
    if spent:
        figures[UNIT_HOURS] = (timed[spent].sum() / 60).round().astype("Int64")
    return pd.DataFrame(figures).reset_index()
