"""In which month's drop each row arrives: most in their own, some late, some twice."""

import numpy as np
import pandas as pd

PARTIAL, LAST_DAY = "2025-02", 17  # this delivery stops on that day; the rest comes with the next
LATE, DUPLICATED = 0.015, 0.005
LATER_FACTS = ["Referral", "Followed Up On", "Follow-up Tracked"]
OURS = ["edp2", "district", "person", "first", "last", "team", "team_came", "call"]


def split(
    rng: np.random.Generator,
    span: pd.PeriodIndex,
    incidents: pd.DataFrame,
    units: pd.DataFrame,
    encounters: pd.DataFrame,
    epcr: pd.DataFrame,
) -> dict[str, dict[str, pd.DataFrame]]:
    """Month to the four files of its drop."""
    own = incidents["Call Received"].dt.to_period("M")
    held = (own == PARTIAL) & (incidents["Call Received"].dt.day > LAST_DAY)
    own_or_next = own.where(~held, own + 1)
    drops: dict[str, dict[str, list]] = {str(m): {} for m in span}
    frames = {
        "incidents": incidents.assign(call=incidents.index),
        "units": units,
        "encounters": encounters,
        "epcr": epcr,
    }
    for name, frame in frames.items():
        arrives = own_or_next.loc[frame["call"]].reset_index(drop=True)
        late = rng.random(len(frame)) < LATE
        arrives = arrives.where(~late, arrives + rng.integers(1, 3))
        rows = frame.reset_index(drop=True)
        if name in ("encounters", "epcr"):
            rows, arrives = _restated(rows, arrives, own.loc[frame["call"]].reset_index(drop=True))
        twice = rng.random(len(rows)) < DUPLICATED
        order = np.sort(np.concatenate([np.arange(len(rows)), np.flatnonzero(twice)]))
        rows, arrives = rows.iloc[order], arrives.iloc[order]
        public = rows.drop(columns=[c for c in OURS if c in rows])
        for month in span:
            drops[str(month)][name] = public[(arrives == month).to_numpy()]
    return drops


def _restated(
    rows: pd.DataFrame, arrives: pd.Series, month: pd.Series
) -> tuple[pd.DataFrame, pd.Series]:
    """A record is first delivered without what happened after its month; the next drop says it
    again with that.
    """
    after = pd.to_datetime(rows["Followed Up On"].replace("", None)).dt.to_period("M") > arrives
    news = after.fillna(False) | (rows["Referral"] == "Completed")
    first = rows.copy()
    first.loc[after.fillna(False), "Followed Up On"] = ""
    first.loc[rows["Referral"] == "Completed", "Referral"] = "Accepted"
    both = pd.concat([first, rows[news]], ignore_index=True)
    return both, pd.concat([arrives, (arrives + 1)[news]], ignore_index=True)
