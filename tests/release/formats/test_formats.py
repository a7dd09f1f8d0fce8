"""The other formats of a release: each holds what the CSV files hold, says what it is, and is the
same bytes on any machine.
"""

import io
import math
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from pyarrow import parquet

from openresponse.errors import ReleaseError
from openresponse.release.checks.texts import texts
from openresponse.release.checks.withheld_counts import whole_numbers
from openresponse.release.formats import derived, workbook
from openresponse.release.formats.archive import zipped
from openresponse.release.formats.parquet import content
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import verify
from openresponse.release.store.published import Published, read
from support import golden

EXPECTED = golden.HERE / "public"
RELEASE = Published.load(EXPECTED)
TYPES = {"integer": "Int64", "number": "Float64", "string": "string", "date": "string"}
AGAIN = """
import json, sys
from pathlib import Path
from openresponse.release.formats import derived
folder = Path(sys.argv[1])
texts = (".csv", ".json", ".md")
files = {
    path.name: path.read_text(encoding="utf-8")
    for path in folder.iterdir()
    if path.suffix in texts and path.name != "manifest.json"
}
for name, content in derived.of(json.loads(files["datapackage.json"]), files).items():
    Path(sys.argv[2], name).write_bytes(content)
"""


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(EXPECTED / derived.WORKBOOK)


def csv(table):
    return read(EXPECTED / f"{table}.csv", RELEASE.resources[table])


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Asia/Kolkata", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Adak", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"},
    ],
)
def test_the_same_release_gives_the_same_bytes_at_any_time_and_place(environment, tmp_path):
    subprocess.run(
        [sys.executable, "-X", "utf8", "-c", AGAIN, str(EXPECTED), str(tmp_path)],
        check=True,
        env={**os.environ, **environment},
    )
    made = {path.name: digest(path) for path in tmp_path.iterdir()}
    assert made == {name: digest(EXPECTED / name) for name in made}
    assert set(made) == {f"{table}.parquet" for table in RELEASE.tables} | {
        derived.WORKBOOK,
        derived.ARCHIVE,
    }


def test_every_format_is_in_the_manifest():
    verify(EXPECTED)
    named = RELEASE.manifest["files"]
    assert {
        derived.WORKBOOK,
        derived.ARCHIVE,
        "csv-metadata.json",
        *(f"{table}.parquet" for table in RELEASE.tables),
    } <= set(named)


@pytest.mark.parametrize("engine", ["calamine", "openpyxl"])
@pytest.mark.parametrize("table", RELEASE.tables)
def test_pandas_reads_the_same_frame_from_every_format(table, engine):
    fields = {
        field["name"]: TYPES[field["type"]]
        for field in RELEASE.resources[table]["schema"]["fields"]
    }
    from_parquet = pd.read_parquet(EXPECTED / f"{table}.parquet")
    assert from_parquet.dtypes.astype("string").to_dict() == fields
    pd.testing.assert_frame_equal(from_parquet, csv(table), check_exact=True)
    from_sheet = pd.read_excel(
        EXPECTED / derived.WORKBOOK,
        sheet_name=workbook.sheets(RELEASE.tables)[table],
        dtype=fields,
        engine=engine,
        keep_default_na=False,
        na_values=[""],
    )
    pd.testing.assert_frame_equal(from_sheet, csv(table), check_exact=True)


def test_a_withheld_value_is_null_or_empty_and_never_zero(book):
    withheld = 0
    for table in RELEASE.tables:
        columns = parquet.read_table(EXPECTED / f"{table}.parquet").to_pydict()
        header, *rows = book[workbook.sheets(RELEASE.tables)[table]].iter_rows(values_only=True)
        for column in [name for name in header if f"{name}_status" in header]:
            hidden = [
                number
                for number, status in enumerate(columns[f"{column}_status"])
                if status in ("c", "x", "z")
            ]
            assert all(
                columns[column][number] is None and rows[number][header.index(column)] is None
                for number in hidden
            ), (table, column)
            withheld += len(hidden)
    assert withheld


@pytest.mark.parametrize("name", sorted(path.name for path in EXPECTED.iterdir()))
def test_every_file_says_that_it_is_fictional(name):
    said = [text.content.lower() for text in texts((EXPECTED / name).read_bytes(), name)]
    assert any("fictional data" in text or '"fictional": true' in text for text in said)


def test_a_parquet_file_tells_what_it_is_and_no_time():
    told = parquet.read_metadata(EXPECTED / "funnel.parquet").metadata
    assert (
        "fictional data" in told[b"title"].decode()
        and told[b"release"] == b"2025-03"
        and told[b"publisher"] == b"Open Response demonstration"
    )
    assert set(told) == {
        b"title",
        b"description",
        b"publisher",
        b"release",
        b"license",
        b"data_package",
        b"pandas",
    }


def test_a_sheet_holds_one_table_and_nothing_else(book):
    assert book.sheetnames == ["Cover", "Notes", "Codes", *workbook.sheets(RELEASE.tables).values()]
    for sheet in book.worksheets[1:]:
        header = [cell.value for cell in sheet[1]]
        assert (
            all(header)
            and len(set(header)) == len(header)
            and sheet.freeze_panes == "A2"
            and not sheet.merged_cells.ranges
        ), sheet.title
        assert all(
            any(value is not None for value in row) for row in sheet.iter_rows(values_only=True)
        ), sheet.title
        (table,) = sheet.tables.values()
        assert (
            table.ref == sheet.dimensions
            and [column.name for column in table.tableColumns] == header
        )
        assert len(sheet.title) <= 31 and not set(sheet.title) & set("[]:*?/\\")


