"""A program file alone turns another city's real extract into a release, with its known figures."""

import pytest

from openresponse.disclosure import cell_suppression, rules
from openresponse.measures import tabulation
from openresponse.measures.counting.record_attributes import microdata
from openresponse.program import Folders, load
from openresponse.records import collection, delivery, intervals
from openresponse.release import candidate, public_tables
from openresponse.release.candidate import Occasion
from openresponse.release.checks import admission
from support.extract import described
from support.workspace import ROOT

EXTRACT = ROOT.parent / "shared" / "data" / "lincoln_ne_ems_unit_responses_2010_2020.csv"
TIMES = ("Unit_Dispatch_Times", "Unit_Arrive_Times")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not EXTRACT.is_file(), reason="the Lincoln extract is not part of this repository"
    ),
]


@pytest.fixture(scope="module")
def lincoln(tmp_path_factory):
    work = tmp_path_factory.mktemp("lincoln")
    folders = Folders(
        raw=EXTRACT.parent,
        public=work / "public",
        build=work / "build",
        site=work / "site",
        ledger=work / "ledger",
    )
    city = load(ROOT / "tests" / "programs" / "lincoln.yml").model_copy(update={"folders": folders})
    rule = rules.of(city.privacy)
    month = collection.last_month(city)
    found = collection.collect(city, month)
    counted = tabulation.count(city, found, month)
    tables = [part.counts for part in counted]
    protection = cell_suppression.protect(tables, microdata(city, found, counted), rule)
    tables = public_tables.make(city, found, counted, protection.statuses, rule)
    made = candidate.write(
        city, found, counted, tables, rule, Occasion(month), relations=protection.system.relations
    )
    assert admission.check(made, folders, rule).ok
    return made


@pytest.fixture
def program_of_raw_file():
    """The file that those figures were made from: one row a call, its units in one cell."""
    clock = {"date": "incident_date", "format": "%m/%d/%y %H:%M:%S"}
    times = list(TIMES)
    return described(
        load(ROOT / "tests" / "programs" / "lincoln.yml"),
        "units",
        file="lincoln_ne_cad_raw_multivalued_2010_2020.noremarks.csv",
        several={"columns": times, "equals": "=", "heading": "Unit"},
        columns={
            "unit": "Unit",
            "dispatched": {"column": times[0], **clock},
            "arrived": {"column": times[1], **clock},
        },
    )


def test_time_on_scene_comes_from_the_raw_file_of_times(program_of_raw_file):
    clock = {"date": "incident_date", "format": "%m/%d/%y %H:%M:%S"}
    times = [*TIMES, "Unit_Enroute_To_Hospital_Times", "Unit_Clear_Times"]
    city = described(
        program_of_raw_file,
        "units",
        several={"columns": times, "equals": "=", "heading": "Unit"},
        columns={
            "left_scene": {"column": times[2], **clock},
            "cleared": {"column": times[3], **clock},
        },
    )
    assert "time_on_scene" in [one.name for one in intervals.timed_by(city)]
    first = delivery.reading(city, "units", []).rows.query("row == 3")
    timed = intervals.of_unit_responses([intervals.INTERVALS["time_on_scene"]], first)
    # WAVE12 came at 07:06:23 and left for the hospital at 07:24:27; the others never came.
    assert timed["time_on_scene"].round(2).tolist()[1] == 18.07
    assert timed["unit_minutes"].isna().tolist() == [True, False, True]


def test_every_unit_response_is_counted(lincoln):
    frame = lincoln.tables["volumes"].query("priority == 'all'")
    assert frame["unit_responses"].sum() == 22_829 and len(frame) == 132


def test_the_known_median_and_ninetieth_percentile_come_out(lincoln):
    row = lincoln.tables["response_times_all_years"].query("priority == 'all'").iloc[0]
    assert (row["timed"], row["median_minutes"], row["p90_minutes"]) == (22_829, 11.6, 21.1)


def test_psychiatric_calls_are_withheld_where_they_are_few_and_shown_where_not(lincoln):
    years = lincoln.tables["psychiatric"].query("condition == 'psychiatric'").set_index("period")
    assert (years.loc[["2010", "2011", "2012", "2018"], "unit_responses_status"] == "c").all()
    whole = lincoln.tables["psychiatric_all_years"].query("condition == 'psychiatric'")
    assert whole["unit_responses_status"].item() == "c", "73 in all leave the years too little room"


def test_real_figures_are_not_called_fictional(lincoln):
    assert not lincoln.fictional
    assert set(lincoln.tables["volumes"]["source"]) == {"Lincoln, Nebraska"}


def test_the_raw_file_with_several_units_in_a_cell_is_read_without_a_cell_left(program_of_raw_file):
    reading = delivery.reading(program_of_raw_file, "units", [])
    assert reading.files[0].rows == 48_083
    assert {column.unreadable for column in reading.columns} == {0}
    minutes = (reading.rows["arrived"] - reading.rows["dispatched"]).dt.total_seconds() / 60
    assert minutes.min() >= 0 and round(minutes.median(), 1) == 11.2
    first = reading.rows[reading.rows["row"] == 3]
    assert first["unit"].tolist() == ["WAVE1", "WAVE12", "M5"]
    assert first["arrived_given"].tolist() == [False, True, False]
