"""Rows whose fields contradict one another, or the unit log.

They are used as they are, for nobody but their author knows which field is wrong. What a row does
not say contradicts nothing.
"""

from collections.abc import Mapping
from datetime import tzinfo

import numpy as np
import pandas as pd

from openresponse.program import ExtractName
from openresponse.records import clock, contact_records, linkage, precedence

# In the words of the data dictionary, in the order in which they are looked for.
CONTRADICTIONS = {
    "arrived_before_sent": "Arrived before it was sent",
    "cancelled_yet_arrived": "Cancelled on its way, and arrived",
    "arrest_or_not": "An arrest in one field and none in another",
    "no_police_there": "An arrest or a hold by police, and no police on scene",
    "crew_not_there": "A person met by a crew that did not arrive",
    "nobody_met": "Somebody taken away, held, referred or followed up, and nobody met",
    "followup_untracked": "A follow-up where none was tracked",
    "before_the_call": "Sent, begun or followed up before the call came",
}
# Used too, and no contradiction.
NUMBER_CORRECTED = "number_corrected"
TAKEN = ("emergency_department", "crisis_or_respite", "detox", "arrest")


def noted(
    handled: Mapping[ExtractName, pd.DataFrame], rows: pd.DataFrame, zone: tzinfo
) -> dict[ExtractName, pd.DataFrame]:
    """The rows delivered, by extract, with the first contradiction as the handling of those that
    are used.

    rows: the linked incidents with who came, or the unit responses.
    """
    out = dict(handled)
    units = precedence.usable(handled["units"])
    out["units"] = _with_first(handled["units"], _of_units(units, rows, zone))
    for name in contact_records.EXTRACTS:
        if name in handled:
            records = precedence.usable(handled[name])
            calls = rows.loc[records["incident"]].set_axis(records.index)
            logged = records["incident"].isin(units.dropna(subset=["unit_type"])["incident"])
            crew = calls["team_arrived"] | (calls["ems_on_scene"] & (name == "epcr"))
            found = {
                **_between_fields(records),
                **_with_the_unit_log(records, calls.assign(crew=crew)[logged]),
                "before_the_call": _before_the_call(records, calls, zone),
                NUMBER_CORRECTED: records[NUMBER_CORRECTED],
            }
            out[name] = _with_first(handled[name], found)
    return out


def _of_units(units: pd.DataFrame, rows: pd.DataFrame, zone: tzinfo) -> dict[str, pd.Series]:
    sent, arrived = (_timed(units[moment], zone) for moment in ("dispatched", "arrived"))
    found = {
        "arrived_before_sent": arrived < sent,
        "cancelled_yet_arrived": units["cancelled_by"].notna() & units["arrived_given"],
    }
    if "incident" in units:
        found["before_the_call"] = sent < linkage.of_calls(rows["received"], units)
    return found


def _between_fields(records: pd.DataFrame) -> dict[str, pd.Series]:
    arrest, outcome = records["arrest"], records["outcome"]
    followed_up = records["followed_up_on"].notna()
    done = (
        outcome.isin(TAKEN)
        | (arrest == "yes")
        | (records["involuntary_hold"] != "no_hold")
        | (records["referral"] != "not_offered")
        | followed_up
    )
    return {
        "arrest_or_not": ((outcome == "arrest") & (arrest == "no"))
        | ((outcome == "remained_in_community") & (arrest == "yes")),
        "nobody_met": (records["contact"] != "contact_made") & done,
        "followup_untracked": followed_up & (records["followup_tracked"] == "no"),
    }


def _with_the_unit_log(records: pd.DataFrame, calls: pd.DataFrame) -> dict[str, pd.Series]:
    """calls: those of some of the records, of which the unit log says who came."""
    records = records.loc[calls.index]
    by_police = (
        (records["outcome"] == "arrest")
        | (records["arrest"] == "yes")
        | (records["involuntary_hold"] == "by_police")
    )
    met = (records["contact"] == "contact_made") & calls["team"].notna()
    return {
        "no_police_there": by_police & ~calls["police_on_scene"],
        "crew_not_there": met & ~calls["crew"],
    }


def _before_the_call(records: pd.DataFrame, calls: pd.DataFrame, zone: tzinfo) -> pd.Series:
    day = calls["local"].dt.tz_localize(None).dt.normalize()
    begun = _timed(records["started"], zone)
    return (begun < calls["received"]) | (records["followed_up_on"] < day)


def _timed(moments: pd.Series, zone: tzinfo) -> pd.Series:
    """Without those that are midnight to the second: a date without a time of day."""
    return moments.mask(clock.at_midnight(moments, zone))


def _with_first(rows: pd.DataFrame, found: Mapping[str, pd.Series]) -> pd.DataFrame:
    """The rows with the first of the contradictions found in each as its handling."""
    codes = [code for code in (*CONTRADICTIONS, NUMBER_CORRECTED) if code in found]
    holds = [
        found[code].fillna(False).astype(bool).reindex(rows.index, fill_value=False)
        for code in codes
    ]
    first = pd.Series(np.select(holds, codes, ""), rows.index, dtype="string")
    return rows.assign(handling=rows["handling"].mask(first != "", first))
