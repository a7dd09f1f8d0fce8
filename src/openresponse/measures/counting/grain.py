"""Which rows belong to which period, at the grain of a table in time."""

import pandas as pd

from openresponse.program import Table
from openresponse.records.collection import Records
from openresponse.tables import months


def by_period(records: Records, spec: Table, release: str) -> pd.DataFrame:
    """Rows with `period`, of complete periods whose figures are known at `release` only."""
    rows, grain = records.rows, spec.period
    if grain == "all":
        first, last = records.months[0][:4], records.months[-1][:4]
        return rows.assign(period=f"{first}/{last}" if first != last else first)
    known = [m for m in records.months if m <= months.later(release, -spec.lag_months)]
    periods = months.complete(known, grain) if grain == "quarter" or grain == "year" else set(known)
    return rows[rows[grain].isin(periods)].assign(period=lambda chosen: chosen[grain])


def deliveries_by_period(records: Records, spec: Table) -> pd.DataFrame:
    """What became of the rows delivered, with `period`: of the months of delivery, or of quarters
    that are complete.
    """
    rows = records.handling[records.handling["period"].notna()]
    if spec.period != "quarter":
        return rows
    quarters = {month: months.within(month, "quarter") for month in rows["period"].unique()}
    quarter = rows["period"].map(quarters).astype("string")
    return rows.assign(period=quarter)[quarter.isin(months.complete(records.months, "quarter"))]
