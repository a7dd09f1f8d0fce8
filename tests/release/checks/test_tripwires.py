"""What must not be published is found wherever it is, and nothing else is taken for it."""

import gzip
import io
import json
import zipfile
from datetime import datetime

import brotli
import openpyxl
import pikepdf
import pytest

from openresponse.errors import DisclosureError
from openresponse.release.checks import containers, published_files, tripwires
from openresponse.release.checks.identifiers import Identifiers, learn
from openresponse.release.checks.readable import Text
from openresponse.release.checks.texts import DEEPEST


def found(folder, content: str | bytes, name="page.html", **known) -> set[str]:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return {finding.rule for finding in tripwires.look([folder], tripwires.traces(**known))}


LEAKS = [
    ("phone number", "Call 617-555-0123."),
    ("phone number", "(617) 555-0123"),
    ("phone number", "+1 617 555 0123"),
    ("phone number", "617.555.0123"),
    ("phone number", '{"n": 6175550123}'),
    ("phone number", "tel:+16175550123"),
    ("phone number", "+44 20 7946 0958"),
    ("phone number", "at 555-0123,"),
    ("e-mail address", "ada@example.org"),
    ("e-mail address", "ada.invented [at] example.org"),
    ("social security number", "SSN 219-09-9999."),
    ("social security number", "219 09 9999"),
    ("social security number", "219099999"),
    ("date of birth", "1975-12-08"),
    ("date of birth", "12/08/1975"),
    ("date of birth", "December 8, 1975"),
    ("date of birth", "8 Dec 1975"),
    ("date of birth", "19751208"),
    ("date of birth", "born 2018-03-04"),
    ("date of birth", "DOB: 3/4/18"),
    ("date of birth", "b. March 4th, 2018"),
    ("exact time", "2026-10-03 14:05"),
    ("exact time", "2026-10-03T14:05:09Z"),
    ("exact time", "October 3, 2026, at 2:05 PM"),
    ("exact time", "2:05 pm on Saturday, October 3, 2026"),
    ("exact time", "Sat, 03 Oct 2026 00:01:00 +0000"),
    ("exact time", "DTSTART:20261003T140500"),
    ("exact time", "14:05:09"),
    ("exact time", "10/3/2026 14:05"),
    ("street address", "12 Canary Row"),
    ("street address", "at 1200B N. Great Heron Avenue,"),
    ("street address", "12 canary street"),
    ("street address", "7 MAIN ST"),
    ("incident number", "P260118747."),
    ("incident number", "EN005939"),
    ("incident number", "26-118747"),
    ("incident number", "2026-0118747"),
    ("unit name", "Engine 14"),
    ("unit name", "sent Unit C301A"),
    ("unit name", "Ambulance #5"),
]
HARMLESS = [
    "Call or text 988, or 911.",
    "Calls from 1 to 10; 2,749 of 10,179 (27.0%).",
    "2026-10,all,calls,,812,,673,,0.829",
    "255 255 219 85.9%",
    "2024-11 to 2026-10",
    "2010/2020",
    "2026-10-31",
    "Sat, 31 Oct 2026 00:00:00 +0000",
    "2026-10-31T00:00:00+00:00",
    "31 October 2026 00:00",
    "an arrival stamped 00:00:00",
    "1970-01-01T00:00:00+00:00",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "20261031",
    "$1,750,000 since 5 August 2021",
    "sha256 4679e1edc244896797284363708534f0a3b5a359987e8f42a87d756d89357baa",
    "133410.41999999998",
    "A-1 Downtown, B-2 Roxbury",
    "Section 12",
    "translate(104.83,15) M0.5,170.5L617.5550123,4",
    "SHA-256",
    "42 CFR Part 2",
    "26 January 2024",
    "34125 Hyde Park",
    "in 1 row",
    "826 calls took place",
    "CVE-2026-12",
    "numpy 2.3.1",
    "0.6175550123",
    "The last 7 values",
    "data/2026-10/",
    "681937",
    "1000000.0",
    "100,000,000",
]
ESCAPES = {
    "entities of HTML": "".join(f"&#{ord(c)};" for c in "617-555-0123"),
    "hexadecimal entities": "".join(f"&#x{ord(c):x};" for c in "617-555-0123"),
    "escapes of JSON": "".join(f"\\u{ord(c):04x}" for c in "617-555-0123"),
    "percent signs": "".join(f"%{ord(c):02X}" for c in "617-555-0123"),
    "escapes of escapes": "617&amp;#45;555&amp;#45;0123",
    "tags within": "617-<b>55</b>5-<span class='x'>01</span>23",
    "comments within": "617-5<!-- -->55-0123",
    "a picture's spans": "<svg><text>617-<tspan>555</tspan>-0123</text></svg>",
    "invisible characters": "617-5\u200b55-01\u00ad23",
    "wide digits": "\uff16\uff11\uff17-555-0123",
    "other dashes": "617\u2011555\u20110123",
    "an attribute": '<img alt="617-555-0123">',
    "a hard space": "617\u00a0555\u00a00123",
    "embedded data": '<img src="data:text/plain;base64,NjE3LTU1NS0wMTIz">',
}


