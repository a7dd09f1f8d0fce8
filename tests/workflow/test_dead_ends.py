"""What a month may bring, in one small city: after each event the next command leads on."""

import pytest

from openresponse.errors import DisclosureError, PlausibilityError, ReleaseError
from support.walks import CALLS, OF_EMS, Walk, calls

pytestmark = pytest.mark.slow
STRICTER = 20
REASON = ("--reason", "Counsel asked for it", "--decided-by", "Privacy officer")


def spent(month: str, amount: str) -> dict:
    return {"Month": month, "Amount": amount}


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """The city with what came of each step."""
    walk = Walk(tmp_path_factory.mktemp("city"))
    step = walk.step
    walk.delivery("2026-01", spending=[spent("2026-01", "900.00")])
    step("first month", "release", "--month", "2026-01")
    # A call of January is delivered again, as one of February.
    moved = {**calls("2026-01")[7], "Call Received": "2026-02-03 09:00:00"}
    again = [spent("2026-02", "900.00"), spent("2026-01", "500.00")]
    walk.delivery("2026-02", moved, spending=again)
    step("money changed", "release", "--month", "2026-02")
    step("check", "check", "--month", "2026-02")
    given = ("--accept", "spending_restated", "An invoice was booked twice")
    step("second month", "release", "--month", "2026-02", *given)
    step("older month", "release", "--month", "2025-12")
    walk.change("privacy", overrides={"threshold": STRICTER})
    walk.delivery("2026-03", spending=[spent("2026-03", "900.00")])
    step("under a stricter rule", "release", "--month", "2026-03")
    step("change of edition", "revise", *REASON)
    step("third month", "release", "--month", "2026-03")
    step("audit", "audit")
    step("end", "verify")
    return walk


def test_an_older_month_is_refused_and_the_sentence_names_what_leads_on(walk):
    assert walk.codes["older month"] == ReleaseError.exit_code
    assert "`openresponse revise" in walk.said["older month"]
    assert not (walk.public / "2025-12").exists()


def test_a_call_of_a_published_month_with_another_date_stays_in_it_and_is_named_by_check(walk):
    page = walk.folder / "build" / "check" / "2026-02" / "index.html"
    said = page.read_text(encoding="utf-8")
    assert "published_rows_again" in said and f">{CALLS + 2}<" in said
    funnel = walk.published("2026-02").tables["funnel"]
    assert list(funnel.loc[funnel["stage"] == "calls", "incidents"]) == [CALLS, CALLS]


def test_money_of_a_published_month_changes_only_for_a_reason_and_with_a_mark(walk):
    assert walk.codes["money changed"] == PlausibilityError.exit_code
    assert walk.codes["second month"] == 0
    spending = walk.published("2026-02").tables["spending"]
    of_all = spending[(spending["model"] == "all") & (spending["category"] == "all")]
    assert list(of_all["amount"]) == [500.0, 900.0]
    assert list(of_all["amount_status"]) == ["r", "p"]
    assert list(of_all["total_to_date_status"]) == ["r", "p"]
    entry = walk.correction("spending")
    assert (entry["release"], entry["reason"]) == ("2026-02", "An invoice was booked twice")


def test_what_a_stricter_rule_does_not_show_is_withheld_from_then_on_and_said_to_be(walk):
    assert walk.codes["under a stricter rule"] == DisclosureError.exit_code
    assert "`openresponse revise" in walk.said["under a stricter rule"]
    assert walk.codes["change of edition"] == 0
    before, after = (walk.published(name) for name in ("2026-02", "2026-02-r1"))
    listed = after.tables["revisions"]
    assert set(listed["what"]) == {"withheld_by_rule"} and set(listed["earlier"]) == {OF_EMS}
    assert before.rule["threshold"] < after.rule["threshold"] == STRICTER
    assert walk.correction("revision")["reason"] == f"{REASON[1]}."


def test_after_a_stricter_rule_the_next_month_is_published_and_nothing_more_is_given_away(walk):
    assert (walk.codes["third month"], walk.codes["audit"]) == (0, 0)
    came = walk.published("2026-03").tables["responders"]
    withheld = came[came["incidents_status"] == "c"].groupby("period").size()
    assert withheld["2026-01"] == withheld["2026-02"] < withheld["2026-03"]


def test_every_step_left_the_public_folder_as_published(walk):
    assert walk.codes["end"] == 0
