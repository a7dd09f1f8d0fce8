"""A value that the confidential side alone knows cannot stand in a published file: it is no longer
what the tables give.
"""

import json
import os
import re
import shutil
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from openresponse import cli
from openresponse.errors import DisclosureError, ReleaseError
from openresponse.program import Folders
from openresponse.release.checks import leaks
from openresponse.release.checks.tripwires import look
from openresponse.release.checks.withheld_counts import counts, explained, remembered
from openresponse.release.store.published import Published
from openresponse.workflow import rebuild
from openresponse.workflow.city import City
from support import workspace


@pytest.fixture(scope="module")
def here(small_city):
    """The city's folder as the one commands are run in."""
    before = os.getcwd()
    os.chdir(small_city.folder)
    yield City(Path("program.yml"))
    os.chdir(before)


def test_a_site_of_a_release_that_is_not_there_is_no_leak(tmp_path):
    folders = Folders(public=tmp_path / "public", site=tmp_path / "site")
    release = folders.site / "_site" / "release.json"
    release.parent.mkdir(parents=True)
    release.write_text('{"release": "2026-10"}', encoding="utf-8")
    with pytest.raises(ReleaseError, match="show 2026-10.* is not there. Run `openresponse site`"):
        rebuild.refuse_other_release(folders)


@pytest.fixture(scope="module")
def again(here: City, tmp_path_factory):
    """The city's site made once more from its published tables alone, on the other side of the date
    line and in another language.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (
            ("TZ", "Pacific/Kiritimati"),
            ("LC_ALL", "C.UTF-8"),
            ("LANG", "es_ES.UTF-8"),
            ("PYTHONHASHSEED", "7"),
        ):
            patch.setenv(name, value)
        return rebuild.rebuild(here, tmp_path_factory.mktemp("again"))


@pytest.fixture
def site(small_city, tmp_path):
    """The city's site, to be tampered with."""
    return shutil.copytree(small_city.folder / "site", tmp_path / "site")


@pytest.fixture(scope="module")
def secret(here: City) -> int:
    """A withheld true count that no published figure happens to equal."""
    true = set().union(*remembered(here.program.folders.ledger).values())
    return max(
        count
        for count in true - explained(Published.load(here.program.folders.public / "latest"))
        if count < 1_000
    )


