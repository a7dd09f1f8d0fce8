"""The same rows in any kind of file are the same extract, and times of day find their date."""

import pandas as pd
import pytest

from openresponse.errors import ExtractError
from openresponse.program import Column, Extract
from openresponse.records import collection, delivery
from support.extract import deliver

MET = [{"Section 12": "None"}, {"Encounter ID": "0012", "CAD Number": "P260000002"}]


def again_as(folder, suffix):
    """A file of the delivery in another kind of file."""
    for path in folder.glob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        if suffix == ".xlsx":
            table.to_excel(path.with_suffix(suffix), index=False)
        else:
            table.to_parquet(path.with_suffix(suffix))
        path.unlink()


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet"])
@pytest.mark.parametrize("name", ["incidents", "units", "encounters", "epcr"])
def test_an_extract_reads_the_same_from_every_kind_of_file(boston, suffix, name):
    calls = [{}, {"Incident Number": "P260000002"}]
    folder = deliver(boston.folders.raw, "2026-01", incidents=calls, units=[{}], encounters=MET)
    expected = delivery.read(boston, name, ["2026-01"])
    again_as(folder, suffix)
    pd.testing.assert_frame_equal(delivery.read(boston, name, ["2026-01"]), expected)


def test_codes_that_a_workbook_holds_as_numbers_are_read_as_text(boston):
    folder = deliver(boston.folders.raw, "2026-01", incidents=[{}], epcr=[{}])
    table = pd.read_csv(folder / "epcr.csv")
    assert pd.api.types.is_integer_dtype(table["ePatient.14"])
    table.to_excel(folder / "epcr.xlsx", index=False)
    (folder / "epcr.csv").unlink()
    assert delivery.read(boston, "epcr", ["2026-01"])["race_ethnicity"].tolist() == ["black"]


def test_a_file_that_only_looks_like_a_workbook_is_named(boston):
    folder = deliver(boston.folders.raw, "2026-01", incidents=[{}])
    (folder / "units.csv").unlink()
    (folder / "units.xlsx").write_bytes(b"PK not a workbook")
    with pytest.raises(ExtractError, match=r"units.xlsx: not a readable xlsx file"):
        collection.collect(boston, "2026-01")


TIMES_OF_DAY = {
    "dispatched": Column(column="Dispatched", date="Day"),
    "arrived": Column(column="Arrived", date="Day"),
}


@pytest.mark.parametrize(
    ("dispatched", "arrived", "minutes"),
    [("10:00", "10:20", 20), ("23:50", "00:10", 20), ("00:10", "00:20", 10), ("23:50", "", None)],
)
def test_a_time_of_day_earlier_than_the_moment_before_it_is_of_the_next_day(
    boston, dispatched, arrived, minutes
):
    units: Extract = boston.extracts["units"]
    # In another order than they happen, which must not matter.
    columns = {"arrived": TIMES_OF_DAY["arrived"]} | units.columns | TIMES_OF_DAY
    extracts = boston.extracts | {"units": units.model_copy(update={"columns": columns})}
    program = boston.model_copy(update={"extracts": extracts})
    folder = deliver(boston.folders.raw, "2026-01", incidents=[{}], units=[{}])
    table = pd.read_csv(folder / "units.csv", dtype=str)
    table = table.assign(Day="2026-01-05", Dispatched=dispatched, Arrived=arrived)
    table.to_csv(folder / "units.csv", index=False)
    row = delivery.read(program, "units", ["2026-01"]).iloc[0]
    found = (row["arrived"] - row["dispatched"]).total_seconds() / 60
    assert (None if pd.isna(found) else found) == minutes


@pytest.mark.parametrize(
    ("language", "code"), [("Spanish", "spanish"), ("Khmer", "other_language"), ("", None)]
)
def test_what_nobody_wrote_down_is_no_group(boston, language, code):
    deliver(boston.folders.raw, "2026-01", incidents=[{}], encounters=[{"Language": language}])
    read = delivery.read(boston, "encounters", ["2026-01"])["language"].iloc[0]
    assert pd.isna(read) if code is None else read == code
