"""Both ledgers and the approvals stop where somebody wrote into them."""

import gzip
import json
import shutil

import pytest

from openresponse.errors import ReleaseError
from openresponse.program import load
from openresponse.release import publication
from openresponse.release.checks import admission, leaks
from openresponse.release.history import (
    chain,
    confidential_ledger,
    ledger,
    register,
    release_lists,
)
from openresponse.release.store import approvals, files, lock, public_folder
from openresponse.release.store.published import Published
from support import golden, workspace


@pytest.fixture
def public(tmp_path):
    """The golden month as the only release of a public folder."""
    folder = tmp_path / "public"
    shutil.copytree(golden.HERE / "public", folder / golden.MONTH)
    shutil.copytree(golden.HERE / "public", folder / "latest")
    ledger.append(folder)
    release_lists.write(folder)
    assert chain.check(folder) == [golden.MONTH]
    return folder


@pytest.mark.parametrize("line", ["no JSON", "[]", '{"neither": 1}'])
def test_a_line_of_the_ledger_that_cannot_be_read_is_found_and_named(line, public):
    with (public / ledger.PUBLIC).open("a", encoding="utf-8") as handle:
        handle.write(f"{line}\n")
    with pytest.raises(ReleaseError, match=ledger.PUBLIC):
        chain.check(public)
    with pytest.raises(ReleaseError, match="line 2"):
        ledger.check(public)


@pytest.mark.parametrize("key", public_folder.KEYS)
def test_a_manifest_that_lacks_a_key_is_named(public, key):
    path = public / golden.MONTH / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    del content[key]
    path.write_text(json.dumps(content), encoding="utf-8")
    for asked in (chain.check, register.past):
        with pytest.raises(ReleaseError, match=rf"{golden.MONTH}/manifest\.json"):
            asked(public)
    assert not chain.is_unfinished(public)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("retraction.json", '{"reason'),
        ("retraction.json", '{"date": "2025-05-02"}'),
        ("release.toml", "no TOML"),
        ("release.toml", "manifest = 1"),
    ],
)
def test_a_reason_or_an_approval_that_was_cut_off_is_named(public, name, content):
    (public / golden.MONTH / name).write_text(content, encoding="utf-8")
    with pytest.raises(ReleaseError, match=rf"{name}: .*cut off"):
        register.past(public)


def withdrawn(public):
    """The only release withdrawn, and every list brought up to it."""
    reason = {"release": golden.MONTH, "date": "2025-05-02", "reason": "Why", "decided_by": "Me"}
    for path in (public / golden.MONTH).iterdir():
        if path.name != "manifest.json":
            path.unlink()
    path = public / golden.MONTH / "retraction.json"
    path.write_text(json.dumps(reason), encoding="utf-8")
    return path


def settled(public):
    path = withdrawn(public)
    publication.settle(public)
    chain.check(public)
    return path


@pytest.mark.parametrize(
    ("change", "unfinished"),
    [
        (lambda public: shutil.rmtree(public / "latest"), True),
        (lambda public: (public / "releases.csv").write_text("old"), True),
        (lambda public: (public / ".2025-04.partial").mkdir(), True),
        (lambda public: (public / "ledger.jsonl").unlink(), True),
        (withdrawn, True),
        (lambda public: settled(public).write_text('{"reason": "Another"}'), False),
        (lambda public: (public / golden.MONTH / "release.toml").write_text("no TOML"), False),
        (lambda public: (public / "notes.txt").write_text("stray"), False),
        (lambda public: (public / golden.MONTH / "funnel.csv").write_text("changed"), False),
        (lambda public: (public / "ledger.jsonl").write_text("no JSON"), False),
    ],
    ids=[
        "no copy of the newest",
        "an old list",
        "half a release",
        "no ledger line of the newest",
        "no ledger line of a retraction",
        "a forged reason",
        "a forged approval",
        "a stray file",
        "a changed table",
        "a changed ledger",
    ],
)
def test_only_what_the_next_run_mends_is_taken_for_a_run_that_was_stopped(
    public, change, unfinished
):
    change(public)
    with pytest.raises(ReleaseError):
        chain.check(public)
    assert chain.is_unfinished(public) is unfinished
    if unfinished:
        with lock.held(public, "the next run"):
            publication.settle(public)
        chain.check(public)


