"""Which rows belong to which period, at the grain of a table in time."""

import pandas as pd

from openresponse.program import Table
from openresponse.records.collection import Records
from openresponse.tables import months


def periods(records: Records, spec: Table, release: str) -> list[str]:
    """The complete periods whose figures are known at `release`, in order, also those without a
    row.
    """
    grain = spec.period
    if grain == "all":
        first, last = records.months[0][:4], records.months[-1][:4]
        return [f"{first}/{last}" if first != last else first]
    known = [m for m in records.months if m <= months.later(release, -spec.lag_months)]
    return sorted(
        months.complete(known, grain) if grain == "quarter" or grain == "year" else set(known)
    )


def by_period(records: Records, spec: Table, release: str) -> pd.DataFrame:
    """Rows with `period`, of these periods only."""
    rows, of = records.rows, periods(records, spec, release)
    if spec.period == "all":
        return rows.assign(period=of[0])
    return rows[rows[spec.period].isin(of)].assign(period=lambda chosen: chosen[spec.period])


def deliveries_by_period(records: Records, spec: Table) -> pd.DataFrame:
    """What became of the rows delivered, with `period`: of the months of delivery, or of longer
    periods that are complete.
    """
    rows, grain = records.handling[records.handling["period"].notna()], spec.period
    if grain == "all":
        return rows.assign(period=periods(records, spec, records.months[-1])[0])
    if grain != "quarter" and grain != "year":
        return rows
    longer = {month: months.within(month, grain) for month in rows["period"].unique()}
    period = rows["period"].map(longer).astype("string")
    return rows.assign(period=period)[period.isin(months.complete(records.months, grain))]
