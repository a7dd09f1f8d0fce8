"""Records that contradict themselves or the unit log are used, and counted."""

import pytest

from openresponse.measures.data_quality import HANDLING
from openresponse.records import collection, contradictions
from support.extract import deliver

TEAM = {
    "Unit": "C1",
    "Unit Type": "CLINICIAN",
    "Dispatched": "2026-01-05 10:03:00",
    "Arrived": "2026-01-05 10:11:00",
}


def handled(boston, extract, **files):
    """How the only row of interest, the last of its extract, is handled."""
    files = {"incidents": [{}], "units": [{}, TEAM]} | files
    deliver(boston.folders.raw, "2026-01", **files)
    found = collection.collect(boston, "2026-01")
    assert not found.rows.empty
    return found.handling.loc[found.handling["extract"] == extract, "handling"].iloc[-1]


def each_handled(boston, extract, rows):
    """How each of some rows is handled, where all have a call and units of their own."""
    calls = [{"Incident Number": f"P26000{number:04}"} for number in range(len(rows))]
    units = [{**TEAM, **call} for call in calls]
    if extract == "units":
        units += [{**row, **call} for row, call in zip(rows, calls, strict=True)]
        files = {"units": units}
    else:
        records = [
            {"Encounter ID": f"E{number}", "CAD Number": call["Incident Number"], **row}
            for number, (row, call) in enumerate(zip(rows, calls, strict=True))
        ]
        files = {"units": [*units, *calls], extract: records}
    deliver(boston.folders.raw, "2026-01", incidents=calls, **files)
    handling = collection.collect(boston, "2026-01").handling
    return handling.loc[handling["extract"] == extract, "handling"].tail(len(rows)).to_list()


UNITS = [
    ({}, "used"),
    ({"Dispatched": "2026-01-05 10:00:00"}, "used"),
    ({"Dispatched": "2026-01-05 09:59:59"}, "before_the_call"),
    ({"Arrived": "2026-01-05 10:02:00"}, "used"),
    ({"Arrived": "2026-01-05 10:01:59"}, "arrived_before_sent"),
    ({"Arrived": "2026-01-05 00:00:00"}, "used"),  # a date without a time of day
    ({"Arrived": ""}, "used"),
    ({"Cancelled By": "CALLER"}, "cancelled_yet_arrived"),
    ({"Cancelled By": "CALLER", "Arrived": ""}, "used"),
]


def test_of_a_unit(boston):
    units, handlings = zip(*UNITS, strict=True)
    assert each_handled(boston, "units", units) == list(handlings)


RECORDS = [
    ({}, "used"),
    ({"Disposition": "Arrest", "Arrest": "Y"}, "used"),
    ({"Disposition": "Arrest", "Arrest": ""}, "used"),
    ({"Disposition": "Arrest", "Arrest": "N"}, "arrest_or_not"),
    ({"Disposition": "Remained in community", "Arrest": "Y"}, "arrest_or_not"),
    ({"Disposition": "Emergency Department", "Arrest": "Y"}, "used"),
    ({"Disposition": "", "Arrest": "Y"}, "used"),
    ({"Section 12": "Police"}, "used"),
    ({"End Point": "Refused", "Disposition": ""}, "nobody_met"),  # a referral accepted
    ({"End Point": "Refused", "Disposition": "", "Referral": ""}, "used"),
    ({"End Point": "Refused", "Referral": ""}, "used"),  # stayed where they were
    (
        {"End Point": "Refused", "Disposition": "Emergency Department", "Referral": ""},
        "nobody_met",
    ),
    ({"End Point": "", "Disposition": "Emergency Department"}, "used"),
    ({"Followed Up On": "2026-01-05"}, "used"),
    ({"Followed Up On": "2026-01-04"}, "before_the_call"),
    ({"Followed Up On": "2026-01-06", "Follow-up Tracked": "N"}, "followup_untracked"),
    ({"Encounter Start": "2026-01-05 09:59:59"}, "before_the_call"),
]


def test_of_a_contact_record(boston):
    records, handlings = zip(*RECORDS, strict=True)
    assert each_handled(boston, "encounters", records) == list(handlings)


def test_a_date_without_a_time_of_day_is_not_before_the_call(boston):
    call, begun = {"Call Received": "2026-01-05 00:30:00"}, "2026-01-05 00:00:00"
    units = [{"Dispatched": "2026-01-05 00:31:00", "Arrived": "2026-01-05 00:40:00"}]
    units.append(units[0] | {"Unit": "C1", "Unit Type": "CLINICIAN"})
    here = {"incidents": [call], "units": units, "encounters": [{"Encounter Start": begun}]}
    assert handled(boston, "encounters", **here) == "used"


NO_POLICE = {"units": [{"Unit": "A1", "Unit Type": "EMS"}, TEAM]}


@pytest.mark.parametrize(
    "record", [{"Section 12": "Police"}, {"Disposition": "Arrest"}, {"Arrest": "Y"}]
)
def test_police_who_arrest_or_hold_are_on_scene(boston, record):
    record = {"Disposition": "", "Arrest": ""} | record
    assert handled(boston, "encounters", encounters=[record], **NO_POLICE) == "no_police_there"


def test_police_who_were_sent_but_did_not_arrive_are_not_on_scene(boston):
    held = {"Section 12": "Police"}
    units = [TEAM, {"Arrived": ""}]
    assert handled(boston, "encounters", encounters=[held], units=units) == "no_police_there"


def test_a_clinician_who_met_somebody_is_in_the_unit_log(boston):
    assert handled(boston, "encounters", encounters=[{}], units=[{}]) == "crew_not_there"


def test_of_ems_it_is_enough_that_an_ambulance_came(boston):
    call = {"Type Code": "EDP3"}
    ambulance = {"Unit": "A1", "Unit Type": "EMS"}
    here = {"incidents": [call], "epcr": [{}], "units": [ambulance]}
    assert handled(boston, "epcr", **here) == "used"


def test_of_ems_a_record_without_ambulance_and_worker_contradicts(boston):
    here = {"incidents": [{"Type Code": "EDP3"}], "epcr": [{}], "units": [{}]}
    assert handled(boston, "epcr", **here) == "crew_not_there"


def test_where_the_unit_log_says_nothing_of_a_call_nothing_contradicts_it(boston):
    assert handled(boston, "encounters", encounters=[{"Section 12": "Police"}], units=[]) == "used"


def test_a_record_is_counted_once_under_the_first_contradiction(boston):
    record = {"Disposition": "Arrest", "Arrest": "N", "Followed Up On": "2026-01-01"}
    assert handled(boston, "encounters", encounters=[record]) == "arrest_or_not"


def test_a_row_that_is_set_aside_keeps_its_reason(boston):
    record = {"Disposition": "Arrest", "Arrest": "N"}
    assert handled(boston, "encounters", encounters=[record, record]) == "repeated"


def test_every_contradiction_is_a_line_of_the_table():
    assert list(HANDLING.children("contradictory")) == list(contradictions.CONTRADICTIONS)
    assert "contradictory" in HANDLING.children("rows_used")
