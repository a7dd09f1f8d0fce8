"""The exports of another city's ordinary systems are read whole, by a program file alone."""

import pandas as pd
import pytest

from openresponse.disclosure import cell_suppression, rules
from openresponse.measures import tabulation
from openresponse.measures.counting.record_attributes import microdata
from openresponse.program import Folders, load
from openresponse.records import collection, delivery
from openresponse.release import candidate, public_tables
from openresponse.release.candidate import Occasion
from openresponse.release.checks import admission
from support.workspace import ROOT

PROGRAM = ROOT / "tests" / "programs" / "riverton.yml"
DATA = ROOT.parent / "shared" / "data" / "riverton"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(),
    reason="the exports of Riverton are not part of this repository",
)


@pytest.fixture(scope="module")
def riverton():
    return load(PROGRAM)


@pytest.fixture(scope="module")
def readings(riverton):
    return {name: delivery.reading(riverton, name, []) for name in riverton.extracts}


def forms(reading):
    return [file.form for file in reading.files]


def test_every_row_but_titles_and_totals_is_read(readings):
    rows = {name: [file.rows for file in one.files] for name, one in readings.items()}
    assert rows == {"incidents": [3010, 208], "units": [3599, 258], "encounters": [475, 42]}


def test_delimiter_and_encoding_are_found_and_reported(readings):
    assert forms(readings["incidents"]) == ["text, semicolon, cp1252"] * 2
    assert forms(readings["units"]) == ["text, tab, utf-8-sig"] * 2
    assert forms(readings["encounters"]) == ["text, comma, utf-8-sig"] * 2
    assert readings["units"].files[0].detected == ("delimiter", "encoding")


def test_every_cell_of_every_column_is_readable_or_empty_but_for_ages_that_are_none(readings):
    columns = [column for one in readings.values() for column in one.columns]
    assert {one.field for one in columns if one.unreadable} <= {"age"}
    received = next(one for one in columns if one.field == "received")
    assert (received.readable, received.empty) == (3010, 0)


def test_rows_are_numbered_as_in_a_spreadsheet(readings):
    rows = readings["incidents"].rows
    assert rows["row"].iloc[0] == 4 and rows["row"].iloc[3009] == 3013


def test_twelve_hour_times_and_clocks_past_midnight_are_moments(riverton, readings):
    zone = riverton.program.zone
    received = readings["incidents"].rows.set_index("incident_number")["received"]
    assert received["25-100001"] == pd.Timestamp("2025-08-01 01:57:35", tz=zone)
    units = readings["units"].rows
    took = (units["arrived"] - units["dispatched"]).dropna()
    assert took.min() >= pd.Timedelta(0) and took.max() < pd.Timedelta(hours=3)
    assert (took.index.size, units["arrived"].isna().sum()) == (3650, 207)


def test_the_months_of_one_file_for_all_are_counted_like_deliveries(riverton):
    records = collection.collect(riverton, collection.last_month(riverton))
    assert records.months[0] == "2025-08" and records.months[-1] == "2026-10"
    assert len(records.rows) == 3218
    delivered = records.handling.query("extract == 'incidents'")["period"].value_counts()
    assert delivered["2026-10"] == 208
    sent = records.rows.groupby("month")["team_sent"].sum()
    assert sent["2025-09"] == 0 and sent["2025-10"] == 38
    assert records.rows["call_source"].notna().all()


def test_a_crew_that_takes_somebody_away_leaves_before_it_is_free(readings):
    units = readings["units"].rows
    taken = units.dropna(subset=["left_scene"])
    wrong = taken[taken["left_scene"] > taken["cleared"]]
    assert (len(taken), wrong["row"].tolist()) == (384, [668])  # one clock is wrong in the export
    assert units.loc[units["arrived"].notna(), "cleared"].notna().all()