@pytest.mark.parametrize(("rule", "leak"), LEAKS)
def test_what_must_not_be_published_is_found_and_named(tmp_path, rule, leak):
    assert rule in found(tmp_path, f"<p>Outcomes of October: {leak} and more</p>")


@pytest.mark.parametrize("text", HARMLESS)
def test_what_a_report_is_full_of_raises_no_alarm(tmp_path, text):
    assert found(tmp_path, f"<p>{text}</p>\n<td>{text}</td><td>{text}</td>") == set()


@pytest.mark.parametrize("escape", ESCAPES)
def test_an_escape_hides_nothing(tmp_path, escape):
    assert found(tmp_path, ESCAPES[escape]) == {"phone number"}


@pytest.mark.parametrize(
    "text",
    [
        "<tr><td>617</td><td>555</td><td>2123</td></tr>",
        "<svg><text>617</text><text>5552123</text></svg>",
        "617\n555\n2123",
    ],
)
def test_neighboring_cells_are_not_one_number(tmp_path, text):
    assert found(tmp_path, text) == set()


@pytest.mark.parametrize(
    "text", ["617-555-0123", "tel:+16175550123", "(617) 555.0123", "Help@Example.org"]
)
def test_the_numbers_and_addresses_that_the_program_publishes_are_allowed(tmp_path, text):
    assert found(tmp_path, text, contacts=("617-555-0123", "help@example.org")) == set()
    assert found(tmp_path, text, contacts=("617-555-9999", "911")) != set()


def test_a_finding_and_its_error_say_where_and_never_what(tmp_path):
    (tmp_path / "page.html").write_text("ada@example.org")
    with pytest.raises(DisclosureError) as caught:
        tripwires.check(tripwires.look([tmp_path], tripwires.traces()))
    assert "page.html: e-mail address" in str(caught.value) and "ada" not in str(caught.value)


def test_nothing_found_is_no_error(tmp_path):
    tripwires.check(tripwires.look([tmp_path], tripwires.traces()))


