"""The calendar, the feed and the index: what programs read, the same bytes whenever it is made."""

import hashlib
import json
import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from xml.etree import ElementTree

import icalendar
import pandas as pd
import pytest

from openresponse.program import Access, Calendar
from openresponse.release.history.register import Past
from openresponse.release.history.release_days import Announced, Entry
from openresponse.release.store.published import Published
from openresponse.report.feeds import atom, release_index, subscription
from openresponse.report.pages.notices import calendar
from openresponse.report.pages.reference import data_page
from support import invented

ADDRESS = "https://city.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
PLAN = Calendar(
    announced=date(2026, 10, 5),
    rule="The fourth Monday of the next month.",
    time="10:00",
    confirmed="2026-11",
    releases={
        "2026-10": date(2026, 11, 23),
        "2026-11": date(2026, 12, 28),
        "2026-12": date(2027, 1, 25),
    },
    access=(Access(role="Press <office>", hours=24, reason="Answers questions on the day."),),
)
EARLY = {"announced": "2026-10-26", "published": "2026-10-20", "reason": "A storm & its calls"}
ENTRIES = (
    Entry("2026-09", date(2026, 10, 20), True, EARLY),
    Entry("2026-10", date(2026, 11, 23), True),
    Entry("2026-11", date(2026, 12, 28), False),
    Entry("2026-12", date(2027, 1, 25), False),
)
PAST = [
    Past(
        "2026-09",
        "2026-10-20",
        "current",
        "",
        (),
        EARLY,
        None,
        (),
        "a" * 64,
        "",
        "fictional data",
    ),
    Past(
        "2026-10",
        "2026-11-23",
        "current",
        "",
        (),
        None,
        None,
        (),
        "b" * 64,
        "a" * 64,
        "fictional data",
    ),
]
REVISED = {
    "of": "2026-10",
    "date": "2026-12-01",
    "reason": "Two calls, counted twice.",
    "decided_by": "Privacy officer",
}
WITHDRAWN = {
    "release": "2026-09",
    "date": "2026-12-02",
    "reason": "A test table.",
    "decided_by": "Privacy officer",
}
ANNOUNCED = Announced(PLAN, "America/New_York", 21, ENTRIES)


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """Two releases, of which the newer has fewer tables."""
    folder = tmp_path_factory.mktemp("public")
    for name, only in (("2026-09", None), ("2026-10", ("funnel", "responders"))):
        invented.write(folder / name, name, only=only)
    return folder


@pytest.fixture
def public(releases, tmp_path):
    return shutil.copytree(releases, tmp_path / "public")


@pytest.fixture
def site(public, tmp_path):
    """A site's sources with what is written for programs, and a brief for one release."""
    folder = tmp_path / "site"
    (folder / "data").mkdir(parents=True)
    (folder / "briefs").mkdir()
    (folder / "briefs" / "2026-10.ipynb").touch()
    atom.write(Published.load(public / "2026-10"), ANNOUNCED, PAST, public, folder, ADDRESS)
    return folder


def entries(site):
    feed = ElementTree.fromstring((site / "releases.xml").read_text(encoding="utf-8"))
    return {entry.findtext(f"{ATOM}id"): entry for entry in feed.iter(f"{ATOM}entry")}


def test_everything_is_the_same_bytes_twice(site, public):
    names = ("calendar.ics", "releases.xml", "data/index.json")
    before = [(site / name).read_bytes() for name in names]
    atom.write(Published.load(public / "2026-10"), ANNOUNCED, PAST, public, site, ADDRESS)
    assert [(site / name).read_bytes() for name in names] == before


