"""From extracts to de-identified rows."""

import pandas as pd
import pytest

from openresponse.errors import ExtractError
from openresponse.program.areas import District
from openresponse.records import collection
from openresponse.records.plausibility import judgement
from openresponse.records.schema import SAFE
from openresponse.records.written import persons
from support.extract import deliver, described


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


def test_an_arrival_stamped_midnight_is_an_arrival_without_a_time(boston):
    deliver(
        boston.folders.raw, "2026-01", incidents=[{}], units=[{"Arrived": "2026-01-05 00:00:00"}]
    )
    row = collection.collect(boston, "2026-01").rows.iloc[0]
    assert row["police_on_scene"] and pd.isna(row["call_to_arrival"])


@pytest.mark.parametrize(
    "unit", [{"Dispatched": "2026-01-05 09:58:00"}, {"Arrived": "2026-01-05 10:01:00"}]
)
def test_no_interval_is_timed_where_any_moment_is_out_of_order(boston, unit):
    backup = {"Unit": "H22", "Arrived": "2026-01-05 10:20:00"}
    deliver(boston.folders.raw, "2026-01", incidents=[{}], units=[unit, backup])
    row = collection.collect(boston, "2026-01").rows.iloc[0]
    assert row["police_on_scene"]
    assert row[["call_to_dispatch", "dispatch_to_arrival", "call_to_arrival"]].isna().all()


@pytest.mark.parametrize(
    "never",
    ["1753-01-01", "1899-12-30 00:00:00", "1900-01-01", "1970-01-01", "9999-12-31 23:59:59"],
)
def test_a_moment_that_stands_for_never_is_no_arrival(boston, never):
    deliver(boston.folders.raw, "2026-01", incidents=[{}], units=[{"Arrived": never}])
    row = collection.collect(boston, "2026-01").rows.iloc[0]
    assert not row["police_on_scene"] and pd.isna(row["call_to_arrival"])


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
    deliver(boston.folders.raw, "2026-01", incidents=calls, encounters=met)
    deliver(boston.folders.raw, "2026-03", incidents=calls[-1:])
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


def with_district(boston, code, **district):
    districts = boston.areas.districts | {code: District(label=code, **district)}
    areas = boston.areas.model_copy(update={"districts": districts})
    return boston.model_copy(update={"areas": areas})


@pytest.mark.parametrize(
    ("month", "model"), [("2026-01", "co_response"), ("2026-10", "co_response")]
)
def test_a_district_that_begins_later_changes_nothing_before(boston, month, model):
    city = with_district(boston, "F-1", valid_from="2026-11")
    deliver(
        city.folders.raw, month, incidents=[{"District": "", "Call Received": f"{month}-05 10:00"}]
    )
    assert list(collection.collect(city, month).rows["model"]) == [model]


def test_a_district_that_ended_is_asked_for_no_model_after(boston):
    city = with_district(boston, "Z-9", valid_to="2025-12")
    deliver(city.folders.raw, "2026-01", incidents=[{"District": ""}])
    assert list(collection.collect(city, "2026-01").rows["model"]) == ["co_response"]


@pytest.mark.parametrize(
    ("ended", "reason"), [("2026-01", None), ("2025-12", "after_end"), (None, None)]
)
def test_no_call_is_eligible_for_a_model_that_has_ended(boston, ended, reason):
    co_response = boston.models["co_response"].model_copy(update={"ended": ended})
    city = boston.model_copy(update={"models": boston.models | {"co_response": co_response}})
    deliver(city.folders.raw, "2026-01", incidents=[{}])
    row = collection.collect(city, "2026-01").rows.iloc[0]
    assert (None if pd.isna(row["not_eligible_reason"]) else row["not_eligible_reason"]) == reason


def test_a_row_that_says_the_same_again_is_repeated_however_late(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}], units=[{}])
    later = {"Incident Number": "P260000003", "Call Received": "2026-02-02 09:00:00"}
    deliver(boston.folders.raw, "2026-02", incidents=[{}, later], units=[{}])
    found = collection.collect(boston, "2026-02", published={"2026-01": "2026-01"})
    assert handled(found, "incidents") == {"used": 2, "repeated": 1}
    assert handled(found, "units") == {"used": 1, "repeated": 1}


def test_what_is_said_again_after_a_change_is_the_last_word(boston):
    for month, district in (("2026-01", "B-2"), ("2026-02", "A-1"), ("2026-03", "B-2")):
        deliver(boston.folders.raw, month, incidents=[{"District": district}])
    found = collection.collect(boston, "2026-03")
    assert list(found.rows["district"]) == ["B-2"]
    assert handled(found, "incidents") == {"restated": 2, "used": 1}


def test_rows_of_one_key_that_differ_in_one_delivery_contradict_until_a_later_one(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}, {"District": "A-1"}])
    found = collection.collect(boston, "2026-01")
    assert found.rows.empty and handled(found, "incidents") == {"contradicting": 2}
    deliver(boston.folders.raw, "2026-02", incidents=[{"District": "C-6"}])
    found = collection.collect(boston, "2026-02")
    assert list(found.rows["district"]) == ["C-6"]


