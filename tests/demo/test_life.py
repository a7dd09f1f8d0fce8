"""The fictional extract obeys life: no record says what cannot have happened, but for the defects
that `test_extract` names.
"""

import pandas as pd
import pytest

from openresponse.demo import extract
from openresponse.program import Folders
from openresponse.records import collection
from openresponse.records.contradictions import CONTRADICTIONS
from openresponse.records.written.record_numbers import digits
from support.extract import delivered

EPCR = {
    "eRecord.01": "Encounter ID",
    "eResponse.03": "CAD Number",
    "eTimes.07": "Encounter Start",
    "ePatient.02": "Last Name",
    "ePatient.03": "First Name",
    "eNarrative.01": "Notes",
}
MET = ("Engaged Client", "Engaged client", "4227001")
ARRESTED, HOSPITAL = ("Arrest", "4221019"), ("Emergency Department", "4221003")
TRANSPORTED, REFUSED = "4230001", "4228007"
HELD = ("Clinician", "Police", "Physician")
OF_A_PERSON_MET = (
    "place",
    "Section 12",
    "Referral",
    "Followed Up On",
    "Follow-up Tracked",
    "Arrest",
    "Force Used",
    "Injury",
)


@pytest.fixture(scope="session")
def units(raw):
    """One row a unit and call; `received` of the call. A stamp of midnight is none."""
    calls = delivered(raw, "incidents").drop_duplicates("Incident Number")
    rows = delivered(raw, "units").drop(columns="delivery").drop_duplicates()
    rows["arrival_recorded"] = rows["Arrived"] != ""
    rows["Arrived"] = rows["Arrived"].mask(rows["Arrived"].str.endswith(" 00:00:00"), "")
    rows["received"] = rows["Incident Number"].map(
        calls.set_index("Incident Number")["Call Received"]
    )
    return rows.assign(**{name: pd.to_datetime(rows[name]) for name in (*STAMPS, "received")})


STAMPS = ("Dispatched", "Arrived", "Cleared")


@pytest.fixture(scope="session")
def contacts(raw, units):
    """One row a record of clinicians or of EMS, as it was said last, with its call and who came."""
    calls = delivered(raw, "incidents").drop_duplicates("Incident Number")
    encounters = delivered(raw, "encounters").assign(by="clinician")
    encounters["place"], encounters["met"] = encounters["Disposition"], encounters["End Point"]
    epcr = delivered(raw, "epcr").rename(columns=EPCR).assign(by="ems")
    epcr["place"] = epcr["eDisposition.21"]
    epcr["met"] = epcr["eDisposition.27"].where(epcr["eDisposition.28"] != REFUSED, "")
    # Unit rows of the last calls may come with a delivery that is not there yet.
    calls = calls[calls["Call Received"] < "2026-09"]
    rows = pd.concat([encounters, epcr]).drop_duplicates("Encounter ID", keep="last")
    rows = rows.assign(
        met=rows["met"].isin(MET),
        number=digits(rows["CAD Number"]),
        name=rows["First Name"] + " " + rows["Last Name"],
        started=pd.to_datetime(rows["Encounter Start"]),
    )
    calls = calls.assign(number=digits(calls["Incident Number"]), name=calls["Caller Name"])
    # Numbers with two digits swapped belong to no call, or to one of another name or day.
    rows = rows.merge(calls[["number", "name", "Incident Number", "Call Received"]], validate="m:1")
    rows["received"] = pd.to_datetime(rows["Call Received"])
    rows = rows[rows["started"] - rows["received"] < pd.Timedelta(hours=12)]
    for kind in ("POLICE", "EMS", "CLINICIAN", "MHW"):
        came = units[(units["Unit Type"] == kind) & units["arrival_recorded"]]
        rows[kind] = rows["Incident Number"].isin(came["Incident Number"])
        first = came.groupby("Incident Number")[["Arrived", "Cleared"]].min()
        rows[f"{kind} arrived"] = rows["Incident Number"].map(first["Arrived"])
        rows[f"{kind} cleared"] = rows["Incident Number"].map(first["Cleared"])
    return rows.set_index("Encounter ID")


def arrested(rows):
    return rows["place"].isin(ARRESTED) | (rows["Arrest"] == "Y")


