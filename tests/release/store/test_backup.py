"""What cannot be made again is copied, closed to others, and put back without a change to what is
there.
"""

import pytest

from openresponse.errors import ReleaseError
from openresponse.release.store import backup
from openresponse.release.store.confidential import open_to_others


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


def test_a_later_backup_takes_the_place_of_the_earlier_one_and_of_no_other_folder(city):
    program_file, folders, to = city
    backup.write(program_file, folders, to)
    (folders.raw / "2026-02" / "incidents.csv").unlink()
    assert backup.write(program_file, folders, to) == 7
    with pytest.raises(ReleaseError, match="no backup"):
        backup.write(program_file, folders, folders.public)


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
        backup.restore(to, folders)


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
    assert set(backup.restore(to, folders)) == {kept, folders.raw / "2026-01"}
    assert (kept / "funnel.csv").read_text() == "withdrawn"
    assert newer.read_text() == "corrected"
    assert backup.restore(to, folders) == []


@pytest.mark.parametrize("newer", [False, True])
def test_a_lost_run_log_is_put_back_where_no_newer_release_would_be_missing_in_it(city, newer):
    program_file, folders, to = city
    backup.write(program_file, folders, to)
    (folders.run_log / "runs.jsonl").unlink()
    folders.run_log.rmdir()
    if newer:
        (folders.public / "2026-03").mkdir()
        (folders.public / "2026-03" / "manifest.json").write_text("published")
    backup.restore(to, folders)
    assert (folders.run_log / "runs.jsonl").is_file() is not newer
