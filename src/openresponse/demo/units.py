"""Who was sent and who came, with the time stamps as logs have them."""

import numpy as np
import pandas as pd

from openresponse.demo.calls import NEW_VOCABULARY

# From when co-response operates in a district; alternative response is citywide from its launch.
CO_RESPONSE = {
    "A-1": "2024-11",
    "B-2": "2024-11",
    "B-3": "2025-05",
    "C-11": "2025-05",
    "D-4": "2025-05",
}
CO_RESPONSE_ELSEWHERE = "2025-11"
ALTERNATIVE = "2025-01"
CLINICIAN_COMES, WORKER_COMES = (
    (0.55, 0.80),
    (0.60, 0.85),
)  # share of eligible calls, first month to last
REASONS = np.array(["NO TEAM ON DUTY", "ALL TEAMS BUSY", "SCENE NOT SAFE", "CALLER DECLINED", ""])
REASON_SHARES = (0.28, 0.32, 0.10, 0.06, 0.24)
STAMPED_MIDNIGHT, DISPATCHED_BEFORE_CALL = 0.04, 0.02


def make(rng: np.random.Generator, incidents: pd.DataFrame) -> pd.DataFrame:
    """One row a unit and call; writes `Not Sent Reason`, `team` and `team_came` into `incidents`."""
    n = len(incidents)
    month = incidents["Call Received"].dt.strftime("%Y-%m")
    launched = incidents["district"].map(CO_RESPONSE).fillna(CO_RESPONSE_ELSEWHERE)
    co = incidents["edp2"] & (month >= launched)
    alternative = ~incidents["edp2"] & (month >= ALTERNATIVE)
    ramp = np.linspace(0, 1, n)
    comes = np.where(
        co, np.interp(ramp, (0, 1), CLINICIAN_COMES), np.interp(ramp, (0, 1), WORKER_COMES)
    )
    eligible = (co | alternative).to_numpy()
    came = eligible & (rng.random(n) < comes)
    cancelled = eligible & ~came & (rng.random(n) < 0.30)
    incidents["team"] = np.where(co, "CLINICIAN", np.where(alternative, "MHW", ""))
    incidents["team_came"] = came
    silent = eligible & ~came & ~cancelled
    reason = rng.choice(REASONS, n, p=REASON_SHARES)
    reason = np.where(
        incidents["Call Received"] >= NEW_VOCABULARY, np.char.title(reason.astype(str)), reason
    )
    incidents["Not Sent Reason"] = np.where(silent, reason, "")

    police = np.where(
        incidents["edp2"],
        rng.random(n) < np.where(co & came, 0.93, 0.97),
        rng.random(n) < np.where(alternative & came, 0.09, 0.35),
    )
    ems = np.where(incidents["edp2"], rng.random(n) < 0.55, rng.random(n) < 0.97)
    by_team = ~incidents["edp2"] & came & (rng.random(n) < 0.7)
    rows = [
        _rows(
            rng,
            incidents,
            police.astype(bool),
            "POLICE",
            np.where(by_team, "TEAM", "DISPATCH"),
            wait=6,
            drive=8,
        ),
        _rows(rng, incidents, ems.astype(bool), "EMS", np.full(n, "DISPATCH"), wait=7, drive=10),
        _rows(
            rng,
            incidents,
            came | cancelled,
            incidents["team"].to_numpy(),
            np.full(n, "DISPATCH"),
            wait=9,
            drive=14,
            cancelled=cancelled,
        ),
    ]
    out = pd.concat(rows, ignore_index=True).sort_values(
        ["call", "Dispatched"], kind="stable", ignore_index=True
    )
    return _spoil(rng, out)


def _rows(rng, incidents, sent, kind, requested_by, *, wait, drive, cancelled=None) -> pd.DataFrame:
    """Units of one kind; `wait` and `drive` are median minutes from call to dispatch and from
    dispatch to arrival.
    """
    call = np.flatnonzero(sent)
    n = len(call)
    received = incidents["Call Received"].to_numpy()[call]
    dispatched = (
        received
        + pd.to_timedelta(np.round(60 * rng.lognormal(np.log(wait), 0.85, n)), unit="s").to_numpy()
    )
    arrived = pd.Series(
        dispatched
        + pd.to_timedelta(np.round(60 * rng.lognormal(np.log(drive), 0.6, n)), unit="s").to_numpy()
    )
    cleared = arrived + pd.to_timedelta(np.round(60 * rng.lognormal(np.log(24), 0.8, n)), unit="s")
    kinds = np.broadcast_to(kind, len(incidents))[call]
    stopped = np.zeros(n, dtype=bool) if cancelled is None else cancelled[call]
    fails = stopped | (rng.random(n) < 0.02)
    if cancelled is not None:
        fails = stopped
    letters = {"POLICE": "P", "EMS": "A", "CLINICIAN": "C", "MHW": "W"}
    unit = np.array(
        [f"{letters[k]}{i:02d}" for k, i in zip(kinds, rng.integers(1, 60, n), strict=True)]
    )
    return pd.DataFrame(
        {
            "call": call,
            "Incident Number": incidents["Incident Number"].to_numpy()[call],
            "Unit": unit,
            "Unit Type": kinds,
            "Requested By": np.where(rng.random(n) < 0.05, "", np.asarray(requested_by)[call]),
            "Request Time": "",
            "Dispatched": dispatched,
            "Arrived": arrived.mask(fails),
            "Cleared": cleared.mask(fails),
            "Cancelled By": np.where(
                stopped, rng.choice(["DISPATCH", "CALLER", ""], n, p=[0.6, 0.25, 0.15]), ""
            ),
            "Officer ID": np.where(
                kinds == "POLICE", np.char.add("B", rng.integers(10_000, 99_999, n).astype(str)), ""
            ),
        }
    )


def _spoil(rng, out: pd.DataFrame) -> pd.DataFrame:
    """Stamps that logs get wrong."""
    midnight = (rng.random(len(out)) < STAMPED_MIDNIGHT) & out["Arrived"].notna()
    out["Arrived"] = out["Arrived"].mask(midnight, out["Arrived"].dt.normalize())
    early = rng.random(len(out)) < DISPATCHED_BEFORE_CALL
    out["Dispatched"] = out["Dispatched"].mask(early, out["Dispatched"] - pd.Timedelta(minutes=45))
    return out