# What cannot have happened: each rule gives the records that would break it.
OF_CONTACTS = {
    "an arrest is an outcome exactly where it is ticked": lambda rows: (
        rows["place"].isin(ARRESTED) != (rows["Arrest"] == "Y")
    ),
    "nobody is arrested without police": lambda rows: arrested(rows) & ~rows["POLICE"],
    "nobody is held by police without police": lambda rows: (
        (rows["Section 12"] == "Police") & ~rows["POLICE"]
    ),
    "whoever is held is taken to a hospital": lambda rows: (
        rows["Section 12"].isin(HELD) & ~rows["place"].isin(HOSPITAL)
    ),
    "force is used by police who are there": lambda rows: (
        (rows["Force Used"] == "Y") & ~rows["POLICE"]
    ),
    "nothing is done for whom nobody met": lambda rows: (
        ~rows["met"] & (rows[list(OF_A_PERSON_MET)].fillna("") != "").any(axis="columns")
    ),
    "nobody speaks with whom nobody met": lambda rows: (
        ~rows["met"] & rows["Notes"].str.startswith("Spoke with")
    ),
    "a follow-up is tracked": lambda rows: (
        (rows["Followed Up On"] != "") & (rows["Follow-up Tracked"] != "Y")
    ),
    "a follow-up is not before the call": lambda rows: (
        pd.to_datetime(rows["Followed Up On"].replace("", None)) < rows["received"].dt.normalize()
    ),
    "a clinician writes of calls that a clinician came to": lambda rows: (
        (rows["by"] == "clinician") & ~rows["CLINICIAN"]
    ),
    "EMS writes of calls that EMS and a worker came to": lambda rows: (
        (rows["by"] == "ems") & ~(rows["EMS"] & rows["MHW"])
    ),
    "only who is taken somewhere has a transport": lambda rows: (
        (rows["eDisposition.30"] == TRANSPORTED) & rows["place"].isin(("", "7701001", *ARRESTED))
    ),
    "a contact begins when its crew is there": lambda rows: (
        (rows["started"] < rows["CLINICIAN arrived"])
        | (rows["started"] < rows["MHW arrived"])
        | ((rows["by"] == "ems") & (rows["started"] < rows["EMS arrived"]))
    ),
    "a contact begins before anybody leaves": lambda rows: (
        rows[[c for c in rows if c.endswith("cleared")]]
        .lt(rows["started"], axis="index")
        .any(axis="columns")
    ),
}
OF_UNITS = {
    "a unit arrives after it was sent": lambda rows: rows["Arrived"] < rows["Dispatched"],
    "a unit is clear after it arrived": lambda rows: rows["Cleared"] < rows["Arrived"],
    "a unit that never arrived is never clear": lambda rows: (
        ~rows["arrival_recorded"] & rows["Cleared"].notna()
    ),
    "a unit that is cancelled does not arrive": lambda rows: (
        (rows["Cancelled By"] != "") & rows["arrival_recorded"]
    ),
    "only police are asked for by a team": lambda rows: (
        (rows["Requested By"] == "TEAM") & (rows["Unit Type"] != "POLICE")
    ),
    "police whom the team asks for come after it": lambda rows: (
        (rows["Requested By"] == "TEAM") & (rows["Arrived"] < team_arrived(rows))
    ),
}


def team_arrived(rows):
    team = rows[rows["Unit Type"].isin(["CLINICIAN", "MHW"])]
    return rows["Incident Number"].map(team.groupby("Incident Number")["Arrived"].min())


@pytest.mark.parametrize("rule", OF_CONTACTS)
def test_in_contacts(contacts, rule):
    assert len(contacts) > 5_000
    assert list(contacts.index[OF_CONTACTS[rule](contacts)]) == []


@pytest.mark.parametrize("rule", OF_UNITS)
def test_in_units(units, rule):
    assert len(units) > 30_000
    assert list(units.loc[OF_UNITS[rule](units), "Incident Number"]) == []


def test_a_call_that_a_team_was_sent_to_has_no_reason_for_sending_none(raw, units):
    calls = delivered(raw, "incidents")
    sent = units[units["Unit Type"].isin(["CLINICIAN", "MHW"])]["Incident Number"]
    reason = calls["Not Sent Reason"] != ""
    assert not (reason & calls["Incident Number"].isin(sent)).any()
    assert reason.sum() > 1_000


def test_a_team_that_arrives_meets_the_person_about_three_times_in_four(contacts):
    # 77% of adults: Psychiatric Services, ps.202100736.
    assert 0.73 < contacts["met"].mean() < 0.79


def test_injuries_come_with_force_more_often_than_without(contacts):
    told = contacts[(contacts["Force Used"] != "") & (contacts["Injury"] != "")]
    injured = (told["Injury"] == "Y").groupby(told["Force Used"]).mean()
    assert injured["Y"] > 5 * injured["N"] > 0


def test_rare_events_are_as_rare_as_in_life(contacts):
    met = contacts[contacts["met"]]
    held = met["Section 12"].isin(HELD).mean()
    assert 0.01 < arrested(met).mean() < 0.03
    assert 0.06 < held < 0.13
    assert 0.01 < (met["Force Used"] == "Y").mean() < 0.03
    assert 0.01 < (met["Injury"] == "Y").mean() < 0.03
    assert 0.14 < met["place"].isin(HOSPITAL).mean() < 0.22


def test_nothing_is_spent_on_a_model_before_it_begins(raw):
    first = delivered(raw, "spending").groupby(["Model", "Category"])["Month"].min()
    steps = delivered(raw, "milestones").query("Milestone == 'Provider contract signed'")
    signed = steps["Actual"].max()[:7]
    assert first["peer_led"].to_dict() == {"contracts": signed}
    assert first["alternative_response"].to_dict() == {
        "salaries": "2025-01",
        "training": "2024-11",
        "vehicles": "2025-01",
    }


@pytest.mark.slow
def test_the_table_of_data_quality_counts_no_contradiction_but_dispatches_before_the_call(
    tmp_path, program
):
    extract.write(tmp_path, months=6)
    folders = Folders(**dict.fromkeys(("raw", "public", "build", "site", "ledger"), tmp_path))
    city = program.model_copy(update={"folders": folders})
    handling = collection.collect(city, "2026-10").handling
    contradictory = handling[handling["handling"].isin(CONTRADICTIONS)]
    # Unit rows of the last calls may come with a delivery that is not there yet.
    contradictory = contradictory[contradictory["period"] < "2026-09"]
    counts = contradictory.groupby(["extract", "handling"]).size()
    assert list(counts.index) == [("units", "before_the_call")]
    assert counts.iloc[0] > 20
