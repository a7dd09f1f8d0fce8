"""The run log: every entry follows from the one before, and none is lost without a word."""

import json
import stat
from datetime import UTC, datetime

import pytest

from openresponse.errors import ReleaseError
from openresponse.release.store.files import digest
from openresponse.workflow.run_log import entries

THEN, NOW = datetime(2019, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)


def noted(program, *events, now=NOW):
    for event in events:
        entries.append(program, {"event": event}, now=now)


def path(program):
    return program.folders.run_log / entries.FILE


def lines(program):
    return path(program).read_text(encoding="utf-8").splitlines(keepends=True)


def test_entries_are_numbered_dated_and_chained(boston):
    noted(boston, "begun", "ended")
    first, second = entries.entries(boston)
    assert (first["number"], second["number"]) == (1, 2)
    assert first["previous"] is None and len(second["previous"]) == 64
    assert second["when"] == "2026-03-01T00:00:00Z"
    entries.check(boston)


def test_nobody_but_the_owner_may_read_the_log(boston):
    noted(boston, "begun")
    for one, mode in ((path(boston), 0o600), (path(boston).parent, 0o700)):
        assert stat.S_IMODE(one.stat().st_mode) == mode


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda lines: [lines[0].replace("one", "two"), *lines[1:]], 2),
        (lambda lines: [lines[0], *lines[2:]], 2),
        (lambda lines: lines[1:], 1),
        (lambda lines: [lines[1], lines[0], lines[2]], 2),
        (lambda lines: [*lines[:2], "no entry\n"], 3),
    ],
    ids=["changed", "one taken out", "the first taken away", "two interchanged", "not an entry"],
)
def test_an_entry_that_was_changed_or_taken_away_is_named_by_its_line(boston, change, line):
    noted(boston, "one", "other", "third")
    path(boston).write_text("".join(change(lines(boston))), encoding="utf-8")
    with pytest.raises(ReleaseError, match=rf"line {line}: does not follow"):
        entries.check(boston)


def test_after_a_damaged_entry_none_is_read_or_added_and_the_sentence_is_that_of_the_check(boston):
    noted(boston, "one", "other")
    path(boston).write_text(f"{lines(boston)[0]}no entry\n", encoding="utf-8")
    for asked in (entries.entries, lambda program: noted(program, "third")):
        with pytest.raises(ReleaseError, match=r"runs\.jsonl, line 2: does not follow"):
            asked(boston)
    assert lines(boston)[-1] == "no entry\n"


def test_half_an_entry_of_a_killed_run_is_no_entry_and_the_next_one_follows_the_whole_ones(boston):
    noted(boston, "begun")
    with path(boston).open("a", encoding="utf-8") as log:
        log.write('{"number": 2, "when"')
    entries.check(boston)
    noted(boston, "ended")
    assert [one["event"] for one in entries.entries(boston)] == ["begun", "ended"]
    entries.check(boston)


def test_entries_older_than_the_program_says_are_removed_and_an_entry_says_so(boston):
    noted(boston, "one", "other", now=THEN)
    noted(boston, "third")
    removed, third = entries.entries(boston)
    assert (removed["event"], removed["when"]) == (entries.REMOVED, "2026-03-01T00:00:00Z")
    assert removed["upto"] == "2019-03-01T00:00:00Z" and (removed["number"], third["number"]) == (
        3,
        4,
    )
    entries.check(boston)


def test_old_entries_taken_away_by_another_hand_are_missed(boston):
    noted(boston, "one", "other", now=THEN)
    noted(boston, "third")
    path(boston).write_text(lines(boston)[1], encoding="utf-8")
    with pytest.raises(ReleaseError, match="line 1"):
        entries.check(boston)


def test_an_entry_on_a_full_disk_is_whole_or_not_there(boston, monkeypatch):
    noted(boston, "begun")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(entries.os, "fsync", full)
    with pytest.raises(ReleaseError, match="the run log could not be written"):
        noted(boston, "ended")
    assert len(lines(boston)) == 1


def release(program, name):
    """A public release; returns the entry that is noted before it becomes one."""
    path = program.folders.public / name / "manifest.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"release": name}), encoding="utf-8")
    return {"event": entries.PUBLISHING, "release": name, "manifest": digest(path)}


def test_a_release_that_became_public_without_an_entry_is_named(boston):
    release(boston, "2026-01")  # the log began after it
    for name in ("2026-02", "2026-03"):
        entries.append(boston, release(boston, name))
    entries.check(boston)
    path(boston).write_text(lines(boston)[0], encoding="utf-8")
    with pytest.raises(ReleaseError, match="no entry for 2026-03"):
        entries.check(boston)


def test_a_release_with_another_manifest_than_the_entry_says_is_named(boston):
    entry = release(boston, "2026-01")
    entries.append(boston, entry | {"manifest": "0" * 64})
    with pytest.raises(ReleaseError, match="no entry for 2026-01"):
        entries.check(boston)
    entries.append(boston, entry)  # made again, after a run that was stopped
    entries.check(boston)


def test_where_no_log_was_kept_there_is_nothing_to_check(boston):
    entries.check(boston)
