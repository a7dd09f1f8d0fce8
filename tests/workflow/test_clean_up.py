"""A clean-up removes what says that it is invented, and never anything real."""

import json

import pytest

from openresponse.release.history.release_lists import LISTS
from openresponse.release.store import approvals
from openresponse.workflow import clean_up, sources
from openresponse.workflow.city import City
from support import workspace
from support.extract import deliver


@pytest.fixture
def city(tmp_path):
    return City(workspace.program_file(tmp_path))


def release(folder, fictional):
    """A release or a candidate of one file."""
    folder.mkdir(parents=True)
    content = workspace.manifest(folder.name, fictional=fictional)
    (folder / "manifest.json").write_text(content, encoding="utf-8")
    return folder


def real_delivery(raw, month):
    folder = deliver(raw, month, incidents=[{}])
    (folder / "FICTIONAL").unlink()
    return folder


def write(path, text="text"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_invented_is_listed_first_and_removed_only_when_that_is_confirmed(city, tmp_path):
    delivery = deliver(tmp_path / "raw", "2026-01", incidents=[{}])
    made = release(tmp_path / "public" / "2026-01", fictional=True)
    listed = clean_up.fresh(city)
    assert listed.outcome == "listed" and delivery.is_dir()
    assert listed.message.endswith(f"`openresponse fresh --yes --program {city.file}`.")
    done = clean_up.fresh(city, yes=True)
    assert done.outcome == "removed" and not delivery.exists() and not made.exists()
    assert done.counts["removed"] > 1 and "Removed 0" not in done.message


def test_a_real_release_that_waits_stays_with_its_approvals_evidence_and_ledger(city, tmp_path):
    waiting = release(tmp_path / "build" / "candidate" / "2026-02", fictional=False)
    stays = [
        waiting / "manifest.json",
        write(approvals.beside(waiting)),
        write(tmp_path / "build" / "confidential" / "evidence" / "2026-02.pdf"),
        write(tmp_path / "ledger" / "2026-02.json.gz"),
        real_delivery(tmp_path / "raw", "2026-02") / "incidents.csv",
        write(tmp_path / "public" / LISTS[0]),
    ]
    invented = [
        deliver(tmp_path / "raw", "2026-01", incidents=[{}]),
        release(tmp_path / "build" / "candidate" / "2026-01", fictional=True),
        write(tmp_path / "ledger" / "2026-01.json.gz"),
        write(tmp_path / "ledger" / "seed", f"{clean_up.FICTIONAL_SEED}\n"),
    ]
    clean_up.fresh(city, yes=True)
    assert all(path.exists() for path in stays)
    assert not any(path.exists() for path in invented)


def test_of_an_invented_candidate_without_a_folder_the_record_and_the_ledger_go(city, tmp_path):
    real_delivery(tmp_path / "raw", "2026-02")
    deliver(tmp_path / "raw", "2026-01", incidents=[{}])
    candidates = tmp_path / "build" / "candidate"
    stays = [write(candidates / "2026-02.json"), write(tmp_path / "ledger" / "2026-02.json.gz")]
    gone = [
        write(candidates / "2026-01.json"),
        write(candidates / "2026-01.toml"),
        write(candidates / "2026-01-r1.json"),
        write(tmp_path / "ledger" / "2026-01.json.gz"),
    ]
    clean_up.fresh(city, yes=True)
    assert all(path.exists() for path in stays)
    assert not any(path.exists() for path in gone)


def test_where_everything_is_invented_the_build_and_the_ledger_go_too(city, tmp_path):
    deliver(tmp_path / "raw", "2026-01", incidents=[{}])
    gone = [
        write(tmp_path / "ledger" / "seed"),
        write(tmp_path / "build" / "stage" / "index.qmd"),
        write(tmp_path / "public" / LISTS[0]),
    ]
    clean_up.fresh(city, yes=True)
    assert not any(path.exists() for path in gone)


@pytest.mark.parametrize("place", ["raw/2026-02/incidents.csv", "raw/calls.csv"])
def test_a_ledger_stays_where_any_real_extract_is(city, tmp_path, place):
    deliver(tmp_path / "raw", "2026-01", incidents=[{}])
    write(tmp_path / place)
    seed = write(tmp_path / "ledger" / "seed", "1")
    clean_up.fresh(city, yes=True)
    assert seed.is_file()


def test_a_real_city_without_anything_invented_keeps_everything(tmp_path):
    city = City(workspace.program_file(tmp_path, demonstration=False))
    kept = [write(tmp_path / "build" / "confidential" / "a.pdf"), write(tmp_path / "ledger" / "s")]
    assert clean_up.fresh(city, yes=True).outcome == "unchanged"
    assert all(path.is_file() for path in kept)


def test_a_manifest_that_cannot_be_read_may_be_a_real_one(city, tmp_path):
    folder = tmp_path / "build" / "candidate" / "2026-01"
    write(folder / "manifest.json", "no JSON")
    clean_up.fresh(city, yes=True)
    assert folder.is_dir()


def test_of_the_site_goes_what_was_made_and_nothing_that_people_wrote(city, tmp_path):
    site = tmp_path / "site"
    for name in ("styles.css", "es/ours.qmd", "index.qmd", "es/briefs/2026-01.ipynb", "_site/a"):
        write(site / name)
    write(site / sources.MADE, json.dumps(["index.qmd", "es/briefs/2026-01.ipynb"]))
    clean_up.fresh(city, yes=True)
    left = sorted(path.relative_to(site).as_posix() for path in site.rglob("*"))
    assert left == ["es", "es/ours.qmd", "styles.css"]
