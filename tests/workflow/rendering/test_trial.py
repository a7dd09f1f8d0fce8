"""A candidate whose website cannot be made is not published, and everything is as it was."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from openresponse.disclosure import rules
from openresponse.errors import ApprovalError, InspectionError, NotebookError, RenderError
from openresponse.media import bundle
from openresponse.release.store import confidential
from openresponse.release.store.public_folder import published
from openresponse.website import engines
from openresponse.workflow import candidates, sources
from openresponse.workflow.city import City
from openresponse.workflow.notebooks import execution
from openresponse.workflow.rendering import kept_site, page_folders, trial
from openresponse.workflow.run_log import entries
from openresponse.workflow.standing import waiting_releases
from openresponse.workflow.standing.candidate_records import Order
from support import golden, workspace

pytestmark = pytest.mark.slow
TABLES = ("funnel", "spending")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A candidate of few tables."""
    city = golden.program(tmp_path_factory.mktemp("made"), TABLES)
    return golden.Counts.of(city).candidate(city, rules.of(city.privacy)).folder


@pytest.fixture
def city(tmp_path, monkeypatch):
    monkeypatch.setattr(execution, "run", workspace.execute)
    return City(workspace.program_file(tmp_path, TABLES))


def proposed(city: City, made: Path, before: str = "", after: str = "") -> Path:
    """The candidate in the city's build folder, with other words for some of its own."""
    candidate = waiting_releases.folder(city.program, made.name)
    shutil.copytree(made, candidate)
    about = candidate / "datapackage.json"
    text = about.read_text(encoding="utf-8")
    assert before in text
    about.write_text(text.replace(before, after), encoding="utf-8")
    return candidate


@contextmanager
def as_it_was(city: City):
    """What is public, and the site's folder, are the same before and after."""
    folders = city.program.folders
    before = [sorted(folder.rglob("*")) for folder in (folders.public, folders.site)]
    yield
    assert [sorted(folder.rglob("*")) for folder in (folders.public, folders.site)] == before


@pytest.fixture(scope="module")
def tried(made, tmp_path_factory):
    """A city after a trial that went well, of a candidate with a link in a label."""
    city = City(workspace.program_file(tmp_path_factory.mktemp("tried"), TABLES))
    candidate = proposed(city, made, "Co-response", "[Co-response](nowhere.html)")
    with pytest.MonkeyPatch.context() as patch, as_it_was(city):
        patch.setattr(execution, "run", workspace.execute)
        trial.make(city, candidate)
    return city


def test_a_written_page_that_leads_nowhere_is_named_and_nothing_changes(tried):
    folders = tried.program.folders
    folders.site.mkdir(exist_ok=True)
    candidate = waiting_releases.folder(tried.program, "2025-03")
    page = "---\ntitle: About\n---\n\n[Where](nowhere.qmd)\n"
    (folders.site / "ours.qmd").write_text(page, encoding="utf-8")
    with as_it_was(tried), pytest.raises((RenderError, InspectionError), match="nowhere"):
        trial.make(tried, candidate)
    (folders.site / "ours.qmd").unlink()


def test_the_pages_made_on_trial_are_in_folders_that_nobody_else_can_enter(tried):
    folders = page_folders.every(tried.program.folders.build)
    assert sum(folder.is_dir() for folder in folders) == len(folders)
    assert confidential.not_shut(folders) == []


def never(*_, **__):
    raise AssertionError("made twice")


def test_the_site_that_follows_is_that_of_the_trial_and_a_link_in_a_label_is_text_there(
    tried, monkeypatch
):
    folders = tried.program.folders
    candidates.publication.publish(tried.program, waiting_releases.folder(tried.program, "2025-03"))
    monkeypatch.setattr(execution, "run", never)
    monkeypatch.setattr(engines, "render", never)
    site = kept_site.render(tried, sources.gather(tried, folders.public / "2025-03"))
    assert '"release": "2025-03"' in (site / "release.json").read_text(encoding="utf-8")
    assert "[Co-response](nowhere.html)" in (site / "index.html").read_text(encoding="utf-8")


def test_a_letter_that_the_font_of_the_pdf_lacks_is_named_and_nothing_changes(city, made):
    candidate = proposed(city, made, "Boston crisis response pilots", "Boston 李")
    with as_it_was(city), pytest.raises(RenderError, match="2025-03 is not published.*李"):
        trial.make(city, candidate)


def test_a_missing_notebook_is_named_and_nothing_changes(city, made, monkeypatch):
    monkeypatch.setattr(bundle, "PLACES", ())
    monkeypatch.setattr(execution, "run", execution_of_missing)
    candidate = proposed(city, made)
    for name in (*bundle.WRITTEN, bundle.LOCK, f"notebooks/{candidates.ANONYMIZE}.ipynb"):
        path = city.program.folders.home / name
        path.parent.mkdir(exist_ok=True)
        shutil.copy2(workspace.ROOT / name, path)
    with as_it_was(city), pytest.raises(NotebookError, match=r"2-outcomes.ipynb: missing"):
        trial.make(city, candidate)


def execution_of_missing(*_, **__):
    raise AssertionError("a notebook that is not there was run")


@pytest.fixture
def anonymized(city, made, monkeypatch):
    """In place of the first notebook: the candidate as it would make it."""

    def anonymize(city, wanted, around_carried):
        shutil.rmtree(waiting_releases.folder(city.program, made.name), ignore_errors=True)
        proposed(city, made)

    monkeypatch.setattr(candidates, "_anonymize", anonymize)
    return city


def failing(*_):
    raise RenderError("brief: a letter is missing.")


def test_a_candidate_that_failed_on_trial_is_not_published_and_cannot_be_approved(
    anonymized, made, monkeypatch
):
    monkeypatch.setattr(trial, "make", failing)
    program = anonymized.program
    with pytest.raises(RenderError):
        candidates.publish(anonymized, Order(made.name, made.name))
    (candidate,) = waiting_releases.waiting(program)
    assert candidate.state == "refused" and "a letter is missing" in candidate.sentence
    assert published(program.folders.public) == [] == entries.entries(program)


def test_a_release_that_is_to_be_approved_is_tried_when_it_is_proposed(
    anonymized, made, monkeypatch
):
    tried = []
    monkeypatch.setattr(trial, "make", lambda city, candidate: tried.append(candidate.name))
    monkeypatch.setattr(candidates.approvals, "missing", lambda *_: ["Privacy officer"])
    with pytest.raises(ApprovalError):
        candidates.publish(anonymized, Order(made.name, made.name))
    assert tried == [made.name] and published(anonymized.program.folders.public) == []


def test_a_release_is_noted_in_the_run_log_before_it_is_public(anonymized, made, monkeypatch):
    monkeypatch.setattr(trial, "make", lambda *_: None)
    candidates.publish(anonymized, Order(made.name, made.name))
    (noted,) = entries.entries(anonymized.program)
    assert (noted["event"], noted["release"]) == (entries.PUBLISHING, made.name)
    entries.check(anonymized.program)
