"""A city changes in the course of a year, and each row is read as it was written on its day."""

from datetime import date

import pandas as pd
import pytest

from openresponse.errors import ExtractError
from openresponse.program import Extract
from openresponse.program.areas import District
from openresponse.records import collection, delivery
from openresponse.records.plausibility import judgement
from support.extract import CALL, deliver, described

OLD, NEW = "EDP2", "MH"
# The vendor is replaced on the 16th of January: another file, other headings, codes and times.
REPLACED = {
    "incident_number": "Event",
    "received": {"column": "Created", "format": "%m/%d/%Y %H:%M"},
    "code": {"column": "Nature", "codes": {"MH": "EDP2", "EDP2": "EDP3"}},
    "district": {"column": "Beat", "codes": {"2": "B-2"}},
}


def replaced(boston, last="2026-01-15", first="2026-01-16"):
    """The program with another extract of calls from the 16th of January."""
    before = boston.extracts["incidents"].model_dump() | {"valid_to": date.fromisoformat(last)}
    incidents = Extract.model_validate(
        {
            "file": "events.csv",
            "columns": REPLACED,
            "valid_from": date.fromisoformat(first),
            "earlier": [before],
        }
    )
    return boston.model_copy(update={"extracts": boston.extracts | {"incidents": incidents}})


