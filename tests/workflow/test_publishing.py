"""The site where it is served: whole at every moment, whatever stops a run."""

import json
import os
import shutil

import pytest

from openresponse.errors import DisclosureError, PublishingError, ReleaseError
from openresponse.release.store import lock
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import RETRACTION
from openresponse.release.store.write import point_latest
from openresponse.website import finishing
from openresponse.website.engines import SITE
from openresponse.workflow.city import City
from openresponse.workflow.web_server import publishing
from support import workspace
from support.workspace import ROOT

PAGE = '<html><head><link rel="stylesheet" href="styles.css"></head><body>{}</body></html>'


def made(city, said: str, release: str = "2025-03"):
    """A small site of the releases that are there."""
    folders = city.program.folders
    site = folders.site / SITE
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(folders.public, site / "data", ignore=shutil.ignore_patterns(".*"))
    (site / "styles.css").write_text(f"/* {said} */")
    (site / "release.json").write_text(json.dumps({"release": release}))
    (site / "index.html").write_text(PAGE.format(said))
    (site / "404.html").write_text(PAGE.format(said))
    finishing.finish(site, "https://city.example/")
    return site


def release(public, name: str):
    """A release of one table and its manifest."""
    folder = public / name
    folder.mkdir(parents=True)
    (folder / "funnel.csv").write_text(f"period,incidents\n{name},47\n")
    (folder / "manifest.json").write_text(
        workspace.manifest(name, files={"funnel.csv": digest(folder / "funnel.csv")})
    )
    point_latest(public)
    return folder


@pytest.fixture
def empty(tmp_path):
    return City(workspace.program_file(tmp_path))


@pytest.fixture
def city(empty, monkeypatch):
    """A city with one small release. The search of every byte has a test of its own below."""
    monkeypatch.setattr(publishing.leaks, "search", lambda program, folders: [])
    monkeypatch.setattr(os, "sync", lambda: None)
    release(empty.program.folders.public, "2025-03")
    return empty


@pytest.fixture
def to(tmp_path):
    return tmp_path / "www"


def shown(to) -> str:
    """What the live site says, if every file of it is of one version."""
    current = to / "current"
    assert publishing.content(current) == current.resolve().name
    return (
        (current / "index.html")
        .read_text(encoding="utf-8")
        .partition("<body>")[2]
        .partition("<")[0]
    )


def test_a_site_with_pages_in_a_language_that_was_taken_out_is_not_published(city, to):
    site = made(city, "one")
    for code in ("es", "fr"):
        (site / code).mkdir()
        (site / code / "index.html").write_text("old", encoding="utf-8")
    with pytest.raises(PublishingError, match="has pages in fr, .* Run `openresponse site`"):
        publishing.publish(city, to)


def test_the_site_is_published_and_the_version_before_it_kept(city, to):
    for said in ("one", "two", "three"):
        made(city, said)
        publishing.publish(city, to)
    assert shown(to) == "three" and "two" in (to / "previous" / "index.html").read_text(
        encoding="utf-8"
    )
    assert len(list((to / "sites").iterdir())) == 2


def test_the_same_site_again_changes_nothing(city, to):
    made(city, "one")
    publishing.publish(city, to)
    made(city, "two")
    publishing.publish(city, to)
    before = sorted((str(p), p.lstat().st_mtime_ns) for p in (to / "sites").rglob("*"))
    publishing.publish(city, to)
    assert sorted((str(p), p.lstat().st_mtime_ns) for p in (to / "sites").rglob("*")) == before
    assert shown(to) == "two" and "one" in (to / "previous" / "index.html").read_text(
        encoding="utf-8"
    )


def test_the_folder_may_lie_elsewhere_later(city, to):
    made(city, "one")
    publishing.publish(city, to)
    assert shown(to.rename(to.with_name("elsewhere"))) == "one"


class Stopped(BaseException):
    """What a killed run looks like from inside: nothing handles it."""


STEPS = [
    (shutil, "copyfile"),
    (os, "sync"),
    (os, "rename"),
    (os, "symlink"),
    (os, "replace"),
    (shutil, "rmtree"),
]


