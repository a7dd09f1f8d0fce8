"""The same rows in any kind of file are the same extract, or one sentence says what to change."""

import gzip
import zipfile
from datetime import date, datetime

import pandas as pd
import pytest

from openresponse.errors import ExtractError
from openresponse.records import collection, delivery
from support.extract import CALL, deliver, described

MET = [{"Section 12": "None"}, {"Encounter ID": "0012", "CAD Number": "P260000002"}]
CALLS = [{}, {"Incident Number": "P260000002", "Neighborhood": ""}]
HEADINGS = list(CALL)


@pytest.fixture
def folder(boston):
    return deliver(boston.folders.raw, "2026-01", incidents=CALLS, units=[{}], encounters=MET)


def again_as(folder, suffix):
    """The files of the delivery in another kind of file."""
    for path in folder.glob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        if suffix == ".xlsx":
            table.to_excel(path.with_suffix(suffix), index=False)
        elif suffix == ".parquet":
            table.to_parquet(path.with_suffix(suffix))
        elif suffix == ".csv.gz":
            path.with_suffix(suffix).write_bytes(gzip.compress(path.read_bytes()))
        else:
            with zipfile.ZipFile(path.with_suffix(suffix), "w") as archive:
                archive.write(path, path.name)
        path.unlink()


def incidents(program):
    return delivery.reading(program, "incidents", ["2026-01"])


def rewritten(folder, change, encoding="utf-8"):
    """The incidents with their text changed."""
    path = folder / "incidents.csv"
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode(encoding))


def same(program, expected):
    pd.testing.assert_frame_equal(incidents(program).rows, expected.rows)


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet", ".csv.gz", ".csv.zip"])
@pytest.mark.parametrize("name", ["incidents", "units", "encounters", "epcr"])
def test_an_extract_reads_the_same_from_every_kind_of_file(boston, folder, suffix, name):
    expected = delivery.read(boston, name, ["2026-01"])
    again_as(folder, suffix)
    pd.testing.assert_frame_equal(delivery.read(boston, name, ["2026-01"]), expected)


@pytest.mark.parametrize("name", ["semicolon", "tab", "pipe"])
def test_a_delimiter_is_found_or_named(boston, folder, name):
    expected = incidents(boston)
    sign = {"semicolon": ";", "tab": "\t", "pipe": "|"}[name]
    rewritten(folder, lambda text: text.replace(",", sign))
    same(boston, expected)
    assert incidents(boston).files[0].form == f"text, {name}, utf-8"
    named = described(boston, "incidents", delimiter=sign)
    same(named, expected)
    assert "delimiter" not in incidents(named).files[0].detected


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_an_encoding_is_found_or_named(boston, folder, encoding, found):
    rewritten(folder, lambda text: text.replace("Ada", "Zoë"))
    expected = incidents(boston)
    rewritten(folder, lambda text: text, encoding)
    same(boston, expected)
    assert incidents(boston).files[0].form == f"text, comma, {found}"
    same(described(boston, "incidents", encoding=encoding), expected)


@pytest.mark.parametrize(
    ("declared", "encoding"), [("utf-8", "cp1252"), ("cp1252", "utf-8"), ("utf-8", "utf-16")]
)
def test_a_wrong_encoding_stops(boston, folder, declared, encoding):
    rewritten(folder, lambda text: text.replace("Ada", "Zoë"), encoding)
    with pytest.raises(ExtractError, match=f"not readable as {declared}.*incidents.encoding"):
        incidents(described(boston, "incidents", encoding=declared))


def test_bytes_that_are_no_text_stop(boston, folder):
    (folder / "incidents.csv").write_bytes(b"Incident Number,\x81\x8d\n1,\xff\x81\n")
    with pytest.raises(ExtractError, match="neither UTF-8 nor Windows-1252"):
        incidents(boston)


def test_titles_above_and_totals_below_are_left_out_and_rows_keep_their_numbers(boston, folder):
    expected = incidents(boston).rows
    rewritten(folder, lambda text: f"Calls\nPrinted today,x\n{text}\r\n,,,\r\nTotal,2,,\r\n,,\r\n")
    around = described(boston, "incidents", skip_rows=2, skip_last=1)
    found = incidents(around).rows
    assert list(found["row"]) == [4, 5]
    pd.testing.assert_frame_equal(found.assign(row=expected["row"]), expected)


def test_headings_that_are_further_down_are_found_for_the_message(boston, folder):
    rewritten(folder, lambda text: f"Calls\nPrinted today,x\n{text}")
    with pytest.raises(ExtractError, match=r"headings are in line 3.*incidents.skip_rows` to 2"):
        incidents(boston)


