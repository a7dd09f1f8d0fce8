"""The clock on the wall: local times as moments in UTC, and by month."""

from datetime import tzinfo

import numpy as np
import pandas as pd

from openresponse.tables import months

DAY, HOUR = pd.Timedelta(days=1), pd.Timedelta(hours=1)
# No system of dispatch has records from before or after. Databases write their first or last day
# where nothing was recorded: 1753 and 9999 in SQL Server, 1899 in Access and Excel, 1970 in Unix.
FIRST_YEAR, LAST_YEAR = 1971, 2078


def moments(local: pd.Series, zone: tzinfo) -> pd.Series:
    """Local times as moments in UTC; NaT where there is none, or its year is not in use.

    Hours that do not exist (spring) are those of a clock that was not put forward; hours that occur
    twice (autumn) are read as the first.
    """
    return (
        in_use(local)
        .dt.tz_localize(zone, ambiguous=np.ones(len(local), dtype=bool), nonexistent=HOUR)
        .dt.tz_convert("UTC")
    )


def in_use(times: pd.Series) -> pd.Series:
    """Times without those of years in which no record can be."""
    return times.where(times.dt.year.between(FIRST_YEAR, LAST_YEAR))


def not_before(times: pd.Series, earlier: pd.Series) -> pd.Series:
    """Times of day whose date is that of another moment: what is earlier than that moment was on
    the next day.
    """
    return times.mask(times < earlier, times + DAY)


def repeated(times: pd.Series, zone: tzinfo) -> pd.Series:
    """Which moments are in the first of two hours with the same local times (autumn)."""
    hours = times.dt.floor("h")
    each = hours.dropna().drop_duplicates()
    local, later = (
        moment.dt.tz_convert(zone).dt.tz_localize(None) for moment in (each, each + HOUR)
    )
    return hours.isin(each[local == later])


def at_midnight(times: pd.Series, zone: tzinfo) -> pd.Series:
    """Which moments are midnight to the second: a date without a time of day."""
    local = times.dt.tz_convert(zone)
    return (local == local.dt.normalize()).fillna(False)


def month(local: pd.Series) -> pd.Series:
    """The month, `2026-10`, of each local time; NA where there is none."""
    number = (local.dt.year * 12 + local.dt.month - 1).astype("Int64")
    names = {n: months.later("0000-01", int(n)) for n in number.dropna().unique()}
    return number.map(names).astype("string")
