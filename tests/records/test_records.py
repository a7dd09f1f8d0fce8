"""From extracts to de-identified rows."""

import pandas as pd
import pytest

from openresponse.records import collection, linkage
from openresponse.records.schema import SAFE
from support.extract import deliver


def handled(found, extract):
    rows = found.handling[found.handling["extract"] == extract]
    return rows["handling"].value_counts().to_dict()


def test_only_columns_of_the_allow_list_pass(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}], units=[{}])
    assert set(collection.collect(boston, "2026-01").rows) <= set(SAFE)


def test_rows_delivered_equal_rows_used_and_rows_set_aside(boston):
    deliver(
        boston.folders.raw,
        "2026-01",
        incidents=[
            {},
            {},
            {"Incident Number": "P260000002", "Type Code": "EDP3"},
            {"Incident Number": "P260000003", "Call Received": ""},
        ],
        units=[{}, {"Incident Number": "P269999999"}],
    )
    found = collection.collect(boston, "2026-01")
    assert handled(found, "incidents") == {"used": 2, "repeated": 1, "required_field_missing": 1}
    assert handled(found, "units") == {"used": 1, "not_linked": 1}


def test_a_later_delivery_has_the_last_word_before_the_month_is_published(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{"District": "B-2"}])
    deliver(boston.folders.raw, "2026-02", incidents=[{"District": "A-1"}])
    found = collection.collect(boston, "2026-02")
    assert list(found.rows["district"]) == ["A-1"]
    assert handled(found, "incidents") == {"restated": 1, "used": 1}


def test_a_row_that_arrives_after_its_month_was_published_changes_nothing(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}])
    deliver(
        boston.folders.raw,
        "2026-02",
        incidents=[
            {"District": "A-1"},
            {"Incident Number": "P260000002"},
            {"Incident Number": "P260000003", "Call Received": "2026-02-02 09:00:00"},
        ],
    )
    found = collection.collect(boston, "2026-02", published={"2026-01": "2026-01"})
    assert list(found.rows["month"]) == ["2026-01", "2026-02"]
    assert list(found.rows["district"]) == ["B-2", "B-2"]
    assert handled(found, "incidents") == {"used": 2, "arrived_late": 2}


@pytest.mark.parametrize(
    "typed", ["P260000001", " p26-0000001", "260000001", "P26OOOOOO1", "P2600000Ol", "P260000010"]
)
def test_a_number_typed_by_hand_finds_its_incident(boston, typed):
    deliver(
        boston.folders.raw,
        "2026-01",
        incidents=[{}],
        units=[{}, {"Unit": "C1", "Unit Type": "CLINICIAN"}],
        encounters=[{"CAD Number": typed}],
    )
    found = collection.collect(boston, "2026-01")
    assert list(found.rows["contact"]) == ["contact_made"]


def test_a_swapped_number_is_not_guessed_outside_the_time_window():
    incidents = pd.DataFrame(
        {"incident_number": ["P12"], "received": pd.to_datetime(["2026-01-05 10:00Z"])}
    )
    late = pd.DataFrame(
        {"incident_number": ["P21"], "started": pd.to_datetime(["2026-01-09 10:00Z"])}
    )
    assert linkage.link(late, incidents).isna().all()


def test_a_typing_error_that_is_another_incidents_number_is_not_taken_at_its_word():
    incidents = pd.DataFrame(
        {
            "incident_number": ["P12", "P21"],
            "received": pd.to_datetime(["2026-01-05 10:00Z", "2026-02-05 10:00Z"]),
        }
    )
    typed = pd.DataFrame(
        {"incident_number": ["P21"], "started": pd.to_datetime(["2026-01-05 10:30Z"])}
    )
    assert list(linkage.link(typed, incidents)) == [0]


def test_an_arrival_stamped_midnight_is_an_arrival_without_a_time(boston):
    deliver(
        boston.folders.raw, "2026-01", incidents=[{}], units=[{"Arrived": "2026-01-05 00:00:00"}]
    )
    row = collection.collect(boston, "2026-01").rows.iloc[0]
    assert row["police_on_scene"] and pd.isna(row["call_to_arrival"])


