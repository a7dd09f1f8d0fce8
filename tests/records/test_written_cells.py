"""Cells are read in the form that the program file says; what is in another one is counted as
unreadable, and never taken for empty or for something that happened.
"""

import pandas as pd
import pytest

from openresponse.records import collection, delivery
from support.extract import deliver, described

US = "%m/%d/%Y %I:%M:%S %p"
SERIAL = 46027 + 10 / 24  # Excel's number of 5 January 2026, 10:00


def arrivals(boston, texts, column=None, more=None, **keys):
    """The arrivals of units with these cells, as local times; and how the column was read."""
    rows = [{"Unit": f"H{i}", "Arrived": text, **(more or {})} for i, text in enumerate(texts)]
    deliver(boston.folders.raw, "2026-01", incidents=[{}])
    frame = pd.DataFrame(rows).assign(
        **{"Incident Number": "P260000001", "Unit Type": "POLICE", "Requested By": "DISPATCH"}
    )
    frame = frame.assign(**{"Cancelled By": ""})
    if "Dispatched" not in frame:
        frame["Dispatched"] = "2026-01-05 09:50:00"
    frame.to_csv(boston.folders.raw / "2026-01" / "units.csv", index=False)
    program = described(
        boston, "units", {"arrived": {"column": "Arrived", **(column or {})}}, **keys
    )
    reading = delivery.reading(program, "units", ["2026-01"])
    local = reading.rows["arrived"].dt.tz_convert(boston.program.zone)
    return (
        local.dt.strftime("%Y-%m-%d %H:%M:%S").fillna("").tolist(),
        next(one for one in reading.columns if one.field == "arrived"),
    )


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        (None, "2026-01-05 10:00:00", "2026-01-05 10:00:00"),
        (None, "2026-01-05T10:00", "2026-01-05 10:00:00"),
        (None, "2026-01-05T10:00:00.250", "2026-01-05 10:00:00"),
        (None, "2026-01-05T15:00:00Z", "2026-01-05 10:00:00"),
        (None, "2026-01-05 10:00:00 -05:00", "2026-01-05 10:00:00"),
        (None, "2026-01-05T10:00:00-0500", "2026-01-05 10:00:00"),
        (None, "2026-01-05 24:00:00", "2026-01-06 00:00:00"),
        (US, "1/5/2026 10:00:00 AM", "2026-01-05 10:00:00"),
        (US, "01/05/2026 12:00:00 AM", "2026-01-05 00:00:00"),
        (US, "2026-01-05 10:00:00", "2026-01-05 10:00:00"),  # a typed cell of a workbook
        ("%d.%m.%Y %H:%M", "05.01.2026 24:00", "2026-01-06 00:00:00"),
        ("%d-%b-%y %H:%M", "05-Jan-26 10:00", "2026-01-05 10:00:00"),
        ("%m/%d/%Y %H:%M:%S %z", "01/05/2026 10:00:00 -0500", "2026-01-05 10:00:00"),
        ("excel", str(SERIAL), "2026-01-05 10:00:00"),
        ("epoch seconds", "1767625200", "2026-01-05 10:00:00"),
        ("epoch milliseconds", "1767625200000", "2026-01-05 10:00:00"),
    ],
)
def test_a_time_is_read_in_its_form(boston, form, text, moment):
    found, column = arrivals(boston, [text], {"format": form})
    assert found == [moment]
    assert (column.readable, column.empty, column.unreadable) == (1, 0, 0)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (None, "1/5/2026 10:00:00 AM"),
        (None, "46027.4166"),
        (None, "20260105100000"),
        (None, "2026-31-01 10:00:00"),
        (None, "2026-02-30 10:00:00"),
        (None, "NULL"),
        (None, "yes"),
        (None, "10:00"),
        (US, "5/13/2026 10:00"),
        (US, "13/5/2026 10:00:00 AM"),
        ("%Y-%d-%m %H:%M:%S", "2026-05-13 10:00:00"),
        ("excel", "2026-01-05"),
        ("excel", "inf"),
        ("epoch seconds", "-1"),
        ("epoch seconds", "9" * 40),
    ],
)
def test_a_time_in_another_form_is_unreadable_counted_and_nothing_that_happened(boston, form, text):
    found, column = arrivals(boston, [text, "", "2026-01-05 10:00:00"], {"format": form})
    assert found[0] == ""
    assert column.unreadable >= 1 and column.empty == 1 and column.rows[0] == 2
    assert column.readable + column.empty + column.unreadable == 3