def events(raw, month, *rows):
    lines = ["Event,Created,Nature,Beat", *(",".join(row) for row in rows)]
    (raw / month / "events.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def with_column(boston, field, **column):
    return described(boston, "incidents", {field: column})


def calls(program, months=("2026-01",)):
    return delivery.read(program, "incidents", list(months))


def test_after_a_change_of_system_in_mid_month_each_file_is_read_in_its_own_form(boston):
    city, raw = replaced(boston), boston.folders.raw
    deliver(raw, "2026-01", incidents=[{}, {"Incident Number": "P260000002"}])
    # The new system counts from one again: the same number is another call.
    events(raw, "2026-01", ["P260000001", "01/20/2026 08:30", "MH", "2"], ["X2", "", "EDP2", "2"])
    found = collection.collect(city, "2026-01")
    assert found.rows["model"].tolist() == ["co_response", "co_response", "co_response"]
    handling = found.handling.loc[found.handling["extract"] == "incidents", "handling"]
    assert handling.tolist() == ["used", "used", "used", "required_field_missing"]


def test_calls_of_days_on_which_the_other_system_holds_are_out_of_scope(boston):
    city, raw = replaced(boston), boston.folders.raw
    late = {"Incident Number": "P260000002", "Call Received": "2026-01-16 00:00:01"}
    deliver(raw, "2026-01", incidents=[{"Call Received": "2026-01-15 23:59:59"}, late])
    events(
        raw, "2026-01", ["X1", "01/16/2026 00:00", "MH", "2"], ["X2", "01/15/2026 23:59", "MH", "2"]
    )
    found = collection.collect(city, "2026-01")
    assert found.handling["handling"].tolist()[:4] == ["used", "out_of_scope"] * 2


def test_months_before_and_after_a_change_need_only_their_own_file(boston):
    city, raw = replaced(boston, "2026-01-31", "2026-02-01"), boston.folders.raw
    deliver(raw, "2026-01", incidents=[{}])
    (deliver(raw, "2026-02") / "incidents.csv").unlink()
    events(raw, "2026-02", ["X1", "02/16/2026 00:00", "MH", "2"])
    before = collection.collect(boston, "2026-01").rows
    after = collection.collect(city, "2026-02").rows
    assert after["month"].tolist() == ["2026-01", "2026-02"]
    pd.testing.assert_frame_equal(collection.collect(city, "2026-01").rows, before)
    (raw / "2026-02" / "events.csv").unlink()
    with pytest.raises(ExtractError, match="events.csv.*is missing. It is the extract that holds"):
        collection.collect(city, "2026-02")


def test_check_says_which_description_applied_to_which_file(boston):
    city, raw = replaced(boston), boston.folders.raw
    deliver(raw, "2026-01", incidents=[{}])
    events(raw, "2026-01", ["X1", "01/16/2026 00:00", "MH", "2"])
    gathered = collection.gather(city, "2026-01")
    forms = gathered.files.set_index("file")["form"]
    assert forms["2026-01/incidents.csv"].endswith("of the extract that holds to 2026-01-15")
    assert forms["2026-01/events.csv"].endswith("of the extract that holds from 2026-01-16")
    assert set(gathered.values["column"]) >= {"Call Received", "Created"}


def test_a_renamed_column_has_several_names(boston):
    city = with_column(boston, "district", column=["Beat", "District"], codes={"B-2": "B-2"})
    deliver(boston.folders.raw, "2026-01", incidents=[{}])
    assert calls(city)["district"].tolist() == ["B-2"]
    path = boston.folders.raw / "2026-01" / "incidents.csv"
    path.write_text(path.read_text().replace("District", "Beat"))
    assert calls(city)["district"].tolist() == ["B-2"]
    path.write_text(path.read_text().replace("Address", "District"))
    with pytest.raises(ExtractError, match="`Beat`, `District` are both there"):
        calls(city)


def test_a_list_of_codes_that_changes_is_read_by_the_day_of_the_row(boston):
    city = with_column(
        boston,
        "code",
        column="Type Code",
        codes={"A": "EDP3"},
        valid_from=date(2026, 1, 16),
        earlier=[{"column": "Type Code", "codes": {"A": "EDP2"}, "valid_to": date(2026, 1, 15)}],
    )
    days = ["2026-01-15 23:59:59", "2026-01-16 00:00:00"]
    deliver(
        boston.folders.raw,
        "2026-01",
        incidents=[{"Type Code": "A", "Call Received": d} for d in days],
    )
    assert calls(city)["code"].tolist() == ["EDP2", "EDP3"]


def test_a_form_of_times_that_changes_is_the_one_that_holds_on_the_day_it_says(boston):
    city = with_column(
        boston,
        "received",
        column="Call Received",
        format="%m/%d/%Y %H:%M",
        valid_from=date(2026, 7, 1),
        earlier=[
            {"column": "Call Received", "format": "%d/%m/%Y %H:%M", "valid_to": date(2026, 6, 30)}
        ],
    )
    stamps = ["03/04/2026 10:00", "08/07/2026 10:00", "13/08/2026 10:00"]
    deliver(boston.folders.raw, "2026-01", incidents=[{"Call Received": one} for one in stamps])
    assert calls(city)["received"].dt.strftime("%m-%d").fillna("").tolist() == [
        "04-03",
        "08-07",
        "",
    ]
    assert calls(city)["handling"].tolist() == ["", "", "unreadable"]


def test_a_column_of_which_a_file_has_one_form_is_read_in_that_form_on_any_day(boston):
    city = with_column(
        boston,
        "code",
        column="Nature",
        codes={"MH": "EDP2"},
        valid_from=date(2026, 2, 1),
        earlier=[{"column": "Type Code", "codes": {"EDP2": "EDP2"}, "valid_to": date(2026, 1, 31)}],
    )
    late = {"Call Received": "2026-02-03 10:00:00"}
    deliver(boston.folders.raw, "2026-01", incidents=[{}, late])
    assert calls(city)["code"].tolist() == ["EDP2", "EDP2"]


def test_identifiers_are_learnt_from_every_form_of_an_extract(boston):
    city, raw = replaced(boston), boston.folders.raw
    deliver(raw, "2026-01", incidents=[{}])
    events(raw, "2026-01", ["X1", "01/16/2026 00:00", "MH", "2"])
    assert {CALL["Incident Number"], "X1"} <= delivery.identifiers(city, ["2026-01"])


def districts(boston, **areas):
    codes = {"B-2": "B-2", "R-2": "R-2", "S-2": "S-2"}
    city = with_column(boston, "district", column="District", codes=codes)
    known = {code.replace("_", "-"): District(label=code, **keys) for code, keys in areas.items()}
    return city.model_copy(
        update={"areas": city.areas.model_copy(update={"districts": city.areas.districts | known})}
    )


@pytest.mark.parametrize(
    ("written", "month", "counted"),
    [
        ("B-2", "2026-01", "B-2"),
        ("B-2", "2026-02", "R-2"),
        ("R-2", "2026-02", "R-2"),
        ("R-2", "2026-01", "B-2"),
    ],
)
def test_calls_of_a_renamed_district_have_the_code_of_their_month(boston, written, month, counted):
    city = districts(
        boston, B_2={"valid_to": "2026-01"}, R_2={"valid_from": "2026-02", "was": ("B-2",)}
    )
    deliver(
        city.folders.raw,
        month,
        incidents=[{"District": written, "Call Received": f"{month}-05 10:00:00"}],
    )
    gathered = collection.gather(city, month)
    assert gathered.rows["district"].tolist() == [counted]
    said = [one.check.name for one in judgement.judge(gathered)]
    assert ("areas_of_other_months" in said) == (written != counted)


def test_an_old_code_of_a_district_that_was_split_is_not_recorded(boston):
    new = {"valid_from": "2026-02", "was": ("B-2",)}
    city = districts(boston, B_2={"valid_to": "2026-01"}, R_2=new, S_2=new)
    deliver(city.folders.raw, "2026-02", incidents=[{"Call Received": "2026-02-05 10:00:00"}])
    assert collection.collect(city, "2026-02").rows["district"].isna().all()


def test_a_month_without_calls_is_one_where_the_program_or_the_delivery_says_so(boston):
    raw = boston.folders.raw
    for month in ("2025-09", "2025-10", "2025-11", "2025-12"):
        one = {"Call Received": f"{month}-05 10:00:00"}
        many = [{"Incident Number": f"{month} {n}", **one} for n in range(40)]
        deliver(raw, month, incidents=many)
    folder = deliver(raw, "2026-01")
    assert "month_without_calls" in stops(collection.gather(boston, "2026-01"))
    by_program = collection.gather(boston.model_copy(update={"no_calls": ("2026-01",)}), "2026-01")
    (folder / "NO_CALLS").touch()
    for gathered in (by_program, collection.gather(boston, "2026-01")):
        assert stops(gathered) == set()
        assert collection.records(gathered).months[-1] == "2026-01"


def stops(gathered):
    return {one.check.name for one in judgement.judge(gathered) if one.check.severity == "stop"}


def test_older_months_of_a_first_delivery_are_named_or_taken_in(boston):
    older = ["2025-11-05 10:00:00", "2025-12-05 10:00:00", "2025-12-06 10:00:00"]
    rows = [
        {"Incident Number": f"P26000000{n}", "Call Received": at}
        for n, at in enumerate([*older, "2026-01-05 10:00:00"])
    ]
    deliver(boston.folders.raw, "2026-01", incidents=rows)
    gathered = collection.gather(boston, "2026-01")
    said = [str(one) for one in judgement.judge(gathered) if "before_the_first" in str(one)]
    assert "1 rows of 2025-11 are not counted; first rows 2." in said[0]
    assert "2 rows of 2025-12 are not counted; first rows 3, 4." in said[1]
    assert "`first_month`" in said[0]
    city = boston.model_copy(update={"first_month": "2025-12"})
    found = collection.collect(city, "2026-01")
    assert found.months == ("2025-12", "2026-01")
    assert found.rows["month"].tolist() == ["2025-12", "2025-12", "2026-01"]


@pytest.mark.parametrize(
    ("days", "partial"),
    [(range(1, 32), False), (range(4, 32), True), (range(1, 29), True), (range(2, 31), False)],
)
def test_a_month_is_incomplete_where_more_days_are_missing_than_chance_does(boston, days, partial):
    rows = [
        {"Incident Number": f"P{n}", "Call Received": f"2026-01-{day:02} 10:00:00"}
        for n, day in enumerate(day for day in days for _ in range(6))
    ]
    deliver(boston.folders.raw, "2026-01", incidents=rows)
    gathered = collection.gather(boston, "2026-01")
    assert collection.records(gathered).partial == (("2026-01",) if partial else ())
    assert bool({"first_days_missing", "last_days_missing"} & stops(gathered)) == partial


def test_a_record_exported_again_each_month_keeps_the_handling_it_was_published_with(boston):
    raw, team = boston.folders.raw, [{}, {"Unit": "C1", "Unit Type": "CLINICIAN"}]
    deliver(raw, "2026-01", incidents=[{}], units=team, encounters=[{}])
    deliver(raw, "2026-02", encounters=[{"Followed Up On": "2026-01-08"}])
    published = {"2026-01": "2026-01", "2026-02": "2026-02"}
    before = collection.collect(boston, "2026-02", published).handling
    deliver(raw, "2026-03", encounters=[{"Followed Up On": "2026-01-08", "Referral": "Completed"}])
    found = collection.collect(boston, "2026-03", published)
    assert found.rows["referral"].tolist() == ["completed"]
    pd.testing.assert_frame_equal(
        found.handling[found.handling["period"] < "2026-03"].reset_index(drop=True), before
    )
    assert found.handling["handling"].tolist()[-1] == "used_for_followup"