def test_a_release_that_the_ledger_does_not_name_is_found(public):
    entry = json.loads((public / ledger.PUBLIC).read_text(encoding="utf-8"))
    entry["manifest"] = "0" * 64
    (public / ledger.PUBLIC).write_text(json.dumps(entry) + "\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match="not the one that ledger.jsonl names"):
        chain.check(public)


@pytest.mark.parametrize("content", ["[]", '{"cells": [1]}', "no JSON"])
def test_a_confidential_ledger_that_cannot_be_read_stops_the_search_for_withheld_counts(
    content, tmp_path
):
    (tmp_path / "2025-03.json.gz").write_bytes(gzip.compress(content.encode()))
    with pytest.raises(ReleaseError, match="cannot be read"):
        list(confidential_ledger.withheld_counts(tmp_path))


def test_approvals_that_cannot_be_read_are_not_taken_for_none(tmp_path):
    real = load(workspace.program_file(tmp_path, demonstration=False))
    folder = shutil.copytree(golden.HERE / "public", tmp_path / "candidate" / golden.MONTH)
    approvals.beside(folder).write_text("no TOML", encoding="utf-8")
    with pytest.raises(ReleaseError, match="approve again"):
        approvals.missing(real, folder)


def test_without_a_release_there_is_nothing_to_attack(tmp_path):
    program = golden.program(tmp_path)
    with pytest.raises(ReleaseError, match="no release yet"):
        admission.audit(program.folders, None)


def test_a_manifest_alone_does_not_spare_figures_their_approval(tmp_path):
    program = golden.program(tmp_path)
    about = program.program.model_copy(update={"demonstration": False})
    assert approvals.missing(program, golden.HERE / "public") == []
    real = program.model_copy(update={"program": about})
    assert approvals.missing(real, golden.HERE / "public") == list(program.release.approvers)


def test_real_figures_never_follow_invented_ones(public, tmp_path):
    candidate = shutil.copytree(golden.HERE / "public", tmp_path / "candidate" / "2025-04")
    content = json.loads((candidate / "datapackage.json").read_text(encoding="utf-8"))
    content["openresponse"] |= {"fictional": False, "release": "2025-04"}
    with pytest.raises(ReleaseError, match="real figures cannot follow invented ones"):
        admission.refuse_other_kind(
            Published(candidate, content), [Published.load(public / golden.MONTH)]
        )


@pytest.mark.parametrize("text", ["", None])
def test_an_emptied_or_missing_ledger_is_found(text, public):
    if text is None:
        (public / ledger.PUBLIC).unlink()
    else:
        (public / ledger.PUBLIC).write_text(text, encoding="utf-8")
    with pytest.raises(ReleaseError, match=ledger.PUBLIC):
        chain.check(public)


def test_a_ledger_that_lost_more_than_a_killed_run_can_leave_out_is_not_written_anew(public):
    for month in ("2025-04", "2025-05"):
        shutil.copytree(public / golden.MONTH, public / month)
    (public / ledger.PUBLIC).write_text("", encoding="utf-8")
    with pytest.raises(ReleaseError, match="names 0 of 3 releases"):
        ledger.append(public)
    assert (public / ledger.PUBLIC).read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("lost", ["2025-03.json.gz", confidential_ledger.SEED])
def test_no_release_follows_one_of_which_the_confidential_side_remembers_nothing(
    lost, public, tmp_path
):
    folder = tmp_path / "ledger"
    confidential_ledger.sow(folder, 1)
    manifest = public / golden.MONTH / "manifest.json"
    kept = {"manifest": files.digest(manifest), "cells": [], "witnesses": []}
    (folder / f"{golden.MONTH}.json.gz").write_bytes(gzip.compress(json.dumps(kept).encode()))
    assert confidential_ledger.remember(folder, public, "2025-04").seed == 1
    (folder / lost).unlink()
    with pytest.raises(ReleaseError, match="rebuild-ledger"):
        confidential_ledger.remember(folder, public, "2025-04")
    assert not (folder / lost).exists()


def test_where_raw_data_are_at_hand_no_search_goes_on_without_the_ledger(public, tmp_path):
    program = golden.program(tmp_path)
    with pytest.raises(ReleaseError, match="rebuild-ledger"):
        leaks.search(program, [])
