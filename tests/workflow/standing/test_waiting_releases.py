"""A candidate is approved as it is and for what it was made from; what cannot be, says so."""

import json
import shutil
from pathlib import Path

import pytest

from openresponse.errors import (
    ApprovalError,
    DisclosureError,
    PlausibilityError,
    ProgramError,
    ReleaseError,
    UsageError,
)
from openresponse.release import publication
from openresponse.release.checks import admission, leaks
from openresponse.release.store import approvals, confidential
from openresponse.workflow.notebooks import execution
from openresponse.workflow.rendering import page_folders, trial
from openresponse.workflow.standing import rejections, waiting_releases
from support import golden
from support.real_city import MONTH, ROLES

SMALL = "A small figure could be proved. Nothing was published."


def test_it_waits_for_every_role_and_the_last_approval_names_the_command_that_publishes(
    city, capsys
):
    assert city.run("release") == ApprovalError.exit_code
    assert city.candidate.state == "waiting" and city.candidate.missing == ROLES
    assert [city.approve(role) for role in ROLES] == [0, 0]
    assert city.candidate.state == "approved"
    assert f"Publish it now: `openresponse release --month {MONTH}" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["the program file", MONTH])
def test_what_it_was_made_from_is_part_of_what_is_approved(city, capsys, what):
    city.run("release")
    city.approve(ROLES[0])
    if what == MONTH:
        city.deliver(MONTH, District="A-1")
    else:
        city.change("release", provisional_months=1)
    assert city.candidate.state == "outdated" and city.candidate.changed == (what,)
    assert city.approve(ROLES[1]) == ReleaseError.exit_code
    assert f"changed since is {what}. Make another with `openresponse" in capsys.readouterr().err
    assert city.run("release") == ApprovalError.exit_code
    assert "needs every approval again" in capsys.readouterr().out
    assert city.candidate.state == "waiting" and city.candidate.missing == ROLES


def test_what_comes_later_does_not_change_what_was_approved(city):
    city.run("release")
    city.approve(ROLES[0])
    city.deliver("2025-04")
    assert city.candidate.state == "waiting" and city.candidate.missing == ROLES[1:]


def test_the_same_command_again_keeps_the_approvals(city):
    city.run("release")
    city.approve(ROLES[0])
    assert city.run("release", "--month", MONTH) == ApprovalError.exit_code
    assert city.candidate.missing == ROLES[1:]


def test_a_reason_is_part_of_what_is_approved(city, capsys):
    city.run("release")
    city.approve(ROLES[0])
    assert city.run("release", "--early", "The council asked") == ReleaseError.exit_code
    said = capsys.readouterr().err
    assert f"Go on with it: `openresponse release --month {MONTH}" in said
    assert f"`openresponse approve {MONTH} --as ROLE --reject" in said
    assert city.candidate.missing == ROLES[1:]


def test_a_candidate_that_the_gate_refused_keeps_its_verdict_and_cannot_be_approved(city, capsys):
    city.refusal = SMALL
    assert city.run("release") == DisclosureError.exit_code
    assert city.candidate.state == "refused" and SMALL in city.candidate.sentence
    assert city.approve(ROLES[0]) == ReleaseError.exit_code
    assert SMALL in capsys.readouterr().err
    city.refusal = ""
    assert city.run("release") == ApprovalError.exit_code and city.candidate.state == "waiting"


def test_what_was_refused_before_it_was_made_keeps_its_verdict_too(city, monkeypatch):
    def refuse(*_given, **_more):
        raise PlausibilityError(SMALL)

    with monkeypatch.context() as patch:
        patch.setattr(execution, "run", refuse)
        assert city.run("release") == PlausibilityError.exit_code
    assert city.candidate.state == "refused" and SMALL in city.candidate.sentence
    assert city.approve(ROLES[0]) == city.run("review") == ReleaseError.exit_code
    assert city.run("release") == ApprovalError.exit_code and city.candidate.state == "waiting"


