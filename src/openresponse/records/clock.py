"""The clock on the wall: local times as they are written, as moments in UTC, and by month."""

from datetime import tzinfo

import numpy as np
import pandas as pd

from openresponse.tables import months

DAY = pd.Timedelta(days=1)


def moments(text: pd.Series, zone: tzinfo) -> pd.Series:
    """Local times in ISO 8601 as moments in UTC; NaT where a text is none.

    Hours that do not exist (spring) move forward; hours that occur twice (autumn) are read as the
    first.
    """
    local = pd.to_datetime(text.where(text != ""), errors="coerce", format="ISO8601")
    return local.dt.tz_localize(
        zone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="shift_forward"
    ).dt.tz_convert("UTC")


def not_before(times: pd.Series, earlier: pd.Series) -> pd.Series:
    """Times of day whose date is that of another moment: what is earlier than that moment was on
    the next day.
    """
    return times.mask(times < earlier, times + DAY)


def at_midnight(times: pd.Series, zone: tzinfo) -> pd.Series:
    """Which moments are midnight to the second: a date without a time of day."""
    local = times.dt.tz_convert(zone)
    return (local == local.dt.normalize()).fillna(False)


def month(local: pd.Series) -> pd.Series:
    """The month, `2026-10`, of each local time; NA where there is none."""
    number = (local.dt.year * 12 + local.dt.month - 1).astype("Int64")
    names = {n: months.later("0000-01", int(n)) for n in number.dropna().unique()}
    return number.map(names).astype("string")
