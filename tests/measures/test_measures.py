"""What each measure counts, in tables typed in."""

import pandas as pd
import pytest

from openresponse.errors import ExtractError, ProgramError
from openresponse.measures import response_times, tabulation
from openresponse.measures.counting.grain import deliveries_by_period
from openresponse.measures.measure import ALWAYS_CODED, definition, fitted, of_codes
from openresponse.measures.registry import MEASURES
from openresponse.measures.response_times import quantiles
from openresponse.program import Table
from openresponse.records import collection
from openresponse.records.collection import Records
from openresponse.tables.definition import PARTS
from openresponse.tables.hierarchy import flat
from support.extract import deliver

CLINICIAN = {"Unit": "C1", "Unit Type": "CLINICIAN"}
WORKER = {"Unit": "W1", "Unit Type": "MHW"}
EMS = {"Unit": "A1", "Unit Type": "EMS"}
EDP3 = {"Type Code": "EDP3"}


# The key of an incident, and what else tells one contact from another, in each file.
KEYS = {
    "incidents": ("Incident Number",),
    "units": ("Incident Number",),
    "encounters": ("CAD Number", "Encounter ID", "Person ID"),
    "epcr": ("eResponse.03", "eRecord.01", "Person ID"),
}


def leaves(boston, name, *calls):
    """The code that a measure gives each call, in their order. A call: the rows of its files, all
    in one extract.
    """
    files = {file: [] for file in KEYS}
    for number, rows in enumerate(calls, start=1):
        for file, given in ({"incidents": [{}]} | rows).items():
            own = dict.fromkeys(KEYS[file], f"P26000{number:04}")
            files[file] += [own | row for row in given]
    deliver(boston.folders.raw, "2026-01", **files)
    return list(MEASURES[name].classify(collection.collect(boston, "2026-01").rows))


def check(boston, name, cases):
    """Each case is a call and the code that it has."""
    calls, codes = zip(*cases, strict=True)
    assert leaves(boston, name, *calls) == list(codes)


def test_the_funnel_counts_each_call_at_the_last_step_it_reached(boston):
    gone = {**CLINICIAN, "Arrived": ""}
    never_found = {"End Point": "Unable to locate client"}
    check(
        boston,
        "funnel",
        [
            ({"incidents": [{"Not Sent Reason": "All Teams Busy"}]}, "all_teams_busy"),
            ({}, "not_sent_reason_not_recorded"),
            ({"units": [{**gone, "Cancelled By": "CALLER"}]}, "cancelled"),
            ({"units": [gone]}, "arrival_not_recorded"),
            ({"units": [CLINICIAN]}, "contact_not_recorded"),
            ({"units": [CLINICIAN], "encounters": [{"End Point": ""}]}, "contact_not_recorded"),
            ({"units": [CLINICIAN], "encounters": [never_found]}, "person_not_found"),
            ({"units": [CLINICIAN], "encounters": [{}]}, "contact_made"),
            ({"incidents": [EDP3], "units": [WORKER], "epcr": [{}]}, "contact_made"),
            (
                {
                    "incidents": [EDP3],
                    "units": [WORKER],
                    "epcr": [{"eDisposition.27": "4227009"}],
                },
                "person_not_found",
            ),
        ],
    )


def test_a_call_from_a_district_without_the_pilot_is_outside_its_area(boston):
    call = {"Call Received": "2024-11-05 10:00:00", "District": "E-5"}
    deliver(boston.folders.raw, "2024-11", incidents=[call])
    rows = collection.collect(boston, "2024-11").rows
    assert list(MEASURES["funnel"].classify(rows)) == ["outside_area"]


def test_who_came_is_read_from_the_unit_log(boston):
    check(
        boston,
        "responders",
        [
            ({"units": [{}]}, "police_only"),
            ({"units": [{}, EMS]}, "police_and_ems"),
            ({"units": [{}, CLINICIAN]}, "team_with_police"),
            ({"units": [CLINICIAN]}, "team_without_police"),
            ({"units": [EMS]}, "ems_only"),
            ({}, "nobody_recorded"),
            ({"units": [{"Arrived": ""}]}, "nobody_recorded"),
        ],
    )


def test_police_sent_by_dispatch_and_requested_by_the_team_are_different(boston):
    check(
        boston,
        "police_role",
        [
            ({"units": [{}]}, "sent_by_dispatch"),
            ({"units": [{"Requested By": "TEAM"}]}, "requested_by_team"),
            ({"units": [{"Requested By": ""}]}, "request_not_recorded"),
            ({"units": [{"Arrived": ""}]}, "police_not_on_scene"),
        ],
    )


BY_TEAM = {"Requested By": "TEAM"}
GONE = {**CLINICIAN, "Arrived": "", "Cancelled By": "DISPATCH"}


