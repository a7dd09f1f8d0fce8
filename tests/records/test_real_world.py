"""Small deliveries of the kinds that publishers and emergency services report, each with the figure
that is right.
"""

import json

import pandas as pd
import pytest

from openresponse.errors import ExtractError
from openresponse.measures.response_times import TIMED
from openresponse.measures.response_times import timed as timed_codes
from openresponse.program import Program
from openresponse.records import collection
from openresponse.records.collection import Records
from openresponse.records.intervals import INTERVALS
from support.workspace import ROOT

DELIVERIES = ROOT.parent / "shared" / "data" / "real-world"
pytestmark = pytest.mark.skipif(
    not DELIVERIES.is_dir(), reason="the reported deliveries are not part of this repository"
)


@pytest.fixture
def collected(boston):
    """Collects one of the deliveries through the demonstration's program, or a changed one."""

    def collect(name: str, program: Program = boston) -> Records:
        folders = program.folders.model_copy(update={"raw": DELIVERIES / name / "raw"})
        city = program.model_copy(update={"folders": folders})
        return collection.collect(city, collection.last_month(city))

    return collect


def right(name: str):
    expected = json.loads((DELIVERIES / "expected.json").read_text(encoding="utf-8"))
    return expected[name]["right"]


def test_a_dispatch_before_the_call_is_not_timed(collected):
    rows = collected("dispatch-before-call").rows
    interval = INTERVALS["dispatch_to_arrival"]
    timed = (timed_codes(rows, interval) == TIMED).sum()
    assert [timed, rows[interval.name].max()] == right("dispatch-before-call")


def test_numbers_that_begin_again_each_year_are_other_calls(collected):
    rows = collected("numbers-restart-each-year").rows
    calls = rows.groupby("month").size()
    sent = rows.loc[rows["month"] == "2026-10", "team_sent"].sum()
    found = [calls["2025-10"], calls["2026-10"], sent]
    assert found == right("numbers-restart-each-year")


def test_units_of_another_series_of_numbers_came_to_none_of_the_calls(collected):
    rows = collected("two-number-series").rows
    assert rows["ems_on_scene"].sum() == right("two-number-series")


def test_numbers_that_a_spreadsheet_rounded_are_refused_by_column(collected):
    with pytest.raises(ExtractError, match=r"incidents\.csv, column `Incident Number`.*2, 3, 4"):
        collected("scientific-notation")


def test_lines_of_one_month_model_and_category_add_up(collected):
    assert collected("spending-lines").spending["amount"].sum() == right("spending-lines")


def test_a_month_as_a_spreadsheet_writes_it_is_read(collected):
    spending = collected("spending-month-saved-by-excel").spending
    assert spending["amount"].sum() == float(right("spending-month-saved-by-excel")[:8])
    assert list(spending["month"]) == ["2026-10"]


def test_a_word_for_nobody_is_no_person(collected):
    rows = collected("unknown-person-id").rows
    assert [rows["person_known"].sum(), rows["repeat"].sum()] == right("unknown-person-id")


def test_ages_in_months_are_ages_of_children(collected):
    bands = collected("age-in-months").rows["age_band"]
    found = [(bands == "under_18").sum(), (bands == "18_to_24").sum()]
    assert found == right("age-in-months")


def test_codes_of_the_ems_standard_mean_what_it_says(collected):
    outcomes = collected("nemsis-codes").rows["outcome"].value_counts()
    found = [
        outcomes.get(code, 0)
        for code in ("emergency_department", "crisis_or_respite", "other_outcome")
    ]
    assert found == [*right("nemsis-codes")[:2], int(right("nemsis-codes")[2].split(":")[0])]


def test_a_reopened_call_of_a_published_month_stays_in_it(boston):
    raw = DELIVERIES / "reopened-call" / "raw"
    folders = boston.folders.model_copy(update={"raw": raw})
    city = boston.model_copy(update={"folders": folders})
    found = collection.collect(city, "2026-10", published={"2026-09": "2026-09"})
    assert found.rows.groupby("month").size().to_dict() == {"2026-09": 60, "2026-10": 60}
    assert (found.handling["handling"] == "arrived_late").sum() == 1


def test_duplicate_and_test_calls_are_left_out_and_counted(collected):
    found = collected("duplicate-and-test-calls")
    assert [len(found.rows), found.rows["team_sent"].sum()] == right("duplicate-and-test-calls")
    left_out = found.handling["handling"].value_counts()
    assert (left_out["duplicate_call"], left_out["test_call"]) == (3, 1)


def test_one_car_may_hold_two_agencies(boston, collected):
    units = boston.extracts["units"]
    codes = units.columns["unit_type"].codes | {"CLINICIAN": "police + clinician"}
    unit_type = units.columns["unit_type"].model_copy(update={"codes": codes})
    units = units.model_copy(update={"columns": units.columns | {"unit_type": unit_type}})
    city = boston.model_copy(update={"extracts": boston.extracts | {"units": units}})
    rows = collected("one-car-two-agencies", city).rows
    assert (rows["team_arrived"] & ~rows["police_on_scene"]).sum() == 0
    assert (rows["team_order"].dropna() == "with_police").all()
    assert rows["team_arrived"].all() and pd.notna(rows["team_order"]).all()