def test_the_calendar_page_tells_days_states_reasons_and_roles():
    html = calendar.body(ANNOUNCED, fictional=False)
    rows = [re.sub("<[^>]+>", "|", row) for row in re.findall("<tr>.*?</tr>", html)]
    states = {
        found[1]: found[2]
        for row in rows
        if (found := re.match(r"\|+([A-Z][a-z]+ \d{4})\|.*\|([^|]+)\|+$", row))
    }
    assert states == {
        "November 2026": "Announced",
        "December 2026": "May still move",
        "October 2026": "Published",
        "September 2026": "Published before its day, October 26, 2026: A storm &amp; its calls.",
    }
    assert (
        "Next: figures for November 2026 on December 28, 2026" in html
        and "10:00 (America/New_York)" in html
    )
    assert "Press &lt;office&gt;" in html and "24 hours" in html and "invented" not in html
    assert "invented" in calendar.body(ANNOUNCED, fictional=True)


def test_a_program_without_a_calendar_says_when_figures_come():
    html = calendar.body(Announced(None, "America/New_York", 21, ENTRIES[:2]), fictional=False)
    assert "21 days after the month ends" in html and "Who sees" not in html and "Next:" not in html


def test_the_calendar_file_is_read_by_calendar_programs(site):
    content = (site / "calendar.ics").read_bytes()
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert [(event.decoded("dtstart"), str(event["status"])) for event in events] == [
        (date(2026, 10, 20), "CONFIRMED"),
        (date(2026, 11, 23), "CONFIRMED"),
        (date(2026, 12, 28), "CONFIRMED"),
        (date(2027, 1, 25), "TENTATIVE"),
    ]
    assert not any(event.errors for event in events)
    lines = content.split(b"\r\n")
    assert (
        lines[-1] == b""
        and max(map(len, lines)) <= 75
        and b"\n" not in content.replace(b"\r\n", b"")
    )


def test_an_entry_keeps_its_identifier_when_its_day_moves():
    moved = Announced(PLAN, "America/New_York", 21, (Entry("2026-12", date(2027, 1, 26), False),))
    before, after = (
        icalendar.Calendar.from_ical(subscription.ics(found, "City", ADDRESS)).walk("VEVENT")[-1]
        for found in (ANNOUNCED, moved)
    )
    assert before["uid"] == after["uid"] and before["dtstart"].dt != after["dtstart"].dt


def test_a_list_that_is_announced_again_replaces_the_entries_that_calendars_hold():
    again = PLAN.model_copy(update={"announced": PLAN.announced + timedelta(days=1)})
    before, after = (
        icalendar.Calendar.from_ical(
            subscription.ics(replace(ANNOUNCED, plan=plan), "City", ADDRESS)
        ).walk("VEVENT")[-1]
        for plan in (PLAN, again)
    )
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt > before["last-modified"].dt


def test_the_feed_lists_releases_with_their_page_and_data(site):
    feed = ElementTree.fromstring((site / "releases.xml").read_text(encoding="utf-8"))
    assert (
        feed.findtext(f"{ATOM}id") == ADDRESS + "releases.xml"
        and feed.findtext(f"{ATOM}updated") == "2026-11-23T00:00:00-05:00"
    )
    assert feed.findtext(f"{ATOM}author/{ATOM}name") and "fictional data" in feed.findtext(
        f"{ATOM}title"
    )
    assert list(entries(site)) == [f"{ADDRESS}data/2026-10/", f"{ADDRESS}data/2026-09/"]
    links = {
        id: {link.get("rel"): link.get("href") for link in entry.iter(f"{ATOM}link")}
        for id, entry in entries(site).items()
    }
    assert links[f"{ADDRESS}data/2026-10/"] == {
        "alternate": f"{ADDRESS}briefs/2026-10.html",
        "related": f"{ADDRESS}data/2026-10/datapackage.json",
    }
    assert links[f"{ADDRESS}data/2026-09/"]["alternate"] == f"{ADDRESS}data.html"
    assert EARLY["reason"] in entries(site)[f"{ADDRESS}data/2026-09/"].findtext(f"{ATOM}summary")