def test_a_call_counts_in_the_strictest_definition_of_diverted_that_it_meets(boston):
    check(
        boston,
        "diverted",
        [
            ({"incidents": [{"District": ""}]}, "no_team"),
            ({"units": [GONE]}, "team_cancelled"),
            ({"units": [CLINICIAN, {}]}, "police_at_first"),
            ({"units": [CLINICIAN, {"Arrived": ""}]}, "police_at_first"),
            ({"units": [CLINICIAN, BY_TEAM]}, "not_alone"),
            ({"units": [{**CLINICIAN, "Arrived": ""}]}, "not_alone"),
            ({"units": [CLINICIAN]}, "in_place_of_police"),
            ({"incidents": [EDP3], "units": [WORKER, EMS]}, "not_police_before"),
        ],
    )


def test_a_call_to_which_a_unit_was_sent_was_not_resolved_by_phone(boston):
    by_phone, to_988 = {"Call Result": "RESOLVED BY PHONE"}, {"Call Result": "TRANSFERRED TO 988"}
    check(
        boston,
        "first_ring",
        [
            ({"units": [CLINICIAN]}, "team_sent"),
            ({"incidents": [by_phone], "units": [{"Arrived": ""}]}, "others_sent"),
            ({"incidents": [by_phone]}, "resolved_by_phone"),
            ({"incidents": [to_988]}, "transferred_to_988"),
            ({}, "no_result_recorded"),
        ],
    )


def test_attendance_says_who_came_first(boston):
    arrived = {
        "2026-01-05 10:08:00": "before_police",
        "2026-01-05 10:10:30": "with_police",
        "2026-01-05 10:12:00": "after_police",
        "2026-01-05 00:00:00": "order_not_recorded",
        "": "requested_not_arrived",
    }
    cases = [
        ({"units": [{}, {**CLINICIAN, "Arrived": time}]}, code) for time, code in arrived.items()
    ]
    check(boston, "clinician_attendance", cases)


def test_a_person_who_was_never_found_did_not_stay_in_the_community(boston):
    found = {"End Point": "Unable to Locate", "Disposition": "Remained in community"}
    check(boston, "outcomes", [({"units": [CLINICIAN], "encounters": [found]}, "no_contact")])


def test_followup_is_counted_in_days_from_the_call(boston):
    followed_up = {
        ("2026-01-05", "Y"): "within_1_day",
        ("2026-01-06", "Y"): "within_1_day",
        ("2026-01-07", "Y"): "days_2_to_7",
        ("2026-01-12", "Y"): "days_2_to_7",
        ("2026-01-13", "Y"): "days_8_to_30",
        ("2026-02-04", "Y"): "days_8_to_30",
        ("2026-02-05", "Y"): "not_followed_up",
        ("", "Y"): "not_followed_up",
        ("", "N"): "followup_not_recorded",
        ("2026-01-01", ""): "followup_not_recorded",
    }
    cases = [
        (
            {
                "units": [CLINICIAN],
                "encounters": [{"Followed Up On": day, "Follow-up Tracked": tracked}],
            },
            code,
        )
        for (day, tracked), code in followed_up.items()
    ]
    check(boston, "followup", cases)


def test_every_measure_states_what_it_counts_of_what_and_what_it_leaves_out():
    for measure in MEASURES.values():
        assert set(definition(measure.classify)) == set(PARTS) and measure.sentence.endswith(".")


@pytest.mark.parametrize("function", [MEASURES["volumes"].classify, response_times.timed])
def test_a_definition_says_only_what_holds_for_the_program_rows(function):
    of_incidents, of_units = definition(function), definition(function, "unit_responses")
    assert "incidents" in of_incidents["counts"] and "unit responses" not in " ".join(
        of_incidents.values()
    )
    assert "unit responses" in of_units["counts"] and "incidents" not in " ".join(of_units.values())


def test_every_leaf_a_measure_can_give_is_in_its_tree(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}], units=[{}, CLINICIAN], encounters=[{}])
    rows = collection.collect(boston, "2026-01").rows
    for measure in MEASURES.values():
        assert set(measure.classify(rows).dropna()) <= set(measure.hierarchy(boston).leaves), (
            measure.name
        )


def test_margins_hold_every_row_once_and_empty_groups_are_zero(boston):
    deliver(
        boston.folders.raw,
        "2026-01",
        incidents=[{}, {"Incident Number": "P260000002", "Type Code": "EDP3"}],
    )
    counted = tabulation.count(boston, collection.collect(boston, "2026-01"), "2026-01")
    cells = next(
        part.counts.cells for part in counted if part.table == "model_attendance"
    ).set_index(["model", "attendance"])["count"]
    assert cells["all", "calls"] == 2
    assert cells["co_response", "calls"] == cells["alternative_response", "calls"] == 1
    assert cells["standard", "calls"] == cells["all", "attended"] == 0


def test_a_table_cut_short_counts_the_same_in_coarser_codes(boston):
    deliver(
        boston.folders.raw,
        "2026-01",
        incidents=[{}, {"Incident Number": "P260000002", "Type Code": "EDP3"}],
    )
    counted = {
        part.table: part.counts
        for part in tabulation.count(boston, collection.collect(boston, "2026-01"), "2026-01")
    }
    cut, full = counted["model_attendance"], MEASURES["clinician_attendance"].hierarchy(boston)
    assert (
        set(cut.hierarchies["attendance"].leaves)
        == set(boston.tables["model_attendance"].upto)
        < set(full.codes)
    )


