"""Who was sent and who came, with the time stamps as logs have them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

STAMPED_MIDNIGHT, DISPATCHED_BEFORE_CALL = 0.04, 0.02
EARLY = pd.Timedelta(minutes=45)  # a dispatch that is stamped before its call
FAILS = 0.02  # of units that are not cancelled, those that record no arrival
STAYS = (24, 0.8)  # minutes on scene: median and spread
LETTERS = {"POLICE": "P", "EMS": "A", "CLINICIAN": "C", "MHW": "W"}
CANCELLED_BY, CANCELLED_SHARES = ["DISPATCH", "CALLER", ""], [0.6, 0.25, 0.15]


@dataclass(frozen=True)
class Sent:
    """Units of one kind, by call. wait, drive: median minutes from call to dispatch and from
    dispatch to arrival. cancelled: those on the way that were; None where the log does not say.
    """

    calls: np.ndarray
    kind: np.ndarray
    requested_by: np.ndarray
    wait: float
    drive: float
    cancelled: np.ndarray | None = None


def make(rng: np.random.Generator, incidents: pd.DataFrame) -> pd.DataFrame:
    """One row a unit and call; `call` is the row of the incident, as `teams.send` has it."""
    n, edp2, came = len(incidents), incidents["edp2"], incidents["team_came"].to_numpy()
    police = np.where(
        edp2,
        rng.random(n) < np.where(came, 0.93, 0.97),
        rng.random(n) < np.where(came, 0.09, 0.35),
    )
    ems = np.where(edp2, rng.random(n) < 0.55, rng.random(n) < 0.97)
    asked_by_team = ~edp2 & came & (rng.random(n) < 0.7)
    dispatch, cancelled = np.full(n, "DISPATCH"), incidents["team_cancelled"].to_numpy()
    requested_by = np.where(asked_by_team, "TEAM", "DISPATCH")
    sent = [
        Sent(police.astype(bool), np.full(n, "POLICE"), requested_by, wait=6, drive=8),
        Sent(ems.astype(bool), np.full(n, "EMS"), dispatch, wait=7, drive=10),
        Sent(came | cancelled, incidents["team"].to_numpy(), dispatch, 9, 14, cancelled),
    ]
    out = pd.concat([_rows(rng, incidents, one) for one in sent], ignore_index=True)
    return _spoil(rng, out.sort_values(["call", "Dispatched"], kind="stable", ignore_index=True))


def _rows(rng: np.random.Generator, incidents: pd.DataFrame, sent: Sent) -> pd.DataFrame:
    call = np.flatnonzero(sent.calls)
    n, kinds = len(call), sent.kind[call]
    received = pd.Series(incidents["Call Received"].to_numpy()[call])
    dispatched = received + _minutes(rng, sent.wait, 0.85, n)
    arrived = dispatched + _minutes(rng, sent.drive, 0.6, n)
    cleared = arrived + _minutes(rng, *STAYS, n)
    stopped = np.zeros(n, dtype=bool) if sent.cancelled is None else sent.cancelled[call]
    without_arrival = rng.random(n) < FAILS
    fails = without_arrival if sent.cancelled is None else stopped
    numbers = rng.integers(1, 60, n)
    return pd.DataFrame(
        {
            "call": call,
            "Incident Number": incidents["Incident Number"].to_numpy()[call],
            "Unit": [f"{LETTERS[k]}{i:02d}" for k, i in zip(kinds, numbers, strict=True)],
            "Unit Type": kinds,
            "Requested By": np.where(rng.random(n) < 0.05, "", sent.requested_by[call]),
            "Request Time": "",
            "Dispatched": dispatched,
            "Arrived": arrived.mask(fails),
            "Cleared": cleared.mask(fails),
            "Cancelled By": np.where(stopped, rng.choice(CANCELLED_BY, n, p=CANCELLED_SHARES), ""),
            "Officer ID": np.where(
                kinds == "POLICE", np.char.add("B", rng.integers(10_000, 99_999, n).astype(str)), ""
            ),
        }
    )


def _minutes(rng: np.random.Generator, median: float, spread: float, n: int) -> pd.Series:
    seconds = np.round(60 * rng.lognormal(np.log(median), spread, n))
    return pd.Series(pd.to_timedelta(seconds, unit="s"))


def _spoil(rng: np.random.Generator, out: pd.DataFrame) -> pd.DataFrame:
    """Stamps that logs get wrong."""
    midnight = (rng.random(len(out)) < STAMPED_MIDNIGHT) & out["Arrived"].notna()
    early = rng.random(len(out)) < DISPATCHED_BEFORE_CALL
    return out.assign(
        Arrived=out["Arrived"].mask(midnight, out["Arrived"].dt.normalize()),
        Dispatched=out["Dispatched"].mask(early, out["Dispatched"] - EARLY),
    )