# What lies inside files.


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(**cells) -> bytes:
    """A workbook without the time at which it was made, which would be an exact time."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for name, value in cells.items():
        book.active[name] = value
    book.save(stream)
    with zipfile.ZipFile(stream) as made:
        return zipped(
            **{name: made.read(name) for name in made.namelist() if name != "docProps/core.xml"}
        )


def pdf(**leak) -> bytes:
    stream = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        document.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        document.pages[0].Contents = document.make_stream(
            f"BT /F1 12 Tf 10 10 Td ({leak.get('shown', 'Brief')}) Tj ET".encode()
        )
        document.docinfo["/Title"] = leak.get("title", "Brief")
        figure = pikepdf.Dictionary(Alt=leak.get("alt", "A chart"))
        document.Root.StructTreeRoot = document.make_indirect(
            pikepdf.Dictionary(K=pikepdf.Array([figure]))
        )
        if "attached" in leak:
            document.attachments["rows.csv"] = pikepdf.AttachedFileSpec(
                document, leak["attached"].encode(), filename="rows.csv"
            )
        document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("place", ["shown", "title", "alt", "attached"])
def test_a_pdf_is_searched_in_its_pages_information_alt_texts_and_attachments(tmp_path, place):
    assert found(tmp_path, pdf(), "brief.pdf") == set()
    assert found(tmp_path, pdf(**{place: "Call 617-555-0123"}), "brief.pdf") == {"phone number"}


def test_a_finding_in_an_archive_names_the_member(tmp_path):
    (tmp_path / "all.zip").write_bytes(
        zipped(
            **{
                "clean.csv": b"a,b\n1,2\n",
                "inner.zip": zipped(**{"rows.csv": b"ada@example.org\n"}),
            }
        )
    )
    assert [
        (f.file.name, f.member, f.rule) for f in tripwires.look([tmp_path], tripwires.traces())
    ] == [("all.zip", "inner.zip > rows.csv", "e-mail address")]


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("617-555-0123", "phone number"),
        (6175550123, "phone number"),
        ("P260118747", "incident number"),
    ],
)
def test_a_cell_of_a_workbook_is_searched(tmp_path, value, rule):
    assert found(tmp_path, workbook(A1="calls", B2=812), "tables.xlsx") == set()
    assert rule in found(tmp_path, workbook(A1="calls", B2=value), "tables.xlsx")


def test_a_day_and_time_in_a_workbook_is_read_as_it_is_shown(tmp_path):
    assert found(tmp_path, workbook(A1=datetime(2026, 10, 3)), "tables.xlsx") == set()
    assert found(tmp_path, workbook(A1=datetime(2026, 10, 3, 14, 5)), "tables.xlsx") == {
        "exact time"
    }


def test_a_packed_file_is_unpacked(tmp_path):
    assert found(tmp_path, gzip.compress(b"ada@example.org"), "rows.csv.gz") == {"e-mail address"}


def test_a_compressed_copy_of_the_file_beside_it_is_that_file(tmp_path):
    page = b"826 calls took place"
    for name, content in (
        ("page.html", page),
        ("page.html.gz", gzip.compress(page, mtime=0)),
        ("page.html.br", brotli.compress(page)),
    ):
        (tmp_path / name).write_bytes(content)
    assert [path.name for path in published_files.files([tmp_path])] == [
        "page.html"
    ] and tripwires.look([tmp_path], tripwires.traces()) == []


NAMED = (
    gzip.compress(b"page", mtime=0)[:3]
    + b"\x08\0\0\0\0\0\x03secret\0"
    + gzip.compress(b"page", mtime=0)[10:]
)


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("page.html.gz", gzip.compress(b"ada@example.org", mtime=0), "e-mail address"),
        ("page.html.br", brotli.compress(b"ada@example.org"), tripwires.UNREADABLE),
        ("page.html.br", b"broken\xff", tripwires.UNREADABLE),
        ("other.html.br", brotli.compress(b"page"), tripwires.UNREADABLE),
    ],
)
def test_a_compressed_file_that_is_no_copy_is_searched_or_cannot_be(tmp_path, name, content, rule):
    (tmp_path / "page.html").write_bytes(b"page")
    (tmp_path / name).write_bytes(content)
    assert [
        (finding.file.name, finding.rule)
        for finding in tripwires.look([tmp_path], tripwires.traces())
    ] == [(name, rule)]


@pytest.mark.parametrize(
    "packed", [NAMED, gzip.compress(b"page", mtime=1), gzip.compress(b"page", mtime=0) + b"more"]
)
def test_a_copy_that_tells_more_than_its_file_is_none(tmp_path, packed):
    (tmp_path / "page.html").write_bytes(b"page")
    (tmp_path / "page.html.gz").write_bytes(packed)
    assert len(published_files.files([tmp_path])) == 2


def part(kind: bytes, content: bytes = b"") -> bytes:
    """A part of a PNG picture; nothing reads its checksum here."""
    return len(content).to_bytes(4, "big") + kind + content + bytes(4)


PICTURE = containers.PNG + part(b"IHDR", bytes(13)) + part(b"IDAT", b"\xff\x00") + part(b"IEND")


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        (PICTURE, set()),
        (PICTURE + b"after its end", {tripwires.UNREADABLE}),
        (PICTURE[:-12], {tripwires.UNREADABLE}),
        (PICTURE[:-12] + part(b"tEXt", b"Author\0Ada") + part(b"IEND"), {tripwires.UNREADABLE}),
        (PICTURE[:-12] + part(b"eXIf", b"place") + part(b"IEND"), {tripwires.UNREADABLE}),
    ],
)
def test_a_picture_holds_pixels_and_nothing_else(tmp_path, content, rules):
    assert found(tmp_path, content, "social.png") == rules


def test_the_lines_of_a_notebook_and_of_a_calendar_are_joined_as_their_readers_join_them(tmp_path):
    assert found(
        tmp_path, json.dumps({"cells": [{"source": ["61755", "50123"]}]}), "page.ipynb"
    ) == {"phone number"}
    (tmp_path / "page.ipynb").unlink()
    assert found(tmp_path, "SUMMARY:Call 617-5\r\n 55-0123\r\n", "releases.ics") == {"phone number"}


def test_the_name_of_a_file_is_searched_too(tmp_path):
    assert found(tmp_path, "nothing", "ada@example.org.txt") == {"e-mail address"}


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00",
        b"\xff\xfa\x00",
        b"PK\x03\x04broken",
        b"%PDF-1.7 broken",
        b"\x1f\x8bbroken",
    ],
)
def test_a_file_that_cannot_be_searched_is_a_finding(tmp_path, content):
    assert found(tmp_path, content, "file") == {tripwires.UNREADABLE}


def test_archives_within_archives_end_somewhere(tmp_path):
    content = b"nothing"
    for _ in range(DEEPEST + 1):
        content = zipped(a=content)
    assert found(tmp_path, content, "all.zip") == {tripwires.UNREADABLE}


# What the extracts call things.

KNOWN = learn(
    ["P260118747", "260-118-970", "EN005939", "C301", "A-1", "12", "7", "A7"], public=["A-1"]
)


@pytest.mark.parametrize(
    "text",
    [
        "P260118747",
        "P999999999",
        "seen 123-456-789.",
        "unit C301 came",
        "AB123456",
        "<b>C3</b>01",
        "C&#51;01",
    ],
)
def test_an_identifier_of_the_extracts_is_found_as_itself_or_by_its_shape(tmp_path, text):
    assert "identifier of the extracts" in found(tmp_path, text, identifiers=KNOWN)


def test_an_identifier_is_found_with_its_thousands_set_apart(tmp_path):
    known = Identifiers(numbers=frozenset({"260118970"}))
    assert found(tmp_path, "260,118,970 calls", identifiers=known) == {"identifier of the extracts"}


NUMBERS = learn(["2600001", "20261123", "2026-1005"])


@pytest.mark.parametrize("text", ["2600001", "call 2600001.", "a,2600001,b", "<td>26</td>2600001"])
def test_a_number_of_digits_alone_is_found_as_itself(tmp_path, text):
    assert found(tmp_path, text, identifiers=NUMBERS) == {"identifier of the extracts"}


@pytest.mark.parametrize(
    "text", ["2600002", "0.2600001", "published 20261123", "2026-2027", "2026-1123"]
)
def test_a_number_a_day_or_a_span_of_years_is_no_identifier_by_its_shape(tmp_path, text):
    assert found(tmp_path, text, identifiers=NUMBERS) == set()


def test_the_tags_of_a_workbook_hold_no_identifier():
    column = '<col min="1" max="2600001"/><c><v>7</v></c>'
    assert not NUMBERS.within(Text("sheet1.xml", column, markup=True))
    assert NUMBERS.within(Text("sheet1.xml", "<c><v>2600001</v></c>", markup=True))


@pytest.mark.parametrize(
    "text", ["A-1 Downtown", "12 calls", "7", "A7", "C3011", "XC301", "2,749 of 10,179"]
)
def test_what_is_short_or_published_anyway_is_not_taken_for_an_identifier(tmp_path, text):
    assert found(tmp_path, text, identifiers=KNOWN) == set()
