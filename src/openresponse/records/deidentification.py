"""The allow-list: what passes from a linked record to what may be counted."""

import pandas as pd

from openresponse.program import Program
from openresponse.records.schema import SAFE
from openresponse.tables import months

# Upper bounds (exclusive) of the age bands.
AGE_BANDS = (
    (18, "under_18"),
    (25, "18_to_24"),
    (45, "25_to_44"),
    (65, "45_to_64"),
    (121, "65_and_over"),
)
TIME_BANDS = ((6, "night"), (12, "morning"), (18, "afternoon"), (24, "evening"))


def deidentify(rows: pd.DataFrame, program: Program) -> pd.DataFrame:
    """Rows with only the columns of the allow-list: bins instead of values, months instead of
    times.

    rows: linked incidents or unit responses with `local` (local time of the call) and `month`.
    """
    out = rows.copy()
    grains: tuple[months.Grain, ...] = ("quarter", "year")
    for grain in grains:
        names = {month: months.within(month, grain) for month in out["month"].unique()}
        out[grain] = out["month"].map(names).astype("string")
    out["day_type"] = out["local"].dt.day_of_week.ge(5).map({True: "weekend", False: "weekday"})
    out["time_band"] = _band(out["local"].dt.hour, TIME_BANDS)
    if "age" in out:
        out["age_band"] = _band(out["age"], AGE_BANDS)
    if "followed_up_on" in out:
        day = out["local"].dt.tz_localize(None).dt.normalize()
        days = (out["followed_up_on"] - day).dt.days
        out["followup_days"] = days.where(days >= 0).astype("Int64")
        # A day that cannot be read, or lies before the call, is no proof that nobody followed up.
        wrong = out["followed_up_on_given"].fillna(False).astype(bool) & out["followup_days"].isna()
        out["followup_tracked"] = out["followup_tracked"].mask(wrong)
    return out[[column for column in SAFE if column in out.columns]].reset_index(drop=True)


def _band(values: pd.Series, bands: tuple[tuple[int, str], ...]) -> pd.Series:
    edges = [-1, *(upper - 1 for upper, _ in bands)]
    return pd.cut(values.astype("Float64"), bins=edges, labels=[name for _, name in bands]).astype(
        "string"
    )