def test_what_the_second_check_refuses_is_not_said_to_be_approved(city, capsys, monkeypatch):
    city.run("release")
    assert [city.approve(role) for role in ROLES] == [0, 0]

    def refuse(*_given):
        raise DisclosureError(SMALL)

    with monkeypatch.context() as patch:
        patch.setattr(admission, "check", refuse)
        assert city.run("release") == DisclosureError.exit_code
    assert city.candidate.state == "refused" and SMALL in city.candidate.sentence
    assert city.run("release") == ApprovalError.exit_code and city.candidate.missing == ROLES
    assert f"{SMALL} It is made again, and needs every approval" in capsys.readouterr().out


def test_a_full_disk_is_no_verdict_on_a_candidate(city, monkeypatch):
    def full(*_given):
        raise ReleaseError("build: the pages could not be written (No space left on device).")

    with monkeypatch.context() as patch:
        patch.setattr(trial, "make", full)
        assert city.run("release") == ReleaseError.exit_code
    assert city.candidate.state == "unfinished"


def test_a_misspelt_name_of_a_check_leaves_the_candidate_that_waits(city, capsys):
    city.run("release")
    assert city.run("release", "--accept", "cals", "A storm") == UsageError.exit_code
    assert "--accept cals: there is no check of this name." in capsys.readouterr().err
    assert city.candidate.state == "waiting"


def test_a_candidate_whose_run_was_stopped_cannot_be_approved(city):
    city.run("release")
    city.candidate.folder.with_suffix(".json").unlink()
    assert city.candidate.state == "unfinished"
    assert city.approve(ROLES[0]) == ReleaseError.exit_code
    assert city.run("release") == ApprovalError.exit_code and city.candidate.state == "waiting"


def test_a_candidate_that_another_release_overtook_says_so(city, capsys):
    city.run("release")
    shutil.copytree(golden.HERE / "public", city.folder / "public" / "2025-04")
    assert city.candidate.state == "overtaken"
    assert city.approve(ROLES[0], MONTH) == ReleaseError.exit_code
    assert "2025-04 was published after it was made" in capsys.readouterr().err


def test_what_a_release_overtook_goes_when_that_is_published(city, capsys, monkeypatch):
    city.run("release")
    city.deliver("2025-04")
    city.run("release", "--month", "2025-04")
    ledger = city.folder / "ledger" / "2025-04.json.gz"
    write(ledger)
    assert [city.approve(role, MONTH) for role in ROLES] == [0, 0]
    monkeypatch.setattr(admission, "check", lambda *_: None)
    monkeypatch.setattr(leaks, "search", lambda *_: [])
    assert city.run("release", "--month", MONTH) == 0
    said = f"2025-04 was overtaken: {MONTH} was published after it was made. It was removed."
    assert said in capsys.readouterr().out
    assert waiting_releases.waiting(city.program) == [] and not ledger.exists()


def test_what_was_overtaken_is_not_reviewed(city, capsys):
    city.run("release")
    shutil.copytree(golden.HERE / "public", city.folder / "public" / "2025-04")
    capsys.readouterr()
    assert city.run("review") == 0
    assert f"{city.folder}/build/review/2025-04/" in capsys.readouterr().out


def test_a_candidate_is_not_published_without_every_approval(city):
    city.run("release")
    with pytest.raises(ApprovalError, match=f"it waits for the approval of: {ROLES[0]}"):
        publication.publish(city.program, city.candidate.folder)
    assert not (city.folder / "public" / MONTH).exists()


def test_of_several_that_wait_the_one_that_is_named_is_approved(city, capsys):
    city.run("release")
    city.deliver("2025-04")
    city.run("release", "--month", "2025-04")
    assert city.approve(ROLES[0]) == ReleaseError.exit_code
    assert f"{MONTH}, 2025-04 wait. Name the one that is meant" in capsys.readouterr().err
    city.run("approve", "--as", ROLES[0], "--reject", "no")
    assert f"`openresponse approve {MONTH} --as ROLE --reject why" in capsys.readouterr().err
    assert city.approve(ROLES[0], MONTH) == 0
    one, other = waiting_releases.waiting(city.program)
    assert (one.missing, other.missing) == (ROLES[1:], ROLES)