def test_a_table_cut_at_an_unknown_code_is_refused():
    with pytest.raises(ProgramError, match="allowed are calls"):
        MEASURES["funnel"].hierarchy(None).cut(("calls_", "eligible"))


def test_only_complete_quarters_and_years_are_published(boston):
    for month in ("2026-01", "2026-02"):
        deliver(
            boston.folders.raw,
            month,
            incidents=[
                {"Incident Number": f"P{month[-1]}", "Call Received": f"{month}-28 10:00:00"}
            ],
        )
    counted = tabulation.count(boston, collection.collect(boston, "2026-02"), "2026-02")
    assert {boston.tables[part.table].period for part in counted} == {"month"}


@pytest.mark.parametrize(
    ("grain", "expected"),
    [
        ("month", ["2025-12", "2026-01", "2026-02", "2026-03"]),
        ("quarter", ["2026-Q1"] * 3),
        ("year", []),
        ("all", ["2025/2026"] * 4),
    ],
)
def test_rows_delivered_are_counted_by_the_periods_of_the_table_that_are_complete(grain, expected):
    months = ("2025-12", "2026-01", "2026-02", "2026-03")
    handling = pd.DataFrame({"period": pd.array(months, dtype="string")})
    nothing = pd.DataFrame()
    records = Records("incidents", nothing, handling, nothing, nothing, months, (), False)
    spec = Table(title="", measure="data_quality", period=grain)
    assert list(deliveries_by_period(records, spec)["period"]) == expected


def test_a_catalogue_without_a_complete_period_is_refused_in_one_sentence(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{"Incident Number": "P260000001"}])
    records = collection.collect(boston, "2026-01")
    longer = {name: t for name, t in boston.tables.items() if t.period in ("quarter", "year")}
    for tables in (longer, *({name: table} for name, table in longer.items()), {}):
        program = boston.model_copy(update={"tables": tables})
        with pytest.raises(ProgramError, match="no period of any table is complete in 2026-01"):
            tabulation.count(program, records, "2026-01")


def test_the_median_and_ninetieth_percentile_leave_out_what_was_not_timed():
    rows = pd.DataFrame(
        {"period": "2026-01", "m": pd.array([1, 2, 3, None, 4, 5], dtype="Float64")}
    )
    found = quantiles(rows, "m", ["period"]).iloc[0]
    assert (found["median_minutes"], found["p90_minutes"]) == (3.0, 4.6)


def test_a_month_without_a_call_is_a_month_of_zeros_where_the_program_says_so(boston):
    city = boston.model_copy(
        update={"no_calls": ("2026-02",), "tables": {"funnel": boston.tables["funnel"]}}
    )
    deliver(city.folders.raw, "2026-01", incidents=[{}])
    other = {"Incident Number": "P260000002", "Call Received": "2026-03-05 10:00:00"}
    deliver(city.folders.raw, "2026-03", incidents=[other])
    deliver(city.folders.raw, "2026-02")
    records = collection.collect(city, "2026-03")
    (part,) = tabulation.count(city, records, "2026-03")
    calls = part.counts.cells.query("stage == 'calls'").set_index("period")["count"]
    assert calls.to_dict() == {"2026-01": 1, "2026-02": 0, "2026-03": 1}


def test_a_month_that_is_said_to_have_no_calls_has_none(boston):
    city = boston.model_copy(update={"no_calls": ("2026-01",)})
    deliver(city.folders.raw, "2026-01", incidents=[{}])
    with pytest.raises(ExtractError, match="no_calls"):
        collection.collect(city, "2026-01")


def test_a_definition_names_only_codes_that_its_table_has():
    whole = MEASURES["responders"].hierarchy(None)
    stated = definition(MEASURES["responders"].classify)
    assert fitted(stated, whole, whole) == stated
    short = fitted(stated, whole, whole.cut(("no_police_on_scene",)))
    assert "`nobody_recorded`" in stated["missing"]
    assert short["missing"].endswith("are part of `no_police_on_scene`.")


@pytest.mark.parametrize(
    ("codes", "missing"),
    [({"a": "A", "not_recorded": "Not recorded"}, "stand as `not_recorded`."), ({"a": "A"}, "")],
)
def test_a_table_whose_rows_all_have_a_code_does_not_speak_of_others(codes, missing):
    stated = of_codes({"missing": "stand as `not_recorded`."}, [flat("by", codes)])
    assert stated["missing"] == (missing or ALWAYS_CODED)


@pytest.mark.parametrize("name", MEASURES)
def test_a_share_of_several_wholes_is_not_said_to_be_of_one(name, program):
    if name in ("arrest", "force", "injury", "volumes", "contacts"):
        return  # each has one whole
    wholes = {node.parent for node in MEASURES[name].hierarchy(program).nodes} - {None}
    said = definition(MEASURES[name].classify)["denominator"]
    assert len(wholes) == 1 or said.startswith(("the group above (", "the step before ("))
