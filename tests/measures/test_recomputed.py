"""The figures of new tables once more, by pandas alone from the fictional files: the code that is
tried here is used for nothing but reading the program and counting.
"""

import pandas as pd
import pytest

from openresponse.measures import tabulation
from openresponse.records import collection
from support import golden
from support.extract import delivered

QUARTER = "2025-Q1"  # of the golden month's three deliveries
TABLES = ("time_on_scene", "diverted", "first_ring", "call_sources")
BEGAN = {"A-1": "2024-11", "B-2": "2024-11"}  # of co-response, up to the quarter


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """Table and part to what the code counted."""
    city = golden.program(tmp_path_factory.mktemp("recomputed"), TABLES)
    quarterly = {
        name: one.model_copy(update={"period": "quarter"}) for name, one in city.tables.items()
    }
    of_team = quarterly["time_on_scene"].model_copy(update={"by": ("model",)})
    tables = {**quarterly, "team_time_on_scene": of_team}
    city = city.model_copy(update={"tables": tables})
    records = collection.collect(city, golden.MONTH)
    parts = tabulation.count(city, records, golden.MONTH)
    return {(one.table, one.part): one for one in parts}


@pytest.fixture(scope="module")
def calls():
    """One row a call of the quarter: by number, with its model."""
    rows = delivered(golden.HERE / "raw", "incidents").drop(columns="delivery").drop_duplicates()
    rows = rows[(rows["Call Disposition"] == "") & (rows["Type Code"] != "EDP9")]
    rows = rows.set_index("Incident Number")
    month, district = rows["Call Received"].str[:7], rows["District"].str.replace("-", "")
    began = district.map({code.replace("-", ""): first for code, first in BEGAN.items()})
    co_response = (rows["Type Code"] == "EDP2") & (month >= began.fillna("9"))
    rows["model"] = "standard"
    rows.loc[rows["Type Code"] == "EDP3", "model"] = "alternative_response"
    rows.loc[co_response, "model"] = "co_response"
    return rows


@pytest.fixture(scope="module")
def units(calls):
    """One row a unit and call, of the calls that are counted; moments in impossible order noted."""
    rows = delivered(golden.HERE / "raw", "units").drop(columns="delivery").drop_duplicates()
    rows = rows[rows["Incident Number"].isin(calls.index)].reset_index(drop=True)
    rows["came"] = rows["Arrived"] != ""
    for name in ("Dispatched", "Arrived", "Cleared"):
        rows[name] = pd.to_datetime(rows[name].mask(rows[name].str.endswith(" 00:00:00"), ""))
    rows["Received"] = pd.to_datetime(rows["Incident Number"].map(calls["Call Received"]))
    moments = rows[["Received", "Dispatched", "Arrived", "Cleared"]]
    rows["in_order"] = moments.apply(lambda row: row.dropna().is_monotonic_increasing, axis=1)
    return rows


def of_kind(units: pd.DataFrame, calls: pd.DataFrame, kind: str) -> pd.DataFrame:
    if kind != "team":
        return units[units["Unit Type"] == kind]
    team = {"co_response": "CLINICIAN", "alternative_response": "MHW"}
    return units[units["Unit Type"] == units["Incident Number"].map(calls["model"]).map(team)]


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("police_time_on_scene", "POLICE"),
        ("ems_time_on_scene", "EMS"),
        ("team_time_on_scene", "team"),
    ],
)
def test_time_on_scene_and_hours_by_agency_and_model(counted, calls, units, part, kind):
    own = of_kind(units, calls, kind)
    own = own[own.groupby("Incident Number")["came"].transform("any")]
    by_call = own.groupby("Incident Number")
    minutes = (by_call["Cleared"].max() - by_call["Arrived"].min()).dt.total_seconds() / 60
    minutes = minutes.where(by_call["in_order"].all() & (minutes >= 0) & (minutes <= 1440))
    each = (own["Cleared"] - own["Arrived"]).dt.total_seconds() / 3600
    hours = each[own["in_order"]].groupby(own["Incident Number"]).sum().reindex(minutes.index)
    model = calls["model"].reindex(minutes.index)

    groups = {"time_on_scene": {"all": minutes}}
    if kind == "team":
        groups["team_time_on_scene"] = {c: minutes[model == c] for c in model.unique()}
    for name, of_group in groups.items():
        table = counted[name, part]
        cells, quantiles = by_group(table.counts.cells), by_group(table.quantiles)
        for code, chosen in of_group.items():
            timed, found = chosen.dropna(), quantiles.loc[[code]].iloc[0]
            own = cells.loc[[code]].set_index(f"{part}_timed")["count"]
            assert own["timed"] == len(timed) and own["all"] == len(chosen)
            assert found["median_minutes"] == round(timed.median(), 1)
            assert found["p90_minutes"] == round(timed.quantile(0.9), 1)
            assert found["unit_hours"] == round(hours[timed.index].sum())


def by_group(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows by model; `all` where the table does not tell models apart."""
    return frame.assign(group=frame.get("model", "all")).set_index("group")


def counts(counted, table: str, *keys: str) -> pd.Series:
    return counted[table, None].counts.cells.set_index(list(keys))["count"]


@pytest.fixture(scope="module")
def logged(calls, units):
    """One row a call: what its units are, as sets of who was sent and who came."""
    team = of_kind(units, calls, "team")
    sent, came = set(team["Incident Number"]), set(team.loc[team["came"], "Incident Number"])
    police = units[units["Unit Type"] == "POLICE"]
    by_dispatch = police.loc[police["Requested By"] == "DISPATCH", "Incident Number"]
    cancelled = set(team.loc[team["Cancelled By"] != "", "Incident Number"]) - came
    number = calls.index
    return pd.DataFrame(
        {
            "team": number.isin(sent),
            "team_came": number.isin(came),
            "cancelled": number.isin(cancelled),
            "police": number.isin(police["Incident Number"]),
            "police_by_dispatch": number.isin(by_dispatch),
            "anybody": number.isin(units["Incident Number"]),
        },
        index=number,
    )


def test_diverted_from_police_by_each_of_five_definitions(counted, calls, logged):
    went = logged["team"] & ~logged["cancelled"]
    alone = logged["team_came"] & ~logged["police"]
    expected = {
        "team_associated": logged["team"],
        "team_not_cancelled": went,
        "no_police_at_first": went & ~logged["police_by_dispatch"],
        "never_police": alone,
        "in_place_of_police": alone & (calls["Type Code"] == "EDP2"),
    }
    found = counts(counted, "diverted", "diverted")
    assert {code: found[code] for code in expected} == {c: s.sum() for c, s in expected.items()}
    assert (
        found["calls"] == len(calls) and found["eligible"] == (calls["model"] != "standard").sum()
    )


def test_whether_anybody_was_sent_and_what_was_done_instead(counted, calls, logged):
    found = counts(counted, "first_ring", "first_ring")
    nobody = calls[~logged["anybody"]]["Call Result"]
    assert found["nobody_sent"] == len(nobody) and found["team_sent"] == logged["team"].sum()
    for code, word in (
        ("resolved_by_phone", "RESOLVED BY PHONE"),
        ("transferred_to_988", "TRANSFERRED TO 988"),
        ("no_result_recorded", ""),
    ):
        assert found[code] == (nobody == word).sum()


def test_how_calls_came_in(counted, calls):
    found = counts(counted, "call_sources", "call_source")
    words = calls["Call Source"].value_counts()
    codes = {"call_911": "911", "call_988": "988", "on_view": "ON-VIEW", "not_recorded": ""}
    assert {code: found[code] for code in codes} == {c: words[word] for c, word in codes.items()}