def test_a_row_that_is_repeated_beside_another_still_contradicts_it(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}])
    deliver(boston.folders.raw, "2026-02", incidents=[{}, {"District": "A-1"}])
    found = collection.collect(boston, "2026-02")
    assert list(found.rows["district"]) == ["B-2"]
    assert handled(found, "incidents") == {"used": 1, "repeated": 1, "contradicting": 1}


def test_one_number_in_two_spellings_is_one_call(boston):
    calls = [{}, {"Incident Number": "p26-0000001"}]
    team = {"Unit": "C1", "Unit Type": "CLINICIAN"}
    deliver(boston.folders.raw, "2026-01", incidents=calls, units=[{}, team], encounters=[{}])
    found = collection.collect(boston, "2026-01")
    assert list(found.rows["contact"]) == ["contact_made"]
    assert handled(found, "incidents") == {"used": 1, "repeated": 1}


@pytest.mark.parametrize(("begins", "calls"), [("year", 2), ("never", 1)])
def test_the_program_says_how_often_numbers_begin_again(boston, begins, calls):
    incidents = boston.extracts["incidents"].model_copy(update={"numbers_begin_again": begins})
    city = boston.model_copy(update={"extracts": boston.extracts | {"incidents": incidents}})
    deliver(city.folders.raw, "2025-01", incidents=[{"Call Received": "2025-01-05 10:00:00"}])
    deliver(city.folders.raw, "2026-01", incidents=[{}])
    assert len(collection.collect(city, "2026-01").rows) == calls


def test_a_stray_row_of_a_month_before_the_first_delivery_makes_no_month(boston):
    stray = {"Incident Number": "P259999999", "Call Received": "2025-12-31 23:59:59"}
    deliver(boston.folders.raw, "2026-01", incidents=[{}, stray])
    found = collection.collect(boston, "2026-01")
    assert found.months == ("2026-01",)
    assert handled(found, "incidents") == {"used": 1, "out_of_scope": 1}


def test_of_several_records_of_one_call_the_furthest_step_counts(boston):
    first = {"End Point": "Unable to Locate", "Disposition": "", "Person ID": "A"}
    later = {"Encounter ID": "E2", "Encounter Start": "2026-01-05 11:00:00", "Person ID": "B"}
    deliver(boston.folders.raw, "2026-01", incidents=[{}], encounters=[first, later])
    found = collection.collect(boston, "2026-01")
    assert list(found.rows["contact"]) == ["contact_made"]
    assert handled(found, "encounters") == {"another_record": 1, "used": 1}


def test_a_late_record_that_got_further_changes_nothing_published(boston):
    deliver(
        boston.folders.raw,
        "2026-01",
        incidents=[{}],
        encounters=[{"End Point": "Unable to Locate"}],
    )
    deliver(boston.folders.raw, "2026-02", encounters=[{"Encounter ID": "E2"}])
    found = collection.collect(boston, "2026-02", published={"2026-01": "2026-01"})
    assert list(found.rows["contact"]) == ["person_not_found"]


def test_a_record_moved_to_another_call_stays_where_it_was_published(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}], encounters=[{}])
    other = {"Incident Number": "P260000002", "Call Received": "2026-02-05 10:00:00"}
    moved = {"CAD Number": "P260000002", "Encounter Start": "2026-02-05 10:10:00"}
    deliver(boston.folders.raw, "2026-02", incidents=[other], encounters=[moved])
    found = collection.collect(boston, "2026-02", published={"2026-01": "2026-01"})
    assert list(found.rows["contact"].fillna("")) == ["contact_made", ""]
    assert handled(found, "encounters")["used"] == 1


@pytest.mark.parametrize(
    ("day", "tracked", "days", "said"),
    [
        ("01/08/2026", "Y", None, None),
        ("2026-01-04", "Y", None, None),  # before the call
        ("1900-01-01", "Y", None, "yes"),  # stands for none
        ("", "Y", None, "yes"),
        ("2026-01-08", "Y", 3, "yes"),
    ],
)
def test_a_follow_up_that_cannot_be_placed_is_never_a_no(boston, day, tracked, days, said):
    record = {"Followed Up On": day, "Follow-up Tracked": tracked}
    deliver(boston.folders.raw, "2026-01", incidents=[{}], encounters=[record])
    row = collection.collect(boston, "2026-01").rows.iloc[0]
    found = [None if pd.isna(row[c]) else row[c] for c in ("followup_days", "followup_tracked")]
    assert found == [days, said]


@pytest.mark.parametrize(
    ("age", "unit", "band"),
    [
        ("90+", "2516009", "65_and_over"),
        (">89", "2516009", "65_and_over"),
        ("20", "2516007", "under_18"),
        ("18", "", "18_to_24"),
        ("20 mo", "", "under_18"),
        ("17.9", "2516009", "under_18"),
        ("twenty", "2516009", None),
        ("121", "2516009", None),
    ],
)
def test_ages_are_years_whatever_their_unit(boston, age, unit, band):
    record = {"ePatient.15": age, "ePatient.16": unit}
    deliver(boston.folders.raw, "2026-01", incidents=[{"Type Code": "EDP3"}], epcr=[record])
    found = collection.collect(boston, "2026-01").rows["age_band"][0]
    assert (None if pd.isna(found) else found) == band