def test_a_rejection_is_kept_in_private_and_the_next_candidate_needs_every_approval(city, capsys):
    city.run("release")
    city.approve(ROLES[1])
    assert city.run("approve", "--as", ROLES[0], "--reject", "two districts look wrong") == 0
    assert f"`openresponse release --month {MONTH}" in capsys.readouterr().out
    assert waiting_releases.waiting(city.program) == []
    (kept,) = rejections.of(city.program.folders, MONTH)
    assert (kept["role"], kept["reason"]) == (ROLES[0], "Two districts look wrong.")
    assert not confidential.open_to_others([city.program.folders.ledger])
    city.run("release")
    assert "Two districts look wrong." in capsys.readouterr().out
    assert city.candidate.missing == ROLES


def test_of_a_rejected_candidate_no_page_is_left(city):
    city.run("release")
    city.run("review")
    build = city.folder / "build"
    site = build / "rendered" / "_site" / "release.json"
    left = build / "briefs" / "es" / "2025-02" / "brief.ipynb"
    for name in ("stage/X/index.qmd", "stage/X.json", "briefs/X/a", "briefs/es/X.json"):
        write(build / name.replace("X", MONTH))
    write(site, json.dumps({"release": MONTH}))
    for path in (left, build / "briefs" / "run" / "3-brief.ipynb"):
        write(path)
    assert (build / "review" / MONTH).is_dir()
    assert city.run("approve", "--as", ROLES[0], "--reject", "two districts look wrong") == 0
    pages = page_folders.every(build)
    assert [path for one in pages for path in one.rglob("*") if path.is_file()] == [left]


def write(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_where_one_that_was_overtaken_is_rejected_another_month_is_asked_for(city, capsys):
    city.run("release")
    shutil.copytree(golden.HERE / "public", city.folder / "public" / "2025-04")
    capsys.readouterr()
    assert city.run("approve", "--as", ROLES[0], "--reject", "no") == 0
    assert "then make another: `openresponse release --program" in capsys.readouterr().out


def test_only_an_approver_rejects(city):
    city.run("release")
    assert city.run("approve", "--as", "mayor", "--reject", "no") == ReleaseError.exit_code
    assert city.candidate.state == "waiting"


def test_approvals_and_records_are_closed_to_others(city):
    city.run("release")
    city.approve(ROLES[0])
    assert not confidential.open_to_others([city.candidate.folder.parent])


@pytest.mark.parametrize("verb", [("release",), ("revise", "--reason", "a", "--decided-by", "b")])
def test_real_figures_are_never_published_where_nobody_must_approve(city, capsys, verb):
    city.run("release")
    city.change("release", approvers={})
    assert city.run(*verb) == ProgramError.exit_code
    assert "`release.approvers`: names nobody" in capsys.readouterr().err
    with pytest.raises(ProgramError):
        approvals.missing(city.program, city.folder / "build" / "candidate" / MONTH)
    assert not (city.folder / "public" / MONTH).exists()


def test_a_month_that_would_be_skipped_is_named_and_asked_for(city, capsys):
    shutil.copytree(golden.HERE / "public", city.folder / "public" / MONTH)
    city.deliver("2025-04")
    city.deliver("2025-05")
    assert city.run("release", "--month", "2025-05") == ReleaseError.exit_code
    said = capsys.readouterr().err
    assert "2025-04 is delivered and not published" in said
    assert "`openresponse release --month 2025-04" in said
    assert city.run("release") == ApprovalError.exit_code
    assert [one.name for one in waiting_releases.waiting(city.program)] == ["2025-04"]
