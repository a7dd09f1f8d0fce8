"""The fictional extract: reproducible, and spoiled the way real files are."""

import hashlib

import pytest

from openresponse.demo import extract
from openresponse.demo.calls import PLACES
from openresponse.errors import OpenResponseError
from support.extract import delivered as table


def hashes(folder):
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_one_another_extract(tmp_path):
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        extract.write(tmp_path / name, months=6, seed=seed)
    assert hashes(tmp_path / "one") == hashes(tmp_path / "again") != hashes(tmp_path / "other")


def test_every_delivery_says_that_it_is_fictional(raw):
    deliveries = [p for p in raw.iterdir() if p.is_dir()]
    assert len(deliveries) == 24
    assert all((folder / "FICTIONAL").is_file() for folder in deliveries)


def test_an_existing_delivery_is_never_overwritten(tmp_path):
    (tmp_path / "2026-10").mkdir()
    with pytest.raises(OpenResponseError, match="already a delivery for 2026-10"):
        extract.write(tmp_path)


def test_about_ten_thousand_calls_a_year_most_in_three_neighborhoods(raw):
    calls = table(raw, "incidents").drop_duplicates("Incident Number")
    assert 19_000 < len(calls) < 21_500
    assert list(calls["Neighborhood"].value_counts().index[:3]) == [
        "Dorchester",
        "Roxbury",
        "South End",
    ]
    assert {name for name, *_ in PLACES} == set(calls["Neighborhood"]) - {""}


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [("midnight", 0.03, 0.05), ("early", 0.012, 0.028), ("blank", 0.07, 0.16)],
)
def test_the_defects_of_real_files_are_there(raw, share, low, high):
    calls, units = table(raw, "incidents").drop_duplicates("Incident Number"), table(raw, "units")
    arrived = units[units["Arrived"] != ""]
    joined = units.merge(calls[["Incident Number", "Call Received"]], on="Incident Number")
    first_year = table(raw, "encounters").query("delivery < '2025-11'")
    found = {
        "midnight": arrived["Arrived"].str.endswith("00:00:00").mean(),
        "early": (joined["Dispatched"] < joined["Call Received"]).mean(),
        "blank": (first_year["End Point"] == "").mean(),
    }
    assert low < found[share] < high


def test_vocabulary_changes_in_the_middle(raw):
    calls = table(raw, "incidents")
    assert set(calls.query("delivery < '2025-06'")["Type Code"]) <= {"EDP2", "EDP3", "EDP9"}
    assert "EDP-2" in set(calls["Type Code"])
    assert {"Engaged Client", "Engaged client"} <= set(table(raw, "encounters")["End Point"])


def test_one_delivery_is_partial_and_the_rest_comes_with_the_next(raw):
    calls = table(raw, "incidents")
    assert calls.query("delivery == '2025-02'")["Call Received"].max() < "2025-02-18"
    assert (
        calls.query("delivery == '2025-03'")["Call Received"].between("2025-02-18", "2025-03-01")
    ).sum() > 100


def test_some_rows_come_late_some_twice_and_some_are_said_again(raw):
    calls, encounters = table(raw, "incidents"), table(raw, "encounters")
    assert (calls["Call Received"].str[:7] < calls["delivery"]).mean() > 0.005
    assert calls.duplicated().mean() > 0.002
    assert (
        encounters.drop_duplicates(["Encounter ID", "delivery"])["Encounter ID"].duplicated().any()
    )


def test_clinicians_come_more_often_over_time(raw):
    calls = table(raw, "incidents").drop_duplicates("Incident Number")
    came = table(raw, "units").query("`Unit Type` == 'CLINICIAN' and Arrived != ''")[
        "Incident Number"
    ]
    roxbury = calls[
        (calls["District"].isin(["B-2", "B2"])) & calls["Type Code"].isin(["EDP2", "EDP-2"])
    ]
    share = roxbury["Incident Number"].isin(came).groupby(roxbury["delivery"] > "2025-10").mean()
    assert share[True] > share[False] + 0.05