def test_a_dispatch_before_the_call_is_not_timed(boston):
    deliver(
        boston.folders.raw, "2026-01", incidents=[{}], units=[{"Dispatched": "2026-01-05 09:58:00"}]
    )
    row = collection.collect(boston, "2026-01").rows.iloc[0]
    assert pd.isna(row["call_to_dispatch"]) and row["call_to_arrival"] == 10


@pytest.mark.parametrize(
    ("dispatched", "arrived", "minutes"),
    [
        ("2026-03-08 01:50:00", "2026-03-08 03:10:00", 20),  # the hour that does not exist
        (
            "2026-11-01 00:50:00",
            "2026-11-01 01:10:00",
            20,
        ),  # the hour that happens twice is read as the first
    ],
)
def test_minutes_are_right_when_the_clock_changes(boston, dispatched, arrived, minutes):
    month = dispatched[:7]
    deliver(
        boston.folders.raw,
        month,
        incidents=[{"Call Received": dispatched}],
        units=[{"Dispatched": dispatched, "Arrived": arrived}],
    )
    assert collection.collect(boston, month).rows["dispatch_to_arrival"].iloc[0] == minutes


@pytest.mark.parametrize(
    ("code", "district", "received", "model", "reason"),
    [
        ("EDP2", "B-2", "2024-11-03 10:00:00", "co_response", None),
        ("EDP2", "B-3", "2024-11-03 10:00:00", "standard", "outside_area"),
        ("EDP2", "", "2024-11-03 10:00:00", "standard", "area_not_recorded"),
        ("EDP-3", "B-3", "2024-12-03 10:00:00", "standard", "before_launch"),
        ("EDP3", "", "2025-01-03 10:00:00", "alternative_response", None),
    ],
)
def test_a_call_is_eligible_where_and_when_its_model_operates(
    boston, code, district, received, model, reason
):
    month = received[:7]
    deliver(
        boston.folders.raw,
        month,
        incidents=[{"Type Code": code, "District": district, "Call Received": received}],
    )
    row = collection.collect(boston, month).rows.iloc[0]
    assert row["model"] == model
    assert (None if pd.isna(row["not_eligible_reason"]) else row["not_eligible_reason"]) == reason


def test_followup_from_a_later_delivery_counts_though_the_month_was_published(boston):
    team = [{}, {"Unit": "C1", "Unit Type": "CLINICIAN"}]
    deliver(boston.folders.raw, "2026-01", incidents=[{}], units=team, encounters=[{}])
    deliver(
        boston.folders.raw,
        "2026-02",
        encounters=[
            {"Followed Up On": "2026-01-08", "End Point": "Refused", "Referral": "Completed"}
        ],
        incidents=[{"Incident Number": "P260000009", "Call Received": "2026-02-01 08:00:00"}],
    )
    found = collection.collect(boston, "2026-02", published={"2026-01": "2026-01"})
    row = found.rows.iloc[0]
    assert (row["followup_days"], row["referral"], row["contact"]) == (
        3,
        "completed",
        "contact_made",
    )
    assert handled(found, "encounters") == {"used": 1, "used_for_followup": 1}


def test_a_repeat_contact_looks_back_thirty_days(boston):
    calls = [
        {"Incident Number": f"P26000000{i}", "Call Received": f"2026-01-{day:02} 10:00:00"}
        for i, day in ((1, 1), (2, 31))
    ]
    calls.append({"Incident Number": "P260000003", "Call Received": "2026-03-15 10:00:00"})
    met = [
        {"Encounter ID": f"E{i}", "CAD Number": f"P26000000{i}", "Encounter Start": ""}
        for i in (1, 2, 3)
    ]
    deliver(boston.folders.raw, "2026-03", incidents=calls, encounters=met)
    assert list(collection.collect(boston, "2026-03").rows["repeat"]) == [False, True, False]


def test_ages_that_cannot_be_are_not_recorded(boston):
    calls = [{"Incident Number": f"P26000000{i}"} for i in range(1, 5)]
    met = [
        {"Encounter ID": f"E{i}", "CAD Number": f"P26000000{i}", "Age": age}
        for i, age in enumerate(["-1", "199", "17", "18"], start=1)
    ]
    deliver(boston.folders.raw, "2026-01", incidents=calls, encounters=met)
    bands = collection.collect(boston, "2026-01").rows["age_band"]
    assert [None if pd.isna(b) else b for b in bands] == [None, None, "under_18", "18_to_24"]
