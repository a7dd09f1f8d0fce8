"""In which month's delivery each row arrives: most in their own, some late, some twice."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

PARTIAL, LAST_DAY = "2025-02", 17  # this delivery stops on that day; the rest comes with the next
LATE, DUPLICATED = 0.015, 0.005
RESTATED = ("encounters", "epcr")  # delivered again with what happened after the contact
# Columns of our own, which no file has.
OURS = [
    "edp2",
    "district",
    "person",
    "first",
    "last",
    "team",
    "team_came",
    "team_cancelled",
    "call",
]


def split(
    rng: np.random.Generator, span: pd.PeriodIndex, files: Mapping[str, pd.DataFrame]
) -> dict[str, dict[str, pd.DataFrame]]:
    """Month to the files of its delivery. files: by name, `incidents` first, the others with
    `call`, the row of the incident.
    """
    incidents = files["incidents"]
    own_or_next = _own_or_next(incidents["Call Received"])
    deliveries: dict[str, dict[str, pd.DataFrame]] = {str(month): {} for month in span}
    for name, frame in files.items():
        call = incidents.index if name == "incidents" else frame["call"]
        arrives = own_or_next.loc[call].reset_index(drop=True)
        late = rng.random(len(frame)) < LATE
        arrives = arrives.where(~late, arrives + rng.integers(1, 3))
        rows = frame.reset_index(drop=True)
        if name in RESTATED:
            rows, arrives = _restated(rows, arrives)
        twice = rng.random(len(rows)) < DUPLICATED
        order = np.sort(np.concatenate([np.arange(len(rows)), np.flatnonzero(twice)]))
        rows, arrives = rows.iloc[order], arrives.iloc[order]
        public = rows.drop(columns=[column for column in OURS if column in rows])
        for month in span:
            deliveries[str(month)][name] = public[(arrives == month).to_numpy()]
    return deliveries


def add(deliveries: Mapping[str, dict[str, pd.DataFrame]], further: pd.DataFrame) -> None:
    """Further rows of incidents, each in the delivery of its call."""
    for month, rows in further.groupby(_own_or_next(further["Call Received"]).astype(str)):
        if month in deliveries:
            there = deliveries[month]["incidents"]
            deliveries[month]["incidents"] = pd.concat([there, rows[there.columns]])


def _own_or_next(received: pd.Series) -> pd.Series:
    """The month of each call, or the next one where the delivery of its own had stopped."""
    own = received.dt.to_period("M")
    held = (own == PARTIAL) & (received.dt.day > LAST_DAY)
    return own.where(~held, own + 1)


def _restated(rows: pd.DataFrame, arrives: pd.Series) -> tuple[pd.DataFrame, pd.Series]:
    """A record is first delivered without what happened after its month; the next delivery says it
    again with that.
    """
    after = pd.to_datetime(rows["Followed Up On"].replace("", None)).dt.to_period("M") > arrives
    news = after.fillna(False) | (rows["Referral"] == "Completed")
    first = rows.copy()
    first.loc[after.fillna(False), "Followed Up On"] = ""
    first.loc[rows["Referral"] == "Completed", "Referral"] = "Accepted"
    both = pd.concat([first, rows[news]], ignore_index=True)
    return both, pd.concat([arrives, (arrives + 1)[news]], ignore_index=True)