@pytest.mark.parametrize("step", STEPS, ids=[name for _, name in STEPS])
@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_run_that_is_killed_at_any_step_leaves_the_live_site_whole_and_the_next_one_finishes(
    city, to, monkeypatch, step, after
):
    for said in ("zero", "one"):
        made(city, said)
        publishing.publish(city, to)
    made(city, "two")
    calls, do = [], getattr(*step)

    def once(*arguments, **options):
        calls.append(arguments)
        if len(calls) == after:
            raise Stopped
        return do(*arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(*step, once)
        try:
            publishing.publish(city, to)
        except Stopped:
            assert shown(to) in ("one", "two")
        else:
            assert len(calls) < after, "the step is not that often taken"
    publishing.publish(city, to)
    assert shown(to) == "two" and "one" in (to / "previous" / "index.html").read_text(
        encoding="utf-8"
    )
    assert {p.name for p in to.iterdir()} == {
        ".openresponse",
        "sites",
        "current",
        "previous",
        "nginx.conf",
    } and len(list((to / "sites").iterdir())) == 2


def test_a_full_disk_is_one_sentence_and_the_live_site_stays(city, to, monkeypatch):
    made(city, "one")
    publishing.publish(city, to)
    made(city, "two")

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(PublishingError, match="as it was"):
        publishing.publish(city, to)
    assert shown(to) == "one"


def test_a_site_that_changes_while_it_is_copied_is_not_published(city, to, monkeypatch):
    site = made(city, "one")
    copy = shutil.copyfile

    def late(source, target):
        (site / "index.html").write_text(PAGE.format("other"))
        return copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", late)
    with pytest.raises(PublishingError, match="run again"):
        publishing.publish(city, to)
    assert not (to / "current").exists()


def test_live_files_changed_by_hand_are_put_right(city, to):
    made(city, "one")
    (live,) = publishing.publish(city, to).paths
    (live / "index.html").write_text("changed")
    publishing.publish(city, to)
    assert shown(to) == "one"


def test_without_a_site_nothing_is_published(city, to):
    with pytest.raises(PublishingError, match="no website yet"):
        publishing.publish(city, to)
    assert not to.exists()


def test_the_site_of_an_older_release_is_refused(city, to):
    made(city, "one", release="2025-02")
    with pytest.raises(PublishingError, match="show 2025-02, and the newest release is 2025-03"):
        publishing.publish(city, to)
    assert not to.exists()


@pytest.mark.parametrize("name", ["data/2025-03/funnel.csv", "data/latest/funnel.csv"])
def test_a_site_whose_tables_are_not_those_published_is_refused(city, to, name):
    with (made(city, "one") / name).open("a") as table:
        table.write("\n")
    with pytest.raises(PublishingError, match="are not those of"):
        publishing.publish(city, to)


def test_a_site_with_a_trace_of_a_call_is_refused(empty, to):
    public = empty.program.folders.public
    shutil.copytree(ROOT / "tests" / "golden" / "public", public / "2025-03")
    point_latest(public)
    site = made(empty, "one")
    (site / "index.html").write_text(PAGE.format("P260118747"))
    with pytest.raises(DisclosureError, match="incident number"):
        publishing.publish(empty, to)
    assert not to.exists()


def test_two_runs_at_once_are_refused(city, to):
    made(city, "one")
    with (
        lock.held(city.program.folders.public, "a release"),
        pytest.raises(ReleaseError, match="another run"),
    ):
        publishing.publish(city, to)


def test_a_retracted_release_stays_in_no_version(city, to):
    folder = release(city.program.folders.public, "2025-02")
    made(city, "one")
    publishing.publish(city, to)
    (folder / "funnel.csv").unlink()
    (folder / RETRACTION).write_text("{}")
    with pytest.raises(PublishingError, match="2025-02"):
        publishing.publish(city, to)
    made(city, "two")
    publishing.publish(city, to)
    assert (
        shown(to) == "two"
        and not (to / "previous").exists()
        and len(list((to / "sites").iterdir())) == 1
    )


@pytest.mark.parametrize("name", ["nginx.conf", "sites/other-city/index.html", "notes.txt"])
def test_a_folder_with_files_of_others_is_refused_before_anything_changes(city, to, name):
    made(city, "one")
    foreign = to / name
    foreign.parent.mkdir(parents=True)
    foreign.write_text("of others")
    with pytest.raises(PublishingError, match="Nothing was changed"):
        publishing.publish(city, to)
    assert [path for path in to.rglob("*") if path.is_file()] == [foreign]
    assert foreign.read_text() == "of others"


@pytest.mark.parametrize("name", ["notes.txt", "sites/other-city"])
def test_what_others_put_beside_a_published_site_is_never_removed(city, to, name):
    made(city, "one")
    publishing.publish(city, to)
    (to / name).mkdir()
    made(city, "two")
    with pytest.raises(PublishingError, match=name):
        publishing.publish(city, to)
    assert shown(to) == "one" and (to / name).is_dir()


def test_a_disk_error_after_the_switch_says_that_the_new_site_is_live(city, to, monkeypatch):
    made(city, "one")
    publishing.publish(city, to)
    made(city, "two")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "_forget", full)
    with pytest.raises(PublishingError, match="the new site is live"):
        publishing.publish(city, to)
    assert shown(to) == "two"


def test_a_web_folder_that_cannot_be_noted_is_not_taken_for_an_older_version(city, to, monkeypatch):
    made(city, "one")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing.live_site, "replace_file", full)
    with pytest.raises(PublishingError, match="the new site is live; its place could not be noted"):
        publishing.publish(city, to)
    assert shown(to) == "one"


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_file_is_no_folder_of_a_web_server(city, to, dry_run):
    made(city, "one")
    to.write_text("mine", encoding="utf-8")
    with pytest.raises(PublishingError, match="www: is a file"):
        publishing.publish(city, to, dry_run)
    assert to.read_text(encoding="utf-8") == "mine"