@pytest.mark.parametrize(
    ("contact", "care", "said"),
    [
        ("4227001", "4228007", "person_declined"),
        ("4227001", "4228003", "contact_made"),  # evaluated, and then refused care
        ("", "4228007", "person_declined"),
        ("4227009", "4228007", "person_not_found"),
        ("4227007", "7701001", "no_contact_other"),
    ],
)
def test_a_refusal_in_an_ems_record_is_no_contact(boston, contact, care, said):
    record = {"eDisposition.27": contact, "eDisposition.28": care}
    deliver(boston.folders.raw, "2026-01", incidents=[{"Type Code": "EDP3"}], epcr=[record])
    assert list(collection.collect(boston, "2026-01").rows["contact"]) == [said]


@pytest.mark.parametrize(("register", "repeats"), [(None, 0), ("city_health", 1)])
def test_a_person_is_known_across_extracts_only_where_they_share_a_register(
    boston, register, repeats
):
    shared = {
        name: boston.extracts[name].model_copy(update={"person_register": register})
        for name in ("encounters", "epcr")
    }
    city = boston.model_copy(update={"extracts": boston.extracts | shared})
    ems = {"Incident Number": "P260000002", "Call Received": "2026-01-06 10:00:00"}
    care = {"eResponse.03": "P260000002", "eTimes.07": "2026-01-06 10:12:00", "Person ID": "A"}
    deliver(
        city.folders.raw,
        "2026-01",
        incidents=[{}, ems | {"Type Code": "EDP3"}],
        encounters=[{}],
        epcr=[care],
    )
    assert collection.collect(city, "2026-01").rows["repeat"].sum() == repeats


@pytest.mark.parametrize("word", ["UNKNOWN", "n/a", "0", "000-00-0000", "-", "Unknown Male", "XXX"])
def test_a_word_for_nobody_is_no_person(word):
    ids = persons.known(pd.Series([word, "1111", "X12", "A", "UNK-7"], dtype="string"))
    assert list(ids.isna()) == [True, False, False, False, False]


@pytest.mark.parametrize(
    "month", ["2026-01", "Jan-26", "01/2026", "2026-01-01", "2026-01-01 00:00:00", "January 2026"]
)
def test_a_month_of_money_is_read_in_any_form(boston, month):
    deliver(boston.folders.raw, "2026-01", incidents=[{}], spending=[{"Month": month}])
    assert list(collection.collect(boston, "2026-01").spending["month"]) == ["2026-01"]


@pytest.mark.parametrize("month", ["01/01/2026", "2026-01-15", "46023", "FY26"])
def test_a_month_of_money_that_is_not_sure_is_refused(boston, month):
    deliver(boston.folders.raw, "2026-01", incidents=[{}], spending=[{"Month": month}])
    with pytest.raises(ExtractError, match=r"spending\.csv, column `Month`") as refused:
        collection.collect(boston, "2026-01")
    assert month not in str(refused.value)


def test_a_later_delivery_says_all_lines_of_its_months_again(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}], spending=[{"Amount": "3"}] * 2)
    deliver(boston.folders.raw, "2026-02", incidents=[{}], spending=[{"Amount": "4"}])
    assert list(collection.collect(boston, "2026-02").spending["amount"]) == [4]


def test_a_city_without_contact_records_has_calls_and_units_all_the_same(boston):
    deliver(
        boston.folders.raw,
        "2026-01",
        incidents=[{}],
        units=[{}, {"Unit": "C1", "Unit Type": "CLINICIAN"}],
    )
    extracts = {name: boston.extracts[name] for name in ("incidents", "units")}
    rows = collection.collect(boston.model_copy(update={"extracts": extracts}), "2026-01").rows
    assert rows["team_sent"].item() and rows["contact"].isna().all()


def test_a_model_may_send_peers(boston):
    peers = {"co_response": boston.models["co_response"].model_copy(update={"team": "peer"})}
    types = {"column": "Unit Type", "codes": {"PEER": "peer", "POLICE": "police"}}
    city = described(boston, "units", {"unit_type": types})
    deliver(boston.folders.raw, "2026-01", incidents=[{}], units=[{"Unit Type": "PEER"}])
    rows = collection.collect(
        city.model_copy(update={"models": boston.models | peers}), "2026-01"
    ).rows
    assert rows["team_arrived"].item()


def test_a_city_that_delivers_calls_alone_has_its_calls_counted(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}, {"Incident Number": "P260000002"}])
    for name in ("units", "encounters", "epcr"):
        (boston.folders.raw / "2026-01" / f"{name}.csv").unlink()
    alone = boston.model_copy(update={"extracts": {"incidents": boston.extracts["incidents"]}})
    delivered = collection.gather(alone, "2026-01")
    assert len(collection.records(delivered).rows) == 2
    assert set(delivered.frames) == {"incidents"}
    assert not [one for one in judgement.judge(delivered) if one.check.severity == "stop"]
