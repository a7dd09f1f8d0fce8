"""Which call a row belongs to, and why it belongs to none."""

import pandas as pd
import pytest

from openresponse.records import linkage
from openresponse.records.linkage import CONTACT, UNIT
from openresponse.records.written import record_numbers


def link(given, calls, window=CONTACT):
    """The call of each, or why it has none. given, calls: pairs of number and moment."""
    rows = pd.DataFrame(given, columns=["incident_number", "at"], dtype="string")
    known = pd.DataFrame(calls, columns=["incident_number", "received"], dtype="string").assign(
        received=lambda c: pd.to_datetime(c["received"], utc=True), handling=""
    )
    at = pd.to_datetime(rows["at"], utc=True)
    links = linkage.link(rows, at, known, window)
    return list(links["incident"].astype("object").where(links["why_not"] == "", links["why_not"]))


@pytest.mark.parametrize(
    ("number", "at", "call"),
    [
        ("P12", "2026-01-05 10:30", 0),
        ("P12", "2026-01-05 09:00", 0),
        ("P12", "2026-01-05 08:59", "outside_window"),
        ("P12", "2026-01-05 22:00", 0),
        ("P12", "2026-01-05 22:01", "outside_window"),
        ("P12", "", 0),
        ("P21", "2026-01-05 10:30", 0),  # a swap
        ("P21", "2026-01-09 10:30", "not_linked"),
        ("P112", "2026-01-05 10:30", 0),  # a digit doubled
        ("P1", "2026-01-05 10:30", 0),  # a digit left out
        ("P13", "2026-01-05 10:30", "not_linked"),  # another digit: nobody knows which
        ("P123", "2026-01-05 10:30", "not_linked"),
        ("F12", "2026-01-05 10:30", "not_linked"),  # another agency's
        ("12", "2026-01-05 10:30", 0),
    ],
)
def test_a_number_is_of_the_call_within_the_window(number, at, call):
    assert link([(number, at)], [("P12", "2026-01-05 10:00")]) == [call]


def test_a_typing_error_that_is_another_calls_number_is_not_taken_at_its_word():
    calls = [("P12", "2026-01-05 10:00"), ("P21", "2026-02-05 10:00")]
    assert link([("P21", "2026-01-05 10:30")], calls) == [0]


def test_a_number_that_may_be_of_two_calls_is_of_neither():
    calls = [("P120", "2026-01-05 10:00"), ("P121", "2026-01-05 11:00")]
    assert link([("P12", "2026-01-05 11:30")], calls) == ["not_linked"]


def test_how_a_link_was_made_is_kept():
    known = pd.DataFrame(
        {
            "incident_number": pd.Series(["P123", "P456"], dtype="string"),
            "received": pd.to_datetime(["2026-01-05 10:00"] * 2, utc=True),
            "handling": "",
        }
    )
    rows = pd.DataFrame({"incident_number": pd.Series(["P123", "P465", "P789"], dtype="string")})
    at = pd.Series([known["received"][0]] * 3)
    assert list(linkage.link(rows, at, known, CONTACT)["corrected"]) == [False, True, False]


@pytest.mark.parametrize("number", ["", "7", "P", "33"])
def test_numbers_that_are_no_typing_error_of_another_belong_to_no_call(number):
    assert link([(number, "2026-01-05 10:30")], [("P12", "2026-01-05 10:00")]) == ["not_linked"]


def test_a_number_that_began_again_is_of_the_call_of_its_time():
    calls = [("C1", "2025-01-05 10:00"), ("C1", "2026-01-05 10:00")]
    assert link([("C1", "2026-01-05 10:30"), ("C1", "")], calls) == [1, "several_calls"]


def test_of_calls_that_share_digits_the_letters_choose():
    calls = [("P1", "2026-01-05 10:00"), ("F1", "2026-01-05 11:00")]
    given = [("F1", "2026-01-05 11:30"), ("1", "2026-01-05 11:30")]
    assert link(given, calls) == [1, "several_calls"]


def test_a_call_that_was_set_aside_has_no_rows():
    known = pd.DataFrame(
        {
            "incident_number": pd.Series(["P1"], dtype="string"),
            "received": pd.to_datetime(["2026-01-05 10:00"], utc=True),
            "handling": ["test_call"],
        }
    )
    rows = pd.DataFrame({"incident_number": pd.Series(["P1"], dtype="string")})
    links = linkage.link(rows, known["received"], known, UNIT)
    assert list(links["why_not"]) == ["call_set_aside"] and links["incident"].isna().all()


@pytest.mark.parametrize(
    "spelling", ["P26-0000001", "p26 0000001", "P26OOOOO01", "P260000001.0", " P260000001"]
)
def test_a_number_has_one_form(spelling):
    forms = record_numbers.one_form(
        pd.Series(["P260000001", spelling, "F260000001"], dtype="string")
    )
    assert forms[0] == forms[1] != forms[2]


def test_letters_that_one_series_alone_has_may_be_left_out():
    assert record_numbers.one_form(pd.Series(["P0012", "12"], dtype="string")).nunique() == 1


def test_letters_in_the_middle_tell_series_apart():
    assert record_numbers.one_form(pd.Series(["26-IL-7", "26-CR-7"], dtype="string")).nunique() == 2