def test_a_word_in_the_place_of_an_arrival_is_no_arrival(boston):
    deliver(boston.folders.raw, "2026-01", incidents=[{}], units=[{"Arrived": "NULL"}])
    records = collection.collect(boston, "2026-01")
    assert not records.rows["police_on_scene"].any()


def test_words_that_mean_nothing_are_empty_in_a_column_or_in_all(boston):
    texts = ["NULL", "n/a", "", "2026-01-05 10:00:00"]
    for extract, column in (([], ["null", "N/A"]), (["null", "N/A"], [])):
        found, counted = arrivals(boston, texts, {"missing": column}, missing=extract)
        assert found == ["", "", "", "2026-01-05 10:00:00"]
        assert (counted.readable, counted.empty, counted.unreadable) == (1, 3, 0)


@pytest.mark.parametrize(
    "text", ["1900-01-01 00:00:00", "9999-12-31 23:59:59", "1970-01-01", "1753-01-01 00:00:00"]
)
def test_a_day_that_stands_for_never_is_empty(boston, text):
    found, column = arrivals(boston, [text])
    assert found == [""] and (column.empty, column.unreadable) == (1, 0)


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        ("minutes", "10.5", "2026-01-05 23:55:30"),
        ("seconds", "90", "2026-01-05 23:46:30"),
        ("mm:ss", "20:30", "2026-01-06 00:05:30"),
        ("hh:mm:ss", "00:20:30", "2026-01-06 00:05:30"),
        ("%H:%M:%S", "23:50:00", "2026-01-05 23:50:00"),
        ("%H:%M:%S", "00:05:00", "2026-01-06 00:05:00"),
        ("%I:%M %p", "12:05 AM", "2026-01-06 00:05:00"),
        (None, "00:05", "2026-01-06 00:05:00"),
        (None, "24:00:00", "2026-01-06 00:00:00"),
    ],
)
def test_a_time_may_be_counted_from_another_moment(boston, form, text, moment):
    found, column = arrivals(
        boston,
        [text],
        {"format": form, "after": "dispatched"},
        {"Dispatched": "2026-01-05 23:45:00"},
    )
    assert (found, column.readable) == ([moment], 1)


@pytest.mark.parametrize("text", ["soon", "-3", "1:2:3:4", "nan"])
def test_what_is_no_span_of_time_is_unreadable(boston, text):
    for form in ("minutes", "mm:ss"):
        found, column = arrivals(boston, [text], {"format": form, "after": "dispatched"})
        assert found == [""] and column.unreadable == 1


def test_a_date_that_was_kept_as_a_time_is_joined_with_its_clock(boston):
    days = ("2026-01-05", "2026-01-05 00:00:00", "2026-01-05T00:00:00.000000", "2026-01-05 0:00")
    for day in (*days, "2026-01-05 12:00 AM"):
        found, _ = arrivals(boston, ["10:00"], {"date": "Day"}, {"Day": day})
        assert found == ["2026-01-05 10:00:00"]


@pytest.mark.parametrize(
    ("texts", "decimal", "amounts"),
    [
        (
            ["1234.50", "$1,234.50", "1,234", "(7.00)", "7.00-"],
            None,
            [1234.5, 1234.5, 1234, -7, -7],
        ),
        (["66.778,63", "1.234", "12"], None, [66778.63, 1234, 12]),
        (["€ 66 778,63"], None, [66778.63]),
        (["1.234", "1,234"], None, [None, 1234]),
        (["66.778,63", "12.50", "1.234", "1,234"], None, [66778.63, 12.5, None, None]),
        (["1.234", "66.778,63", "12.50"], ",", [1234, 66778.63, None]),
        (["1,234", "66.778,63", "12.50"], ".", [1234, None, 12.5]),
        (["a", "1e5", "--1", "1,23,4"], None, [None, None, None, None]),
    ],
)
def test_an_amount_is_read_with_the_decimal_sign_of_its_column(boston, texts, decimal, amounts):
    deliver(boston.folders.raw, "2026-01", spending=[{"Amount": text} for text in texts])
    program = described(boston, "spending", {"amount": {"column": "Amount", "decimal": decimal}})
    reading = delivery.reading(program, "spending", ["2026-01"])
    found = [None if pd.isna(one) else float(one) for one in reading.rows["amount"]]
    assert found == amounts
    counted = next(one for one in reading.columns if one.field == "amount")
    assert counted.unreadable == amounts.count(None)