@pytest.fixture(scope="module")
def released(riverton, tmp_path_factory):
    """The public tables of its newest month, by name."""
    folders = Folders(raw=riverton.folders.raw).below(tmp_path_factory.mktemp("riverton"))
    city = riverton.model_copy(update={"folders": folders})
    month = collection.last_month(city)
    found = collection.collect(city, month)
    counted = tabulation.count(city, found, month)
    tables = [part.counts for part in counted]
    rule = rules.of(city.privacy)
    protection = cell_suppression.protect(tables, microdata(city, found, counted), rule)
    public = public_tables.make(city, found, counted, protection.statuses, rule)
    made = candidate.write(
        city, found, counted, public, rule, Occasion(month), relations=protection.system.relations
    )
    assert admission.check(made, folders, rule).ok
    return {path.stem: pd.read_csv(path, dtype=str) for path in made.folder.glob("*.csv")}


@pytest.fixture(scope="module")
def by_hand():
    """The calls with who came, joined from the files by pandas alone."""
    every = {"sep": ";", "encoding": "cp1252", "skiprows": 2, "skipfooter": 1, "engine": "python"}
    calls = pd.concat(pd.read_csv(path, **every) for path in DATA.glob("CFS_by_type*.csv"))
    calls = calls[calls["CFS Number"].str.match(r"^\d", na=False)].copy()
    calls["at"] = pd.to_datetime(calls["Create DtTm"], format="%m/%d/%Y %I:%M:%S %p")
    units = pd.concat(
        pd.read_csv(path, sep="\t", encoding="utf-8-sig") for path in DATA.glob("UnitHistory*.txt")
    )
    scene = pd.to_datetime(units["Unit Date"] + " " + units["Onscene"].fillna(""), errors="coerce")
    sent = pd.to_datetime(units["Unit Date"] + " " + units["Dispatched"])
    units["scene"] = scene.mask(scene < sent, scene + pd.Timedelta(days=1))
    came = units.dropna(subset=["scene"])
    police = set(came.loc[came["Agency"] == "RPD", "CFS Number"])
    calls["month"] = calls["at"].dt.strftime("%Y-%m")
    calls["police"] = calls["CFS Number"].isin(police)
    began = calls["Dist"].map({"N": "2025-10", "C": "2025-10", "S": "2026-02"}).fillna("never")
    team = set(units.loc[units["Agency"] == "MCT", "CFS Number"])
    calls["team"] = calls["CFS Number"].isin(team) & (calls["month"] >= began)
    first = came.groupby("CFS Number")["scene"].min()
    calls["minutes"] = (calls["CFS Number"].map(first) - calls["at"]).dt.total_seconds() / 60
    return calls


def shown(table, **codes):
    """The counts that are shown of a code, by period."""
    (column, code) = next(iter(codes.items()))
    rows = table[(table[column] == code) & table["incidents_status"].fillna("").isin(["", "p"])]
    return rows.set_index("period")["incidents"].astype(int)


@pytest.mark.slow
def test_the_released_figures_are_those_counted_from_the_files_by_hand(released, by_hand):
    every = by_hand.groupby("month").size()
    assert (shown(released["funnel"], stage="calls") == every).all()
    sent = by_hand[by_hand["team"]].groupby("month").size()
    team_sent = shown(released["funnel"], stage="team_sent")
    operating = team_sent[team_sent > 0]
    assert len(operating) >= 4 and (operating == sent[operating.index]).all()
    police = shown(released["responders"], responders="police_on_scene")
    assert len(police) >= 12
    assert (police == by_hand[by_hand["police"]].groupby("month").size()[police.index]).all()


@pytest.mark.slow
def test_the_median_time_is_that_of_the_files(released, by_hand):
    times = released["response_times"]
    medians = times[times["median_minutes_status"].fillna("").isin(["", "p"])].dropna(
        subset=["median_minutes"]
    )
    found = medians.set_index("period")["median_minutes"].astype(float)
    expected = by_hand.groupby("month")["minutes"].median()
    assert len(found) >= 12 and (found - expected[found.index]).abs().max() <= 0.1
