"""A release is withdrawn, corrected, withdrawn again and corrected again: one is current at a time,
and a withdrawn figure is printed nowhere again.
"""

import pytest

from openresponse.errors import ReleaseError
from support.walks import CALLS, Walk, calls

pytestmark = pytest.mark.slow
JANUARY, FEBRUARY = "2026-01", "2026-02"
WRONG = 15  # calls that the first correction counts and the second does not
LATE = 3  # that the second counts beside those published first
REVISE = ("revise", "--reason", "Corrected", "--decided-by", "Program analyst")


def retract(release: str, reason: str) -> tuple[str, ...]:
    return "retract", release, "--reason", reason, "--decided-by", "Privacy officer"


def more(count: int) -> list[dict]:
    """Further calls of January."""
    return [
        {**call, "Incident Number": f"P20260109{number:02}"}
        for number, call in enumerate(calls(JANUARY)[:count])
    ]


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    walk = Walk(tmp_path_factory.mktemp("city"), ("responders",))
    step = walk.step
    walk.delivery(JANUARY)
    step("first", "release", "--month", JANUARY)
    walk.delivery(JANUARY, *more(WRONG))
    step("r1", *REVISE)
    step("r1 withdrawn", *retract("2026-01-r1", "It counted test calls"))
    walk.delivery(FEBRUARY)
    step("too early", "release", "--month", FEBRUARY)
    walk.delivery(JANUARY, *more(LATE))
    step("r2", *REVISE)
    step("r2 withdrawn", *retract("2026-01-r2", "It counted three calls twice"))
    step("for another reason", *retract("2026-01-r2", "It named a wrong source"))
    step("for the same reason", *retract("2026-01-r2", "It named a wrong source"))
    walk.delivery(JANUARY, *more(2 * WRONG))
    step("r3", *REVISE)
    step("withdrawn month", "release", "--month", JANUARY)
    step("next", "release", "--month", FEBRUARY)
    step("audit", "audit")
    step("verify", "verify")
    return walk


def shown(walk, release: str) -> list[int]:
    """How many calls a release prints for January, whatever the mark."""
    frame = walk.published(release).tables["responders"]
    rows = (frame["responders"] == "calls") & (frame["period"] == JANUARY)
    return list(frame.loc[rows, "incidents"].dropna())


def test_every_step_leads_on(walk):
    refused = {"too early": ReleaseError.exit_code}
    assert {step: code for step, code in walk.codes.items() if code} == refused


def test_after_a_retraction_the_next_month_waits_for_the_correction_and_names_it(walk):
    assert "2026-01-r1: was retracted" in walk.said["too early"]
    assert "`openresponse revise --reason" in walk.said["too early"]


def test_of_each_month_one_release_is_current(walk):
    states = {row["release"]: row["state"] for row in walk.listed("releases.csv")}
    assert states == {
        "2026-01": "superseded",
        "2026-01-r1": "retracted",
        "2026-01-r2": "retracted",
        "2026-01-r3": "current",
        "2026-02": "current",
    }
    revised = {row["release"]: row["revision"] for row in walk.corrections() if row["revision"]}
    assert revised == {"2026-01": "2026-01-r3"}


def test_a_withdrawn_figure_is_not_printed_again(walk):
    kept = walk.folder / "ledger" / "retracted"
    assert f",{CALLS + WRONG}," in (kept / "2026-01-r1" / "responders.csv").read_text()
    assert f",{CALLS + WRONG}," not in (kept / "2026-01-r2" / "responders.csv").read_text()
    listed = (kept / "2026-01-r2" / "revisions.csv").read_text()
    assert str(CALLS + WRONG) not in listed


def test_a_change_that_is_small_against_the_release_before_the_withdrawn_one_is_not_shown(walk):
    kept = walk.folder / "ledger" / "retracted" / "2026-01-r2" / "responders.csv"
    assert f",{CALLS + LATE}," not in kept.read_text()
    assert shown(walk, "2026-01-r3") == [CALLS + 2 * WRONG]


def test_each_reason_for_a_retraction_is_kept_once(walk):
    reasons = [row["reason"] for row in walk.corrections() if row["release"] == "2026-01-r2"]
    assert reasons == ["It counted three calls twice.", "It named a wrong source."]


def test_where_the_only_release_is_withdrawn_its_correction_takes_its_place(tmp_path):
    walk = Walk(tmp_path, ("responders",))
    walk.delivery(JANUARY)
    assert walk.step("first", "release", "--month", JANUARY) == 0
    assert walk.step("withdrawn", *retract(JANUARY, "It counted test calls")) == 0
    walk.delivery(JANUARY, *more(WRONG))
    assert walk.step("corrected", *REVISE) == 0
    assert shown(walk, "2026-01-r1") == [CALLS + WRONG]
    walk.delivery(FEBRUARY)
    assert walk.step("next", "release", "--month", FEBRUARY) == 0
    assert walk.step("audit", "audit") == 0