def test_headings_match_in_any_case_and_with_any_spaces(boston, folder):
    expected = incidents(boston)
    rewritten(folder, lambda text: text.replace("Incident Number", "  INCIDENT   number "))
    same(boston, expected)


def test_a_heading_that_is_there_twice_is_named_by_its_place(boston, folder):
    expected = incidents(boston)
    rewritten(folder, lambda text: text.replace("Address", "Neighborhood"))
    with pytest.raises(
        ExtractError, match="`Neighborhood` is there 2 times, in the columns 5 and 9"
    ):
        incidents(boston)
    column = boston.extracts["incidents"].columns["neighborhood"].model_dump()
    same(described(boston, "incidents", {"neighborhood": {**column, "column": 5}}), expected)


def test_a_blank_row_is_no_row_and_a_short_one_lacks_its_last_cells(boston, folder):
    path = folder / "incidents.csv"
    path.write_text(path.read_text() + "\n,,,,,,,,,\nP260000003,2026-01-05 11:00:00,EDP2\n")
    found = incidents(boston)
    assert (found.files[0].rows, list(found.rows["row"])) == (3, [2, 3, 6])
    assert found.rows["handling"].tolist() == ["", "", ""]


def test_a_row_with_more_cells_than_headings_is_set_aside(boston, folder):
    rewritten(folder, lambda text: text.replace("EDP2,B-2", "EDP2,with,comma,B-2", 1))
    found = incidents(boston).rows
    assert found["handling"].tolist() == ["unreadable", ""]


@pytest.mark.parametrize("place", [1, 8])
def test_a_quotation_mark_that_is_not_closed_loses_no_row(boston, folder, place):
    rows = [["x"] * len(HEADINGS) for _ in range(6)]
    rows[1][place], rows[4][place] = '"x', '"x'
    text = "\n".join(",".join(row) for row in [HEADINGS, *rows]) + "\n"
    rewritten(folder, lambda _: text)
    with pytest.raises(ExtractError, match="quotation mark in row 3 is not closed"):
        incidents(boston)


def test_a_remark_of_several_lines_is_one_cell(boston, folder):
    expected = incidents(boston)
    rewritten(
        folder,
        lambda text: text.replace("Ada Invented at", '"Ada, at\nhome\n""now"" at', 1).replace(
            "Street\n", 'Street"\n', 1
        ),
    )
    assert incidents(boston).rows["incident_number"].tolist() == (
        expected.rows["incident_number"].tolist()
    )


def test_several_files_of_a_month_are_read_by_a_pattern(boston, folder):
    text = (folder / "incidents.csv").read_text()
    (folder / "incidents_south.csv").write_text(text.replace("P26", "S26"))
    several = described(boston, "incidents", file="incidents*.csv")
    found = incidents(several)
    assert [file.file for file in found.files] == [
        "2026-01/incidents.csv",
        "2026-01/incidents_south.csv",
    ]
    assert len(found.rows) == 4


def test_a_file_that_no_extract_reads_is_named(boston, folder):
    (folder / "incidents (1).csv").write_text("again")
    assert [path.name for path in delivery.not_read(boston, ["2026-01"])] == ["incidents (1).csv"]


@pytest.mark.parametrize(
    "name", ["incidents", "units", "encounters", "epcr", "spending", "milestones"]
)
def test_every_extract_may_be_one_file_for_all_months(boston, folder, name):
    again = folder / f"{name}.csv"
    again.rename(folder.parent / again.name)
    for_all = described(boston, name, layout="single")
    assert len(delivery.reading(for_all, name, ["2026-01"]).files) == 1
    assert len(collection.collect(for_all, "2026-01").rows) == 2


def test_typed_cells_of_a_workbook_are_read_as_they_would_be_typed(boston, folder):
    table = pd.DataFrame(
        {
            "Incident Number": [260000001.0, 260000002.0],
            "Call Received": [datetime(2026, 1, 5, 10, 0), datetime(2026, 1, 6, 23, 59, 59)],
            "Type Code": ["EDP2", "EDP3"],
            "District": ["B-2", None],
            "Neighborhood": ["Roxbury", None],
            "Not Sent Reason": [None, None],
        }
    )
    (folder / "incidents.csv").unlink()
    for suffix in (".xlsx", ".parquet"):
        path = folder / f"incidents{suffix}"
        table.to_excel(path, index=False) if suffix == ".xlsx" else table.to_parquet(path)
        rows = incidents(boston).rows
        assert rows["incident_number"].tolist() == ["260000001", "260000002"]
        local = rows["received"].dt.tz_convert(boston.program.zone)
        assert local.dt.strftime("%H:%M:%S").tolist() == ["10:00:00", "23:59:59"]
        path.unlink()


