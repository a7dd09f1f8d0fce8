"""What the units and the contact record say about each incident, one row an incident."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from openresponse.records import intervals

TOGETHER = pd.Timedelta(minutes=1)  # arrivals closer than this count as arriving together
TOGETHER_IN = r"\s*\+\s*"  # between the unit types of one car: `police + clinician`
REPEAT_WITHIN = pd.Timedelta(days=30)


def by_kind(units: pd.DataFrame, incidents: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The units of the incidents: `any`, `police`, `ems`, and `team`, which is the
    clinician, worker or peer of the incident's model.

    units: `incident` (index of its incident), `unit_type`, which names several where one car holds
    them. incidents: `team` (unit type or NA).
    """
    crews = units.assign(unit_type=units["unit_type"].str.split(TOGETHER_IN)).explode("unit_type")
    team = (crews["unit_type"] == crews["incident"].map(incidents["team"])).fillna(False)
    return {
        "any": units,
        "police": crews[crews["unit_type"] == "police"],
        "ems": crews[crews["unit_type"] == "ems"],
        "team": crews[team.astype(bool)],
    }


def who_came(units: Mapping[str, pd.DataFrame], incidents: pd.DataFrame) -> pd.DataFrame:
    """Who was sent, who asked for police, who came, and in which order.

    units: by kind, each with `incident`, `requested_by`, `came`, `arrived` and `cancelled_by`.
    """
    out = pd.DataFrame(index=incidents.index)
    police, team = units["police"], units["team"]
    for kind in ("police", "ems"):
        out[f"{kind}_on_scene"] = _has(units[kind]["came"], units[kind], out)
    by_dispatch = _has(police["requested_by"] == "dispatch", police, out)
    by_team = _has(police["requested_by"] == "team", police, out)
    out["police_requested_by"] = pd.Series(
        np.select([by_dispatch, by_team], ["dispatch", "team"], ""), out.index, dtype="string"
    ).replace("", pd.NA)
    out["police_sent"] = out.index.isin(police["incident"])
    out["anyone_sent"] = out.index.isin(units["any"]["incident"])
    out["team_sent"] = out.index.isin(team["incident"])
    out["team_arrived"] = _has(team["came"], team, out)
    out["team_cancelled"] = _has(team["cancelled_by"].notna(), team, out) & ~out["team_arrived"]
    arrivals = (
        intervals.at(arrival, incidents, units)
        for arrival in (intervals.TEAM_ARRIVAL, intervals.POLICE_ARRIVAL)
    )
    # An arrival before the call says nothing about who came first.
    team_at, police_at = (at.mask(at < incidents["received"]) for at in arrivals)
    out["team_order"] = _order(team_at, police_at, out)
    return out


def _has(chosen: pd.Series, units: pd.DataFrame, incidents: pd.DataFrame) -> pd.Series:
    """Which incidents have one of the chosen units."""
    return incidents.index.isin(units.loc[chosen.fillna(False).astype(bool), "incident"])


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
    repeat = (since <= REPEAT_WITHIN).reindex(contacts.index, fill_value=False)
    return pd.DataFrame({"person_known": contacts["person"].notna(), "repeat": repeat})
