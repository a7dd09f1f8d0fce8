"""What the units and the contact record say about each incident, one row an incident."""

import numpy as np
import pandas as pd

TOGETHER = pd.Timedelta(minutes=1)  # arrivals closer than this count as arriving together


def arrivals(units: pd.DataFrame, zone) -> pd.DataFrame:
    """Units with `came` (an arrival was recorded) and `arrived` emptied where the stamp is midnight
    exactly.
    """
    local = units["arrived"].dt.tz_convert(zone)
    stamped = (local == local.dt.normalize()).fillna(False)
    return units.assign(came=units["arrived_given"], arrived=units["arrived"].mask(stamped))


def minutes(later: pd.Series, earlier: pd.Series) -> pd.Series:
    """Minutes from `earlier` to `later`; NA where either is missing, the order is impossible, or
    over a day.
    """
    value = (later - earlier).dt.total_seconds() / 60
    return value.where((value >= 0) & (value <= 24 * 60)).astype("Float64")


def who_came(units: pd.DataFrame, incidents: pd.DataFrame) -> pd.DataFrame:
    """Presence, requests and times by incident.

    units: `incident` (index of its incident), `unit_type`, `requested_by`, `dispatched`, `arrived`,
    `came`, `cancelled_by`. incidents: `received`, `model`, and `team` (unit type of the model's
    team, or NA).
    """
    out = pd.DataFrame(index=incidents.index)
    by_type = {kind: units[units["unit_type"] == kind] for kind in ("police", "ems")}
    for kind in ("police", "ems"):
        rows = by_type[kind]
        out[f"{kind}_on_scene"] = out.index.isin(rows.loc[rows["came"], "incident"])
    police = by_type["police"]
    dispatch = out.index.isin(police.loc[police["requested_by"] == "dispatch", "incident"])
    team = out.index.isin(police.loc[police["requested_by"] == "team", "incident"])
    out["police_requested_by"] = pd.Series(
        np.select([dispatch, team], ["dispatch", "team"], ""), out.index, dtype="string"
    ).replace("", pd.NA)

    teams = units[
        (units["unit_type"] == units["incident"].map(incidents["team"])).fillna(False).astype(bool)
    ]
    out["team_sent"] = out.index.isin(teams["incident"])
    out["team_arrived"] = out.index.isin(teams.loc[teams["came"], "incident"])
    out["team_cancelled"] = (
        out.index.isin(teams.loc[teams["cancelled_by"].notna(), "incident"]) & ~out["team_arrived"]
    )

    dispatched = units.groupby("incident")["dispatched"].min().reindex(out.index)
    arrived = units.groupby("incident")["arrived"].min().reindex(out.index)
    team_arrival = teams.groupby("incident")["arrived"].min().reindex(out.index)
    police_arrival = police.groupby("incident")["arrived"].min().reindex(out.index)
    out["team_order"] = _order(team_arrival, police_arrival, out)
    out["call_to_dispatch"] = minutes(dispatched, incidents["received"])
    out["dispatch_to_arrival"] = minutes(arrived, dispatched)
    out["call_to_arrival"] = minutes(arrived, incidents["received"])
    out["call_to_team_arrival"] = minutes(team_arrival, incidents["received"])
    return out


def _order(team: pd.Series, police: pd.Series, came: pd.DataFrame) -> pd.Series:
    """Whether the team arrived before, with or after police, by the first arrival of each."""
    gap = team - police
    choices = [
        ~came["team_arrived"],
        ~came["police_on_scene"],
        gap.isna(),
        gap.abs() < TOGETHER,
        gap < pd.Timedelta(0),
    ]
    answers = ["", "no_police", "order_not_recorded", "with_police", "before_police"]
    order = pd.Series(np.select(choices, answers, "after_police"), came.index, dtype="string")
    return order.replace("", pd.NA)


def repeats(contacts: pd.DataFrame) -> pd.DataFrame:
    """`person_known` and `repeat`: the same person had an earlier contact in the 30 days before.

    contacts: `person`, `received`. Persons are compared here and nowhere kept.
    """
    known = contacts.dropna(subset=["person"]).sort_values("received")
    since = known.groupby("person")["received"].diff()
    repeat = (since <= pd.Timedelta(days=30)).reindex(contacts.index, fill_value=False)
    return pd.DataFrame({"person_known": contacts["person"].notna(), "repeat": repeat})