def test_feed_and_index_tell_of_a_revision_and_of_a_retraction(public, tmp_path):
    invented.write(public / "2026-10-r1", "2026-10-r1")
    past = [
        replace(PAST[0], state="retracted", retractions=(WITHDRAWN,)),
        replace(PAST[1], state="superseded", superseded_by="2026-10-r1"),
        replace(PAST[1], release="2026-10-r1", published="2026-12-01", revision=REVISED),
    ]
    for path in (public / "2026-09").iterdir():
        path.unlink()
    folder = tmp_path / "told"
    for name in ("data", "briefs"):
        (folder / name).mkdir(parents=True)
    atom.write(Published.load(public / "2026-10-r1"), ANNOUNCED, past, public, folder, ADDRESS)
    found = {
        id.removeprefix(f"{ADDRESS}data/").rstrip("/"): entry
        for id, entry in entries(folder).items()
    }
    assert list(found) == ["2026-10-r1", "2026-10", "2026-09"]
    assert {name: entry.findtext(f"{ATOM}updated")[:10] for name, entry in found.items()} == {
        "2026-10-r1": "2026-12-01",
        "2026-10": "2026-12-01",
        "2026-09": "2026-12-02",
    }
    said = {name: entry.findtext(f"{ATOM}summary") for name, entry in found.items()}
    assert (
        "Revises 2026-10: Two calls, counted twice." in said["2026-10-r1"]
        and "Replaced by 2026-10-r1: Two calls" in said["2026-10"]
    )
    assert (
        said["2026-09"].startswith("Withdrawn: A test table.")
        and found["2026-09"].findtext(f"{ATOM}published")[:10] == "2026-10-20"
    )
    told = json.loads((folder / "data" / "index.json").read_text(encoding="utf-8"))["releases"]
    assert [(one["release"], one["state"], one.get("superseded_by")) for one in told] == [
        ("2026-09", "retracted", None),
        ("2026-10", "superseded", "2026-10-r1"),
        ("2026-10-r1", "current", None),
    ]
    assert (
        told[0]["retraction"] == WITHDRAWN
        and told[0]["files"] == []
        and told[2]["revision"] == REVISED
    )


def test_the_index_names_every_file_with_its_size_and_hash(site, public):
    index = json.loads((site / "data" / "index.json").read_text(encoding="utf-8"))
    assert (
        index["latest"] == "2026-10"
        and index["fictional"]
        and [r["release"] for r in index["releases"]] == ["2026-09", "2026-10"]
    )
    for release in index["releases"]:
        folder = public / release["release"]
        assert [file["name"] for file in release["files"]] == sorted(
            path.name for path in folder.iterdir()
        )
        for file in release["files"]:
            content = (folder / file["name"]).read_bytes()
            assert (file["bytes"], file["sha256"]) == (
                len(content),
                hashlib.sha256(content).hexdigest(),
            )
            assert file["address"] == f"{ADDRESS}data/{release['release']}/{file['name']}"
    tables = {table["name"]: table for table in index["tables"]}
    assert (
        tables["funnel"]["latest"] == f"{ADDRESS}data/latest/funnel.csv"
        and len(tables["funnel"]["releases"]) == 2
    )
    assert tables["outcomes"]["latest"] is None and list(tables["outcomes"]["releases"]) == [
        "2026-09"
    ]


def test_the_python_examples_of_the_data_page_run(published, tmp_path):
    address = f"{tmp_path}/"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "latest").symlink_to(published.folder)
    content = release_index.index(published, PAST[1:], {published.name: published}, address)
    (tmp_path / "data" / "index.json").write_text(json.dumps(content), encoding="utf-8")
    codes = [
        unescape(code)
        for code in re.findall(
            "<code>(import pandas.*?)</code>", data_page.body(published, address), flags=re.S
        )
    ]
    assert len(codes) == 2
    found = {}
    for code in codes:
        exec(code, found)
    assert isinstance(found["funnel"], pd.DataFrame) and set(found["tables"]) == set(
        published.tables
    )
