"""What a published month says changes afterwards: in rows that came late, or in money that no
delivery restates. Nothing changes in silence, and a revision publishes it.
"""

import re

import pytest

from openresponse.errors import ReleaseError
from support.walks import CALLS, Walk, calls

pytestmark = pytest.mark.slow
REASON = ("--reason", "It was wrong", "--decided-by", "Program analyst")
BUDGET = {"amount": 2_000_000, "fiscal_year": 2027, "source": "Council order of March"}


def spent(month: str) -> list[dict]:
    return [{"Month": month, "Amount": "90000.00"}]


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """A month settles as soon as the next is published; a call of January comes again in March."""
    walk = Walk(tmp_path_factory.mktemp("city"), ("funnel", "spending"))
    step = walk.step
    walk.change("release", provisional_months=1)
    for month in ("2026-01", "2026-02"):
        walk.delivery(month, spending=spent(month))
        step(month, "release", "--month", month)
    moved = {**calls("2026-01")[7], "Call Received": "2026-03-03 09:00:00"}
    walk.delivery("2026-03", moved, spending=spent("2026-03"))
    step("2026-03", "release", "--month", "2026-03")
    step("of the newest months", "revise", *REASON)
    step("of a month to come", "revise", *REASON, "--month", "2026-09")
    step("of January", "revise", *REASON, "--month", "2026-01")
    walk.change("budget", **BUDGET)
    walk.delivery("2026-04", spending=spent("2026-04"))
    step("another budget", "release", "--month", "2026-04")
    step("of the budget", "revise", *REASON)
    step("2026-04", "release", "--month", "2026-04")
    step("audit", "audit")
    step("verify", "verify")
    return walk


def test_a_call_of_a_settled_month_that_comes_again_changes_no_release(walk):
    assert walk.codes["2026-03"] == 0
    funnel = walk.published("2026-03").tables["funnel"]
    assert list(funnel.loc[funnel["stage"] == "calls", "incidents"]) == [CALLS] * 3


def test_where_there_is_nothing_to_revise_the_sentence_names_what_counts_a_settled_month(walk):
    assert walk.codes["of the newest months"] == ReleaseError.exit_code
    said = walk.said["of the newest months"]
    assert re.search(r"`openresponse revise [^`]*--month YYYY-MM", said)


def test_a_revision_counts_what_came_late_for_the_month_that_is_named(walk):
    assert walk.codes["of January"] == 0
    revised = walk.published("2026-03-r1")
    listed = revised.tables["revisions"]
    assert set(listed["period"]) == {
        "2026-01",
        "2026-03",
    }  # the month that lost the call, and gained
    assert revised.counted_upto == {
        "2026-01": "2026-03",
        "2026-02": "2026-02",
        "2026-03": "2026-03",
    }


def test_a_month_that_is_not_published_cannot_be_named(walk):
    assert walk.codes["of a month to come"] == ReleaseError.exit_code
    assert "2026-01 to 2026-03" in walk.said["of a month to come"]


def test_another_budget_is_published_as_a_revision_with_its_reason_and_not_in_silence(walk):
    assert walk.codes["another budget"] == ReleaseError.exit_code
    assert "spending: `budget`" in walk.said["another budget"]
    assert "`openresponse revise" in walk.said["another budget"]
    assert walk.codes["of the budget"] == 0
    listed = walk.published("2026-03-r2").tables["revisions"]
    assert set(listed["column"]) == {"budget"} and set(listed["now"]) == {BUDGET["amount"]}
    assert [row["revision"] for row in walk.corrections()] == ["2026-03-r1", "2026-03-r2"]


def test_after_all_that_the_next_month_is_published_and_the_audit_holds(walk):
    assert [walk.codes[name] for name in ("2026-04", "audit", "verify")] == [0] * 3