def test_the_cover_says_what_it_is_and_how_to_read_it(book):
    lines = [tuple(cell.value for cell in row) for row in book["Cover"].iter_rows(max_col=2)]
    said = dict(lines)
    assert (
        all(any(line) for line in lines)
        and "fictional data" in lines[0][0]
        and "fictional data" in said["About"]
    )
    assert (
        said["Release"] == "2025-03"
        and said["Published"] == RELEASE.manifest["published"]
        and "1 to 10" in said["Withheld"]
    )
    assert ("How to read", "A withheld value is empty. It is not zero: zero is written 0.") in lines
    links = {
        cell.value: cell.hyperlink.location
        for row in book["Cover"].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert links == {sheet: f"'{sheet}'!A1" for sheet in workbook.sheets(RELEASE.tables).values()}


def test_the_notes_explain_every_status_and_the_codes_every_code(book):
    notes = list(book["Notes"].iter_rows(min_row=2, values_only=True))
    assert [meaning for about, _, meaning in notes if about == "Status code"] == list(
        RELEASE.statuses.values()
    )
    codes = {row[:3] for row in book["Codes"].iter_rows(min_row=2, values_only=True)}
    for table, frame in RELEASE.tables.items():
        for dimension in RELEASE.dimensions(table):
            assert {(table, dimension, code) for code in frame[dimension]} <= codes


def test_the_workbook_is_titled_has_a_language_and_the_day_of_publication(book):
    about, day = book.properties, datetime.fromisoformat(RELEASE.manifest["published"])
    assert (
        "fictional data" in about.title
        and about.language == "en-US"
        and about.created == about.modified == day
    )


def test_a_column_is_as_wide_as_its_longest_text_within_bounds_and_what_is_longer_is_wrapped(book):
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=2):
            texts = [cell for cell in row if isinstance(cell.value, str)]
            lines = max(math.ceil(len(cell.value) / workbook.WIDEST) for cell in texts)
            height = sheet.row_dimensions[row[0].row].height
            assert height == (workbook.LINE * lines if lines > 1 else None), sheet.title
            assert lines == 1 or all(cell.alignment.wrap_text for cell in texts)
        for (
            column
        ) in sheet.column_dimensions.values():  # a little wider than asked, as Excel has it
            assert workbook.NARROWEST <= column.width < workbook.WIDEST + 1, sheet.title


def test_a_sheet_is_printed_as_wide_as_the_page_with_its_header_and_what_it_is(book):
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert "fictional data" in sheet.oddFooter.center.text
        assert sheet.title == "Cover" or sheet.print_title_rows == "$1:$1"


def test_what_is_searched_in_a_sheet_is_what_its_cells_show_and_no_address_of_a_text():
    parts = list(texts((EXPECTED / derived.WORKBOOK).read_bytes(), derived.WORKBOOK))
    shown = {n for part in parts if "cells" in part.member for n in whole_numbers(part, set())}
    read = {n for part in parts if "worksheets" in part.member for n in whole_numbers(part, set())}
    assert len(read) > 50 and read <= shown | {8}  # of the words UTF-8


def test_names_of_sheets_are_short_and_differ():
    long = "a" * 40
    assert workbook.sheets([long, f"{long}b", "notes", "history"]) == {
        long: "a" * 31,
        f"{long}b": "a" * 29 + "_2",
        "notes": "notes_2",
        "history": "history_2",
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_text_that_a_spreadsheet_would_run_is_text_in_the_workbook(start, tmp_path):
    package = {
        **RELEASE.package,
        "resources": [
            resource
            for resource in RELEASE.package["resources"]
            if resource["name"] == "milestones"
        ],
    }
    frame = csv("milestones").assign(note=f"{start}HYPERLINK()")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.content({"milestones": frame}, package)))[
        "milestones"
    ]
    (column,) = [cell.column for cell in sheet[1] if cell.value == "note"]
    assert {
        (sheet.cell(row, column).value, sheet.cell(row, column).data_type)
        for row in range(2, sheet.max_row + 1)
    } == {(f"'{start}HYPERLINK()", "s")}


def test_the_archive_holds_every_other_file_and_no_date_of_its_making():
    with zipfile.ZipFile(EXPECTED / derived.ARCHIVE) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes()
            for path in EXPECTED.iterdir()
            if path.name not in ("manifest.json", derived.ARCHIVE)
        }
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def another_count(folder):
    frame = csv("funnel")
    frame.loc[0, "incidents"] += 1
    (folder / "funnel.parquet").write_bytes(content(frame, {}))


def another_cell(folder):
    changed = openpyxl.load_workbook(folder / derived.WORKBOOK)
    changed["funnel"]["A2"] = "2025-02"
    changed.save(folder / derived.WORKBOOK)


def another_sheet(folder):
    changed = openpyxl.load_workbook(folder / derived.WORKBOOK)
    changed.create_sheet("more")
    changed.save(folder / derived.WORKBOOK)


def another_member(folder):
    with zipfile.ZipFile(folder / derived.ARCHIVE) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    (folder / derived.ARCHIVE).write_bytes(zipped(held | {"more.txt": b"more"}))


@pytest.mark.parametrize(
    "change, named",
    [
        (another_count, "funnel.parquet"),
        (another_cell, r"tables.xlsx \(funnel\)"),
        (another_sheet, "tables.xlsx"),
        (another_member, "release.zip"),
    ],
)
def test_a_format_that_holds_anything_else_is_refused(change, named, tmp_path):
    folder = tmp_path / EXPECTED.name
    shutil.copytree(EXPECTED, folder)
    derived.agree(Published.load(folder))
    change(folder)
    with pytest.raises(ReleaseError, match=named):
        derived.agree(Published.load(folder))