def language(boston, texts, **column):
    deliver(boston.folders.raw, "2026-01", encounters=[{"Language": text} for text in texts])
    before = boston.extracts["encounters"].columns["language"].model_dump()
    program = described(boston, "encounters", {"language": {**before, **column}})
    reading = delivery.reading(program, "encounters", ["2026-01"])
    values = reading.rows["language"].fillna("").tolist()
    return values, next(one for one in reading.columns if one.field == "language")


def test_otherwise_is_for_values_that_are_not_listed_and_never_for_empty_ones(boston):
    values, column = language(
        boston, ["ENGLISH", " spanish", "Somali", "", "NULL"], missing=["NULL"]
    )
    assert values == ["english", "spanish", "other_language", "", ""]
    assert (column.readable, column.empty, column.unreadable) == (3, 2, 0)


def test_otherwise_is_also_for_what_a_pattern_does_not_find(boston):
    values, _ = language(boston, ["x English", "English", ""], pattern=r"^x (\w+)$")
    assert values == ["english", "other_language", ""]


def test_a_number_is_the_same_code_with_the_zeros_of_a_spreadsheet(boston):
    lenient = boston.model_copy(update={"unknown_code_limit": 1.0})
    codes = {"01": "english", "10": "spanish"}
    texts = ["01", "1", "1.0", "10", "9"]
    values, _ = language(lenient, texts, codes=codes, otherwise=None)
    assert values == ["english", "english", "english", "spanish", ""]


def test_rows_about_something_else_are_outside_and_not_unknown(boston):
    calls = ["EDP2", "TRAFFIC STOP", "Alarm", "EDP3"]
    deliver(
        boston.folders.raw,
        "2026-01",
        incidents=[
            {"Incident Number": f"P26{i}", "Type Code": code} for i, code in enumerate(calls)
        ],
    )
    before = boston.extracts["incidents"].columns["code"].model_dump()
    code = {**before, "not_ours": ["traffic*", "alarm"]}
    rows = delivery.read(described(boston, "incidents", {"code": code}), "incidents", ["2026-01"])
    assert rows["handling"].tolist() == ["", "not_ours", "not_ours", ""]


def test_a_row_whose_moment_cannot_be_read_is_set_aside_as_unreadable(boston):
    deliver(
        boston.folders.raw,
        "2026-01",
        incidents=[{"Call Received": text} for text in ("1/5/2026 10:00", "", "2026-01-05 10:00")],
    )
    rows = delivery.read(boston, "incidents", ["2026-01"])
    assert rows["handling"].tolist() == ["unreadable", "required_field_missing", ""]


AUTUMN = "2026-11-01"  # when the hour from one to two comes twice


@pytest.mark.parametrize(
    ("dispatched", "arrived", "minutes", "ambiguous"),
    [
        ("01:50:00", "01:10:00", 20, 0),  # only the second 01:10 is after the first 01:50
        ("01:10:00", "01:30:00", 20, 1),
        ("00:58:00", "01:05:00", 7, 1),
        ("01:58:00", "02:05:00", 7, 0),
        ("01:50:00-04:00", "01:10:00-05:00", 20, 0),
        ("01:10:00-04:00", "01:10:00-05:00", 60, 0),
        ("00:30:00", "00:50:00", 20, 0),
    ],
)
def test_in_an_hour_that_comes_twice_the_offset_or_the_order_decides_or_it_is_counted(
    boston, dispatched, arrived, minutes, ambiguous
):
    found, column = arrivals(
        boston, [f"{AUTUMN} {arrived}"], more={"Dispatched": f"{AUTUMN} {dispatched}"}
    )
    rows = delivery.read(boston, "units", ["2026-01"])
    took = (rows["arrived"] - rows["dispatched"]).dt.total_seconds().iloc[0] / 60
    assert (None if pd.isna(took) else took) == minutes
    assert column.ambiguous == ambiguous


def test_an_hour_that_does_not_exist_is_that_of_a_clock_that_was_not_put_forward(boston):
    found, _ = arrivals(boston, ["2026-03-08 02:29:00"], more={"Dispatched": "2026-03-08 01:59:00"})
    rows = delivery.read(boston, "units", ["2026-01"])
    assert (rows["arrived"] - rows["dispatched"]).item() == pd.Timedelta(minutes=30)
