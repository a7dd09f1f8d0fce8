"""Public tables of times: how many were timed, and the quantiles that enough of them carry."""

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.measures.counting.counted import Counted
from openresponse.measures.response_times import NOT_TIMED, QUANTILES, TIMED
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
    columns = [
        each
        for column in (name, TIMED, NOT_TIMED, "share_not_timed", *QUANTILES)
        for each in (column, f"{column}_status")
    ]
    return out[[*by, "interval", *columns]]
