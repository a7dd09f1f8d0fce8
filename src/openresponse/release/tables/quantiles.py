"""Public tables of times: how many were timed, and the quantiles that enough of them carry."""

from collections.abc import Sequence

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.measures.counting.counted import Counted
from openresponse.measures.response_times import NOT_TIMED, QUANTILES, TIMED, UNIT_HOURS
from openresponse.program import Table
from openresponse.release.tables.columns import NOT_APPLICABLE, PROVISIONAL, SHOWN, WITHHELD
from openresponse.release.tables.shares import share
from openresponse.tables.hierarchy import ALL


def of_times(part: Counted, cells: pd.DataFrame, spec: Table, rule: Rule) -> pd.DataFrame:
    """One row a group: all, timed, not timed, and the quantiles. cells: `count`, empty where
    withheld, and `count_status`.
    """
    name, by = part.counts.universe, ["period", *spec.by]
    out = cells[by].drop_duplicates().assign(interval=part.part)
    for code, column in ((ALL, name), (TIMED, TIMED), (NOT_TIMED, NOT_TIMED)):
        figures = cells.loc[cells[part.category] == code, [*by, "count", "count_status"]]
        figures = figures.set_axis([*by, column, f"{column}_status"], axis="columns")
        out = out.merge(figures, how="left", on=by, validate="1:1")
    out["share_not_timed"], out["share_not_timed_status"] = share(out, NOT_TIMED, name, rule)
    out = out.merge(part.quantiles, how="left", on=by, validate="1:1")
    provisional = out[f"{name}_status"] == PROVISIONAL
    for quantile, q in QUANTILES.items():
        carried = out["carried_by"].fillna(0) >= rule.quantile_needs(q)
        out[quantile] = out[quantile].astype("Float64").where(carried)
        out[f"{quantile}_status"] = (
            provisional.map({True: PROVISIONAL, False: SHOWN})
            .astype("string")
            .mask(~carried, WITHHELD)
            .mask((out[TIMED] == 0).fillna(False), NOT_APPLICABLE)
        )
    names = [name, TIMED, NOT_TIMED, "share_not_timed", *QUANTILES]
    if UNIT_HOURS in out:
        names.append(UNIT_HOURS)
        out[UNIT_HOURS], out[f"{UNIT_HOURS}_status"] = _hours(out, spec.by)
    columns = [each for column in names for each in (column, f"{column}_status")]
    return out[[*by, "interval", *columns]]


def _hours(out: pd.DataFrame, by: Sequence[str]) -> tuple[pd.Series, pd.Series]:
    """The hours of each group, and their status: that of how many were timed.

    Where one group of a period is withheld only the hours of the whole are shown: what is missing
    to them would be those of the group, and say about how many it was.
    """
    status = out[f"{TIMED}_status"]
    withheld = status == WITHHELD
    is_group = pd.Series(False, index=out.index)
    for name in by:
        is_group |= out[name] != ALL
    withheld |= is_group & withheld.groupby(out["period"]).transform("any")
    hours = out[UNIT_HOURS].astype("Int64").fillna(0).mask(withheld)
    return hours, status.mask(withheld, WITHHELD)
