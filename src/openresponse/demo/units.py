"""Who was sent and who came, with the time stamps as logs have them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

STAMPED_MIDNIGHT, DISPATCHED_BEFORE_CALL = 0.04, 0.02
EARLY = pd.Timedelta(minutes=45)  # a dispatch that is stamped before its call
FAILS = 0.02  # of police and EMS units, those that record no arrival
STAYS = (24, 0.8)  # minutes on scene: median and spread
TOGETHER = (5, 15)  # minutes for which all units of a call that a team comes to are there
LETTERS = {"POLICE": "P", "EMS": "A", "CLINICIAN": "C", "MHW": "W"}
CANCELLED_BY, CANCELLED_SHARES = ["DISPATCH", "CALLER", ""], [0.6, 0.25, 0.15]


@dataclass(frozen=True)
class Sent:
    """Units of one kind, by call. since: when they are asked for. wait, drive: median minutes from
    then to dispatch and from dispatch to arrival. comes: those that record an arrival. cancelled:
    those that were cancelled on the way.
    """

    calls: np.ndarray
    kind: np.ndarray
    requested_by: np.ndarray
    since: pd.Series
    wait: float
    drive: float
    comes: np.ndarray
    cancelled: np.ndarray


def make(rng: np.random.Generator, incidents: pd.DataFrame) -> pd.DataFrame:
    """One row a unit and call; `call` is the row of the incident, as `teams.send` has it. EMS goes
    with every mental-health worker. Police whom a team asks for are sent after it came.
    """
    n, edp2, came = len(incidents), incidents["edp2"], incidents["team_came"].to_numpy()
    police = np.where(
        edp2,
        rng.random(n) < np.where(came, 0.93, 0.97),
        rng.random(n) < np.where(came, 0.09, 0.35),
    ).astype(bool)
    with_worker = (~edp2 & came).to_numpy()
    ems = np.where(edp2, rng.random(n) < 0.55, with_worker | (rng.random(n) < 0.97)).astype(bool)
    asked_by_team = with_worker & (rng.random(n) < 0.7)
    log_police, log_ems = rng.random((2, n)) >= FAILS
    received, dispatch = incidents["Call Received"], np.full(n, "DISPATCH")
    requested_by = np.where(asked_by_team, "TEAM", "DISPATCH")
    never, cancelled = np.zeros(n, dtype=bool), incidents["team_cancelled"].to_numpy()
    kind = incidents["team"].to_numpy()
    team = _rows(
        rng, incidents, Sent(came | cancelled, kind, dispatch, received, 9, 14, came, cancelled)
    )
    asked = received.mask(asked_by_team, team.set_index("call")["Arrived"].reindex(received.index))
    others = [
        Sent(police, np.full(n, "POLICE"), requested_by, asked, 6, 8, log_police, never),
        Sent(ems, np.full(n, "EMS"), dispatch, received, 7, 10, with_worker | log_ems, never),
    ]
    out = pd.concat([team, *(_rows(rng, incidents, sent) for sent in others)], ignore_index=True)
    out = out.sort_values(["call", "Dispatched"], kind="stable", ignore_index=True)
    return _until_all_were_there(rng, out, came)


def arrivals(units: pd.DataFrame) -> pd.DataFrame:
    """When a unit of each kind came, by call; NaT where none did."""
    return units.groupby(["call", "Unit Type"])["Arrived"].min().unstack()


def spoiled(rng: np.random.Generator, units: pd.DataFrame) -> pd.DataFrame:
    """The same with stamps that logs get wrong."""
    midnight = (rng.random(len(units)) < STAMPED_MIDNIGHT) & units["Arrived"].notna()
    early = rng.random(len(units)) < DISPATCHED_BEFORE_CALL
    return units.assign(
        Arrived=units["Arrived"].mask(midnight, units["Arrived"].dt.normalize()),
        Dispatched=units["Dispatched"].mask(early, units["Dispatched"] - EARLY),
    )


def _rows(rng: np.random.Generator, incidents: pd.DataFrame, sent: Sent) -> pd.DataFrame:
    call = np.flatnonzero(sent.calls)
    n, kinds = len(call), sent.kind[call]
    dispatched = sent.since.iloc[call].reset_index(drop=True) + _minutes(rng, sent.wait, 0.85, n)
    arrived = dispatched + _minutes(rng, sent.drive, 0.6, n)
    cleared = arrived + _minutes(rng, *STAYS, n)
    comes, cancelled = sent.comes[call], sent.cancelled[call]
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
            "Arrived": arrived.where(comes),
            "Cleared": cleared.where(comes),
            "Cancelled By": np.where(
                cancelled, rng.choice(CANCELLED_BY, n, p=CANCELLED_SHARES), ""
            ),
            "Officer ID": np.where(
                kinds == "POLICE", np.char.add("B", rng.integers(10_000, 99_999, n).astype(str)), ""
            ),
        }
    )


def _minutes(rng: np.random.Generator, median: float, spread: float, n: int) -> pd.Series:
    seconds = np.round(60 * rng.lognormal(np.log(median), spread, n))
    return pd.Series(pd.to_timedelta(seconds, unit="s"))


def _until_all_were_there(
    rng: np.random.Generator, units: pd.DataFrame, came: np.ndarray
) -> pd.DataFrame:
    """The same, where nobody leaves a call that a team comes to before the last unit is there."""
    some = pd.to_timedelta(60 * rng.integers(*TOGETHER, len(units)), unit="s")
    until = units.groupby("call")["Arrived"].transform("max") + some
    leaves = came[units["call"]] & (units["Cleared"] < until)
    return units.assign(Cleared=units["Cleared"].mask(leaves, until))
