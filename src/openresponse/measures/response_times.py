"""Response times: how many were timed, the middle one, and the one that nine in ten stay under."""

import pandas as pd

from openresponse.measures.measure import choose
from openresponse.tables.hierarchy import Node, Tree

QUANTILES = {"median_minutes": 0.5, "p90_minutes": 0.9}
DECIMALS = 1
# The time until the team came is asked of the calls it came to; every other interval of all calls.
WHERE = {"call_to_team_arrival": (("stage", "arrived"),)}


def tree(interval: str, unit: str) -> Tree:
    """Timed and not timed under all; each interval is a dimension of its own."""
    return Tree(
        f"{interval}_timed",
        (
            Node("all", f"All {unit}"),
            Node("timed", "Timed", "all"),
            Node("not_timed", "Not timed", "all"),
        ),
    )


def timed(rows: pd.DataFrame, interval: str) -> pd.Series:
    """Minutes between two moments of the response.

    Counts: incidents of the group; `timed` are those with both moments, in a possible order and at
    most a day apart.
    Share of: all of the group (`share_not_timed`).
    Leaves out: for the arrival of the team, calls it did not come to; what could not be timed is
    counted as `not_timed`.
    Not recorded: a missing moment, an arrival stamped 00:00:00, or a dispatch before the call.

    Counts: unit responses of the group; `timed` are those with both moments, in a possible order
    and at most a day apart.
    Share of: all of the group (`share_not_timed`).
    Leaves out: nothing; what could not be timed is counted as `not_timed`.
    Not recorded: a missing moment, an arrival stamped 00:00:00, or a dispatch before the call.
    """
    code = choose(rows, (rows[interval].notna(), "timed"), otherwise="not_timed")
    return code.where(rows["team_arrived"]) if interval in WHERE else code


def quantiles(rows: pd.DataFrame, interval: str, keys: list[str]) -> pd.DataFrame:
    """Median and 90th percentile in minutes for each group of `keys`, and `carried_by`, how many
    were timed: they decide whether a quantile may be shown."""
    groups = rows.dropna(subset=[interval]).groupby(keys, observed=True)[interval]
    return pd.DataFrame(
        {"carried_by": groups.size()}
        | {name: groups.quantile(q).round(DECIMALS) for name, q in QUANTILES.items()}
    ).reset_index()
