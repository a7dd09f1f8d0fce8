"""What a killed run left is settled by whatever runs next, and named until then."""

import fcntl
import os
import shutil
import tempfile
from datetime import date

import pytest

from openresponse.errors import ReleaseError
from openresponse.release import publication
from openresponse.release.history import chain, retraction
from openresponse.release.store import files, interruptions, lock
from openresponse.release.store.files import disk_errors
from openresponse.release.store.write import promote
from support import golden


class Killed(BaseException):
    """What a killed run looks like from inside: nothing handles it."""


@pytest.fixture
def folders(tmp_path):
    found = golden.program(tmp_path).folders
    shutil.copytree(golden.HERE / "public", found.public / golden.MONTH)
    publication.settle(found.public)
    return found


@pytest.mark.parametrize("swaps", [True, False], ids=["in one step", "by two names"])
def test_a_retraction_killed_after_the_swap_leaves_no_withdrawn_file(folders, monkeypatch, swaps):
    def killed(*_, **__):
        raise Killed

    if not swaps:
        monkeypatch.setattr(files, "_exchange", lambda *_: False)
    with monkeypatch.context() as patched:
        patched.setattr(files, "_sync_folder", killed)
        patched.setattr(files.shutil, "rmtree", lambda path, **_: path.exists() and killed())
        with pytest.raises(Killed):
            retraction.retract(folders, golden.MONTH, "Why", "Officer", date(2025, 4, 22))
    with pytest.raises(ReleaseError, match=r"\.partial"):
        chain.check(folders.public)
    with lock.held(folders.public, "whatever comes next"):
        publication.settle(folders.public)
    assert chain.check(folders.public) == [golden.MONTH]
    assert not [path for path in folders.public.rglob("*.csv") if golden.MONTH in str(path.parent)]


def test_a_release_taken_away_and_not_yet_replaced_goes_back_into_its_place(tmp_path):
    (tmp_path / ".2026-01.partial.old").mkdir()
    (tmp_path / ".2026-01.partial").mkdir()
    (tmp_path / "..lock.partial").write_text("half", encoding="utf-8")
    interruptions.settle(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["2026-01"]


def test_a_scratch_folder_of_a_killed_run_goes_and_that_of_one_at_work_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, used, other = (tmp_path / name for name in ("openresponse-a", "openresponse-b", "other"))
    for folder in (left, used, other):
        folder.mkdir()
        os.utime(folder, (0, 0))
    at_work = os.open(used, os.O_RDONLY)
    fcntl.flock(at_work, fcntl.LOCK_EX)
    with interruptions.scratch("test") as scratch:
        assert set(tmp_path.iterdir()) == {used, other, scratch}
    os.close(at_work)
    assert not scratch.exists()


def test_the_message_says_on_which_side_of_the_switch_a_release_ended(tmp_path, monkeypatch):
    candidate = shutil.copytree(golden.HERE / "public", tmp_path / "candidate" / golden.MONTH)
    public = tmp_path / "public"

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("openresponse.release.store.write.write_file", full)
        with pytest.raises(ReleaseError, match="is not public"):
            promote(candidate, public)
    monkeypatch.setattr("openresponse.release.store.write.point_latest", full)
    with pytest.raises(ReleaseError, match=f"{golden.MONTH} is public"):
        promote(candidate, public)


def test_a_lock_that_cannot_be_written_is_one_sentence(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lock, "_write", full)
    with (
        pytest.raises(ReleaseError, match="the lock could not be written"),
        lock.held(tmp_path, "a release"),
    ):
        pytest.fail("nothing may be done without the lock")


def test_a_disk_error_names_what_could_not_be_written(tmp_path):
    with (
        pytest.raises(ReleaseError, match="the ledger could not be written"),
        disk_errors(tmp_path, "the ledger"),
    ):
        raise OSError(28, "No space left on device")