def test_codes_that_a_file_holds_as_numbers_are_read_as_text(boston):
    folder = deliver(boston.folders.raw, "2026-01", incidents=[{}], epcr=[{}])
    table = pd.read_csv(folder / "epcr.csv").astype({"ePatient.14": float})
    path = folder / "epcr.csv"
    table.to_csv(path, index=False)
    assert "2514005.0" in path.read_text()
    assert delivery.read(boston, "epcr", ["2026-01"])["race_ethnicity"].tolist() == ["black"]
    path.unlink()
    table.to_excel(path.with_suffix(".xlsx"), index=False)
    assert delivery.read(boston, "epcr", ["2026-01"])["race_ethnicity"].tolist() == ["black"]


def test_a_sheet_is_named_or_numbered_and_a_wrong_one_lists_those_there_are(boston, folder):
    expected = incidents(boston)
    table = pd.read_csv(folder / "incidents.csv", dtype=str, keep_default_na=False)
    (folder / "incidents.csv").unlink()
    with pd.ExcelWriter(folder / "incidents.xlsx") as book:
        pd.DataFrame({"Made by": ["the office"]}).to_excel(book, sheet_name="Cover", index=False)
        table.to_excel(book, sheet_name="Calls", index=False)
    with pytest.raises(ExtractError, match=r"`Cover` lacks.*`Cover`, `Calls`; set .*sheet"):
        incidents(boston)
    with pytest.raises(ExtractError, match=r"no sheet `Call`.*`Cover`, `Calls`"):
        incidents(described(boston, "incidents", sheet="Call"))
    for sheet in ("calls", 2):
        same(described(boston, "incidents", sheet=sheet), expected)


def test_a_file_that_only_looks_like_its_kind_is_named(boston, folder):
    (folder / "units.csv").unlink()
    for name in ("units.xlsx", "units.parquet", "units.csv.gz", "units.csv.zip"):
        (folder / name).write_bytes(b"PK not what it says")
        with pytest.raises(ExtractError, match=f"{name}: not a readable"):
            collection.collect(boston, "2026-01")
        (folder / name).unlink()


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(boston, folder, monkeypatch):
    (folder / "incidents.csv").unlink()
    with zipfile.ZipFile(folder / "incidents.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(300):
                sheet.write(bytes(2**20))
    with pytest.raises(ExtractError, match="too large"):
        incidents(boston)


def test_a_link_is_not_followed(boston, folder, tmp_path):
    outside = tmp_path / "outside.csv"
    (folder / "incidents.csv").rename(outside)
    (folder / "incidents.csv").symlink_to(outside)
    with pytest.raises(ExtractError, match="this is a link"):
        incidents(boston)


def test_an_archive_holds_one_file(boston, folder):
    text = (folder / "incidents.csv").read_text()
    (folder / "incidents.csv").unlink()
    with zipfile.ZipFile(folder / "incidents.csv.zip", "w") as archive:
        archive.writestr("../../a.csv", text)
        archive.writestr("b.csv", text)
    with pytest.raises(ExtractError, match="holds 2 files"):
        incidents(boston)


def test_values_of_one_cell_become_rows_by_their_names(boston, folder):
    (folder / "units.csv").write_text(
        "Number,Day,Sent,There\n"
        'P260000001,1/5/26 12:00 AM,"E1=23:50:00, M5=23:55:00","M5=00:05:00, E1=x"\n'
        "P260000002,1/5/26 12:00 AM,,\n"
    )
    form = "%m/%d/%y %H:%M:%S"
    program = described(
        boston,
        "units",
        several={"columns": ["Sent", "There"], "equals": "=", "heading": "Unit"},
        columns={
            "incident_number": "Number",
            "unit": "Unit",
            "dispatched": {"column": "Sent", "date": "Day", "format": form},
            "arrived": {"column": "There", "date": "Day", "format": form},
        },
    )
    columns = {
        field: column
        for field, column in program.extracts["units"].columns.items()
        if field in ("incident_number", "unit", "dispatched", "arrived")
    }
    units = program.extracts["units"].model_copy(update={"columns": columns})
    program = program.model_copy(update={"extracts": program.extracts | {"units": units}})
    rows = delivery.read(program, "units", ["2026-01"])
    assert rows[["row", "incident_number", "unit"]].to_numpy().tolist() == [
        [2, "P260000001", "E1"],
        [2, "P260000001", "M5"],
    ]
    minutes = (rows["arrived"] - rows["dispatched"]).dt.total_seconds() / 60
    assert pd.isna(minutes[0]) and minutes[1] == 10
    assert rows["dispatched"].dt.tz_convert(boston.program.zone).dt.date[0] == date(2026, 1, 5)
