"""An interval is declared once: its column, its calls, its counts and its definition follow."""

import pandas as pd
import pytest

from openresponse.errors import ProgramError
from openresponse.measures import response_times, tabulation
from openresponse.program import Program, Stack
from openresponse.records import collection, intervals
from openresponse.records.intervals import INTERVALS, Interval, Moment
from openresponse.records.schema import FIELDS, MOMENTS, SAFE
from support.extract import deliver

CLINICIAN = {"Unit": "C1", "Unit Type": "CLINICIAN", "Arrived": "2026-01-05 10:20:00"}
LATER = {"Unit": "H22", "Dispatched": "2026-01-05 10:30:00", "Arrived": "2026-01-05 10:31:00"}


def moments() -> list[Moment]:
    return [moment for one in INTERVALS.values() for moment in (one.start, one.end)]


@pytest.mark.parametrize("moment", moments(), ids=lambda moment: f"{moment.of} {moment.field}")
def test_a_moment_is_a_time_of_the_schema(moment):
    assert FIELDS[moment.extract][moment.field].kind == "time"


def test_the_moments_of_a_row_are_declared_in_the_order_in_which_they_happen():
    for extract, fields in FIELDS.items():
        times = {field for field, rule in fields.items() if rule.kind == "time"}
        assert set(MOMENTS.get(extract, ())) == times, extract


def test_an_interval_is_on_the_allow_list_with_what_it_is_asked_of():
    for interval in INTERVALS.values():
        assert interval.name in SAFE
        assert interval.among is None or interval.among.column in SAFE


def test_each_interval_is_measured_between_the_first_units_that_recorded_its_moments(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}], units=[{}, CLINICIAN, LATER])
    row = collection.collect(boston, "2026-01").rows.iloc[0]
    minutes = {
        "call_to_dispatch": 2,
        "dispatch_to_arrival": 8,
        "call_to_arrival": 10,
        "call_to_team_arrival": 20,
    }
    assert {name: row[name] for name in minutes} == minutes


def test_of_several_units_the_last_moment_counts_where_the_interval_asks_for_it():
    incidents = pd.DataFrame({"received": pd.to_datetime(["2026-01-05 10:00Z"])})
    units = pd.DataFrame(
        {
            "incident": [0, 0],
            "in_order": [True, True],
            "arrived": pd.to_datetime(["2026-01-05 10:10Z", "2026-01-05 10:31Z"]),
        }
    )
    last = Interval("x", intervals.CALL, Moment("arrived", "any", "last"))
    assert intervals.of_incidents([last], incidents, {"any": units})["x"].tolist() == [31]


@pytest.mark.parametrize(
    ("end", "minutes"),
    [("10:00", 0), ("09:59", None), ("2026-01-06 10:00", 1440), ("2026-01-06 10:01", None)],
)
def test_an_interval_in_an_impossible_order_or_longer_than_a_day_is_not_timed(end, minutes):
    day = "" if "-" in end else "2026-01-05 "
    start, end = (pd.Series(pd.to_datetime([at])) for at in ("2026-01-05 10:00", f"{day}{end}"))
    found = intervals.minutes(start, end)[0]
    assert (None if pd.isna(found) else found) == minutes


def with_times(boston: Program, *names: str) -> Program:
    stack = Stack(column="interval", label="Interval", parts=dict.fromkeys(names, "x"))
    table = boston.tables["response_times"].model_copy(update={"stack": stack})
    return boston.model_copy(update={"tables": {"response_times": table}})


def counted(program: Program, *units: dict):
    deliver(program.folders.raw, "2026-01", incidents=[{}], units=list(units))
    return tabulation.count(program, collection.collect(program, "2026-01"), "2026-01")


def test_the_arrival_of_the_team_is_asked_of_the_calls_it_came_to(boston):
    (part,) = counted(with_times(boston, "call_to_team_arrival"), {})
    assert part.counts.cells["count"].tolist() == [0, 0, 0]
    assert part.definition["excludes"].startswith("calls the team did not come to; ")
    assert part.counts.subset == (("stage", "arrived"),)


def test_an_interval_that_is_not_declared_is_refused_with_those_that_are(boston):
    with pytest.raises(ProgramError, match="no interval `call_to_clear`.*call_to_arrival"):
        counted(with_times(boston, "call_to_clear"), {})


def test_times_spent_and_times_until_something_are_not_put_into_one_table(boston):
    with pytest.raises(ProgramError, match="some of these are times that units spent"):
        counted(with_times(boston, "call_to_arrival", "police_time_on_scene"), {})


def test_each_part_of_a_table_of_times_is_asked_of_its_own_calls_and_says_so(boston):
    parts = counted(with_times(boston, "police_time_on_scene", "team_time_on_scene"), {})
    assert [part.counts.cells["count"].max() for part in parts] == [1, 0]
    assert [part.definition["excludes"].split(";")[0] for part in parts] == [
        "calls with no police recorded on scene",
        "calls the team did not come to",
    ]


AT_TEN = "2026-01-05 10:{}:00"
SECOND = {"Unit": "H22", "Dispatched": AT_TEN.format("05"), "Arrived": AT_TEN.format("20")}


@pytest.mark.parametrize(
    ("units", "on_scene", "spent"),
    [
        ([{"Cleared": AT_TEN.format("40")}], 30, 30),
        ([{"Cleared": AT_TEN.format("40")}, {**SECOND, "Cleared": AT_TEN.format("30")}], 30, 40),
        ([{"Cleared": AT_TEN.format("40")}, {**SECOND, "Cleared": AT_TEN.format("50")}], 40, 60),
        ([{"Cleared": AT_TEN.format("40")}, SECOND], 30, 30),
        ([{}], None, 0),
        ([{"Cleared": AT_TEN.format("05")}], None, None),
    ],
    ids=[
        "one unit",
        "the last to leave came first",
        "the last to leave came last",
        "a unit that did not say when it left",
        "nobody said when they left",
        "left before it came",
    ],
)
def test_time_on_scene_runs_from_the_first_arrival_to_the_last_leaving_and_hours_add_units_up(
    boston, units, on_scene, spent
):
    deliver(boston.folders.raw, "2026-01", incidents=[{}], units=units)
    row = collection.collect(boston, "2026-01").rows.iloc[0]
    found = [row["police_time_on_scene"], row["police_unit_minutes"]]
    assert [None if pd.isna(one) else one for one in found] == [on_scene, spent]


def test_an_ambulance_that_takes_somebody_away_leaves_the_scene_before_it_is_free():
    units = pd.DataFrame(
        {
            "arrived": pd.to_datetime(["2026-01-05 10:10Z", "2026-01-05 10:10Z"]),
            "left_scene": pd.to_datetime(["2026-01-05 10:30Z", None]),
            "cleared": pd.to_datetime(["2026-01-05 11:30Z", "2026-01-05 10:50Z"]),
        }
    )
    timed = intervals.of_unit_responses([INTERVALS["time_on_scene"]], units)
    assert timed["time_on_scene"].tolist() == timed["unit_minutes"].tolist() == [20, 40]


def test_every_interval_states_its_definition_for_incidents_and_for_unit_responses():
    for interval in INTERVALS.values():
        for universe in ("incidents", "unit_responses"):
            stated = response_times.stated(interval, universe)
            assert universe.replace("_", " ") in stated["counts"] and stated["excludes"]