def replaced(path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def in_alt_text(site, value):
    replaced(
        site / "_site/models/co-response.html",
        "</main>",
        f'<img src="../figures/funnel-trend.svg" alt="{value} calls"></main>',
    )
    return "_site/models/co-response.html"


def in_sentence(site, value):
    replaced(
        site / "_site/index.html", "</main>", f"<p>In October, {value} calls were meant.</p></main>"
    )
    return "_site/index.html"


def in_picture_title(site, value):
    replaced(site / "_site/figures/funnel-trend.svg", "</title>", f" ({value})</title>")
    return "_site/figures/funnel-trend.svg"


def in_notebook_metadata(site, value):
    path = site / "outcomes.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    book["metadata"]["rows"] = value
    path.write_text(json.dumps(book), encoding="utf-8")
    return "outcomes.ipynb"


def in_json(site, value):
    replaced(
        site / "_site/data/latest/datapackage.json",
        '"resources"',
        f'"checked": {value}, "resources"',
    )
    return "_site/data/latest/datapackage.json"


def in_feed(site, value):
    replaced(
        site / "_site/briefs/index.xml", "</description>", f" {value} were withheld.</description>"
    )
    return "_site/briefs/index.xml"


def in_workbook(site, value):
    book = openpyxl.Workbook()
    book.active["B2"] = value
    book.save(site / "_site/data/latest/tables.xlsx")
    return "_site/data/latest/tables.xlsx"


def in_pdf(site, value):
    path = max((site / "_site/briefs").glob("*.pdf"))
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.docinfo["/Keywords"] = f"{value} calls"
        document.save(path)
    return str(path.relative_to(site))


def in_table(site, value):
    path = site / "_site/data/latest/funnel.csv"
    path.write_text(
        re.sub(",,c,", f",{value},c,", path.read_text(encoding="utf-8"), count=1), encoding="utf-8"
    )
    return "_site/data/latest/funnel.csv"


def in_split_number(site, value):
    first, *others = str(value)
    replaced(site / "_site/index.html", "</main>", f"<p>{first}<b>{''.join(others)}</b></p></main>")
    return "_site/index.html"


PLACES = [
    in_alt_text,
    in_sentence,
    in_picture_title,
    in_notebook_metadata,
    in_json,
    in_feed,
    in_workbook,
    in_pdf,
    in_table,
    in_split_number,
]


def test_a_site_made_again_from_its_tables_alone_is_the_same(small_city, again):
    assert rebuild.differences(small_city.folder / "site", again / "site") == []
    ours, theirs = (folder / "build" / "stage" / "2025-03" for folder in (small_city.folder, again))
    assert ours.is_dir() and rebuild.differences(ours, theirs) == []
    raw = again / "data" / "raw"
    assert [path.name for path in raw.glob("*")] in ([], [".run-log"])


@pytest.mark.parametrize("place", PLACES)
def test_a_withheld_value_is_no_part_of_what_the_tables_give(site, again, secret, place):
    name = place(site, secret)
    found = rebuild.differences(site, again / "site")
    assert [(str(f.file.relative_to(site)), f.rule) for f in found] == [(name, rebuild.OTHER)]
    with pytest.raises(DisclosureError) as caught:
        rebuild.check(found)
    assert name in str(caught.value) and str(secret) not in str(caught.value).replace(str(site), "")


@pytest.mark.parametrize("place", PLACES)
def test_a_withheld_count_that_no_figure_explains_is_found_in_the_file(here, site, secret, place):
    path = site / place(site, secret)
    found = look(
        [path],
        counts([Published.load(here.program.folders.public / "latest")], {"funnel": [secret]}),
    )
    assert {(f.file, f.rule) for f in found} == {(path, "a withheld figure of `funnel`")}
    assert str(secret) not in "".join(f.member + f.rule for f in found)


def test_a_value_in_the_shape_of_a_picture_is_explained_by_no_table(site, again, secret):
    replaced(site / "_site/figures/funnel-trend.svg", "</svg>", f'<path d="M0,{secret}"/></svg>')
    assert [f.rule for f in rebuild.differences(site, again / "site")] == [rebuild.OTHER]


@pytest.mark.parametrize("name", ["_site/about.html", "data.qmd", "_site/figures/funnel-trend.svg"])
def test_a_missing_file_is_named(site, again, name):
    (site / name).unlink()
    assert [
        (str(f.file.relative_to(site)), f.rule) for f in rebuild.differences(site, again / "site")
    ] == [(name, rebuild.MISSING)]


def test_the_audit_refuses_a_site_that_the_tables_do_not_explain(
    small_city, again, tmp_path, monkeypatch, capsys
):
    folder = shutil.copytree(small_city.folder, tmp_path / "city")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(rebuild, "rebuild", lambda *given: again)
    monkeypatch.setattr(leaks, "search", lambda *given: [])  # its own test stands below
    page = folder / "site" / "data.qmd"
    page.write_text(page.read_text(encoding="utf-8") + "Added by hand.\n", encoding="utf-8")
    assert cli.main(["audit"]) == DisclosureError.exit_code
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and f"site/data.qmd: {rebuild.OTHER}" in said


def test_the_audit_refuses_a_site_with_a_trace_of_a_call_and_finds_nothing_else_in_it(
    small_city, tmp_path, monkeypatch, capsys
):
    folder = shutil.copytree(small_city.folder, tmp_path / "city")
    monkeypatch.chdir(folder)
    assert remembered(City(Path("program.yml")).program.folders.ledger), (
        "withheld counts are searched for too"
    )
    replaced(
        folder / "site/_site/index.html",
        "</main>",
        f"<!-- {small_city.planted[-1]} {small_city.planted[4]} -->",
    )
    assert cli.main(["audit"]) == DisclosureError.exit_code
    said = capsys.readouterr()
    found = re.search(r"was found in (.*)\. Do not publish", said.err)[1].split("; ")
    page = "site/_site/index.html"
    assert found == [
        f"{page}: exact time",
        f"{page}: identifier of the extracts",
        f"{page}: incident number",
        f"{page}.br: cannot be searched",
    ]
    assert small_city.planted[4] not in said.err and small_city.planted[-1] not in said.err
    assert said.out.count("again from the published tables") == 0, "nothing more is tried"


def test_without_the_confidential_side_the_rules_alone_are_searched_for(boston, tmp_path):
    folder = shutil.copytree(workspace.ROOT / "tests" / "golden" / "public", tmp_path / "candidate")
    assert leaks.search(boston, [folder], Published.load(folder)) == []
    (folder / "README.md").write_text("P260118747")
    assert [
        (f.file.name, f.rule) for f in leaks.search(boston, [folder], Published.load(folder))
    ] == [("README.md", "incident number")]


def test_a_confidential_ledger_that_cannot_be_read_stops_the_search(tmp_path):
    (tmp_path / "2026-10.json.gz").write_bytes(b"broken")
    with pytest.raises(ReleaseError, match="cannot be read"):
        remembered(tmp_path)


# What explains a number, on a table small enough to see.


def release(folder) -> Published:
    facts = {
        "release": "2026-10",
        "rule": {"threshold": 61},
        "program": {"residents": "62,5"},
        "statuses": {},
    }
    fields = [
        {"name": "period", "type": "string"},
        {"name": "calls", "type": "integer"},
        {"name": "calls_status", "type": "string"},
        *(
            {"name": name, "type": "number"}
            for name in ("share_of_all", "minutes", "amount", "total_to_date")
        ),
    ]
    hierarchies = {"area": [{"code": "a", "residents": 68_211}]}
    resource = {
        "name": "calls",
        "path": "calls.csv",
        "schema": {"fields": fields},
        "openresponse": {"trees": hierarchies, "kind": "money", "parts": []},
    }
    (folder / "calls.csv").write_text(
        "period,calls,calls_status,share_of_all,minutes,amount,total_to_date\n2026,1047,,0.834,52.0,411.37,3075.81\n2026,,c,,,,\n"
    )
    (folder / "datapackage.json").write_text(
        json.dumps({"resources": [resource], "openresponse": facts})
    )
    return Published.load(folder)


@pytest.mark.parametrize(
    ("text", "count", "is_found"),
    [
        ("47 calls", 47, True),
        ("<b>4</b>7 calls", 47, True),
        ("&#52;7 calls", 47, True),
        ("[1,47,3]", 47, True),
        ("2,166 calls", 2166, True),
        ("2 166 calls", 2166, True),
        ("47.0", 47, True),
        ('<svg data-n="47"/>', 47, True),
        ("1,047 calls", 47, False),
        ("1047 calls", 47, False),
        ("1047 calls", 1047, False),
        ("52.0 minutes", 52, False),
        ("83%", 83, False),
        ("$411", 411, False),
        ("$3,076 to date", 3076, False),
        ("$3,075 to date", 3075, True),
        ("more than 61", 61, False),
        ("68,211 residents", 68211, False),
        ("68,211 residents", 211, False),
        ("2026-10-31", 31, False),
        ("47.3%", 47, False),
        ("47.0%", 47, False),
        ("1,047 %", 1047, False),
        ("47 kB", 47, False),
        ("47, 30%", 47, True),
        ("a47f", 47, False),
        ('<svg width="47" d="M47 47"/>', 47, False),
    ],
)
def test_a_number_is_found_unless_something_published_explains_it(tmp_path, text, count, is_found):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page.html").write_text(text)
    assert (
        bool(look([tmp_path / "site"], counts([release(tmp_path)], {"calls": [count]}))) is is_found
    )
