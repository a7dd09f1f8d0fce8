"""What cannot be made again is copied, closed to others, and put back without a change to what is
there.
"""

import shutil
from pathlib import Path

import pytest

from openresponse.errors import ReleaseError
from openresponse.release.store import backup, lock, restoration
from openresponse.release.store.confidential import open_to_others
from openresponse.workflow.city import City
from openresponse.workflow.safekeeping import backups


@pytest.fixture
def city(boston, tmp_path):
    """Folders with a file of each part, the ledger inside the raw folder, as by default."""
    raw = boston.folders.raw
    folders = boston.folders.model_copy(
        update={"ledger": raw / ".ledger", "run_log": raw / ".run-log"}
    )
    for path, text in {
        folders.raw / "2026-01" / "incidents.csv": "a call",
        folders.raw / "2026-02" / "incidents.csv": "another call",
        folders.ledger / "seed": "7",
        folders.run_log / "runs.jsonl": "{}",
        folders.ledger / "retracted" / "2026-01" / "funnel.csv": "withdrawn",
        folders.public / "2026-02" / "manifest.json": "published",
        folders.public / "releases.csv": "2026-02",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    program_file = tmp_path / "program.yml"
    program_file.write_text("program:")
    return program_file, folders, tmp_path / "backup"


def test_a_backup_holds_each_file_once_and_nobody_else_may_read_it(city):
    program_file, folders, to = city
    assert backup.write(program_file, folders, to) == 8
    assert backup.check(to) == 8 and (to / "ledger" / "seed").is_file()
    assert sorted(path.name for path in (to / "raw").iterdir()) == ["2026-01", "2026-02"]
    assert open_to_others([to]) == []


def test_a_later_backup_takes_the_place_of_the_earlier_one_and_of_no_other_folder(city, tmp_path):
    program_file, folders, to = city
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine", encoding="utf-8")
    backup.write(program_file, folders, to)
    (folders.raw / "2026-02" / "incidents.csv").unlink()
    assert backup.write(program_file, folders, to) == 7
    with pytest.raises(ReleaseError, match="no backup"):
        backup.write(program_file, folders, mine)


@pytest.mark.parametrize("place", ["public", "public/2026-02", "build/new", "raw/.ledger", "."])
def test_a_backup_never_lies_in_a_folder_of_the_program_or_around_one(city, tmp_path, place):
    program_file, folders, _ = city
    to = tmp_path / place
    if place == ".":  # an earlier backup, into which the folders were moved
        (to / backup.CONTENTS).write_text("{}", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ReleaseError, match=r"`folders\..* Name a folder"):
        backup.write(program_file, folders, to)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_backup_never_takes_the_place_of_a_file(city):
    program_file, folders, to = city
    to.write_text("mine", encoding="utf-8")
    with pytest.raises(ReleaseError, match="is a file"):
        backup.write(program_file, folders, to)
    assert to.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("content", ['{"raw', "[1]"])
def test_a_list_of_files_that_was_cut_off_is_named(city, content):
    program_file, folders, to = city
    backup.write(program_file, folders, to)
    (to / backup.CONTENTS).write_text(content, encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"backup\.json: cannot be read"):
        backup.check(to)


def test_a_month_that_is_a_link_to_another_place_is_copied(city, tmp_path):
    program_file, folders, to = city
    elsewhere = (folders.raw / "2026-01").rename(tmp_path / "elsewhere")
    (folders.raw / "2026-01").symlink_to(elsewhere)
    assert backup.write(program_file, folders, to) == 8
    assert (to / "raw" / "2026-01" / "incidents.csv").read_text(encoding="utf-8") == "a call"


def test_a_restore_that_was_stopped_finishes_when_it_is_run_again(city, monkeypatch):
    program_file, folders, to = city
    backup.write(program_file, folders, to)
    shutil.rmtree(folders.public)
    folders.public.mkdir()
    (folders.public / "README.md").write_text("of the folder itself", encoding="utf-8")
    copy, stopped = shutil.copyfile, []

    def stops(source, target, **more):
        if Path(source).name == "releases.csv" and not stopped:
            stopped.append(source)
            raise KeyboardInterrupt
        return copy(source, target, **more)

    monkeypatch.setattr(shutil, "copyfile", stops)
    monkeypatch.setattr(shutil, "copy2", stops)
    with pytest.raises(KeyboardInterrupt):
        restoration.restore(to, folders)
    assert not (folders.public / "2026-02").exists()
    restoration.restore(to, folders)
    assert sorted(path.name for path in folders.public.iterdir()) == [
        "2026-02",
        "README.md",
        "releases.csv",
    ]


def test_what_is_put_back_keeps_the_lock_of_the_run_that_puts_it_back(city):
    program_file, folders, to = city
    backup.write(program_file, folders, to)
    shutil.rmtree(folders.public)
    with lock.held(folders.public, "what is put back"):
        restoration.restore(to, folders)
        with pytest.raises(ReleaseError, match="another run is at work"):
            with lock.held(folders.public, "another"):
                pass


@pytest.mark.parametrize("change", ["changed", "more", "missing"])
def test_a_backup_that_is_not_as_it_was_copied_is_named_and_not_put_back(city, change):
    program_file, folders, to = city
    backup.write(program_file, folders, to)
    if change == "missing":
        (to / "raw" / "2026-01" / "incidents.csv").unlink()
    else:
        name = {"changed": "incidents.csv", "more": "units.csv"}[change]
        (to / "raw" / "2026-01" / name).write_text("other")
    with pytest.raises(ReleaseError, match="raw/2026-01/"):
        restoration.restore(to, folders)


def test_what_is_missing_is_put_back_and_what_is_there_stays(city):
    program_file, folders, to = city
    backup.write(program_file, folders, to)
    kept = folders.ledger / "retracted" / "2026-01"
    (kept / "funnel.csv").unlink()
    kept.rmdir()
    (folders.raw / "2026-01" / "incidents.csv").unlink()
    (folders.raw / "2026-01").rmdir()
    newer = folders.raw / "2026-02" / "incidents.csv"
    newer.write_text("corrected")
    assert set(restoration.restore(to, folders)) == {kept, folders.raw / "2026-01"}
    assert (kept / "funnel.csv").read_text() == "withdrawn"
    assert newer.read_text() == "corrected"
    assert restoration.restore(to, folders) == []


@pytest.mark.parametrize("newer", [False, True])
def test_a_lost_run_log_is_put_back_or_the_result_says_that_a_newer_release_is_not_in_it(
    boston, city, newer, monkeypatch
):
    program_file, folders, to = city
    backup.write(program_file, folders, to)
    (folders.run_log / "runs.jsonl").unlink()
    folders.run_log.rmdir()
    if newer:
        (folders.public / "2026-03").mkdir()
        (folders.public / "2026-03" / "manifest.json").write_text("published")
    command = City(program_file)
    monkeypatch.setattr(City, "program", boston.model_copy(update={"folders": folders}))
    monkeypatch.setattr(backups, "published", lambda public: [])  # none of these is a whole release
    monkeypatch.setattr(backups.run_log, "note", lambda *_, **__: None)
    message = backups.restore(command, to).message
    assert (folders.run_log / "runs.jsonl").is_file() is not newer
    assert ("Not put back: the run log" in message) is newer
