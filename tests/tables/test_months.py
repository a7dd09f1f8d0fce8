"""Months, and the quarters and years they lie in."""

import pytest

from openresponse.tables import months


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2026-10", True),
        ("2026-01", True),
        ("2026-13", False),
        ("2026-00", False),
        ("26-10", False),
        ("2026-10-01", False),
        ("2026-10\n", False),
    ],
)
def test_a_month_is_a_year_and_a_number_from_1_to_12(text, is_one):
    assert months.is_month(text) is is_one


@pytest.mark.parametrize(
    ("month", "by", "later"),
    [
        ("2026-10", 0, "2026-10"),
        ("2026-12", 1, "2027-01"),
        ("2026-01", -1, "2025-12"),
        ("2026-10", 27, "2029-01"),
        ("2026-10", -22, "2024-12"),
    ],
)
def test_months_are_counted_over_the_turn_of_the_year(month, by, later):
    assert months.later(month, by) == later


def test_each_month_lies_in_one_quarter_and_one_year():
    year = [f"2026-{number:02}" for number in range(1, 13)]
    quarters = [f"2026-Q{number}" for number in (1, 2, 3, 4) for _ in range(3)]
    assert [months.within(month, "quarter") for month in year] == quarters
    assert {months.within(month, "year") for month in year} == {"2026"}
    last = [month for month in ("2026-03", "2026-06", "2026-09", "2026-12") for _ in range(3)]
    assert [months.last_of_quarter(month) for month in year] == last


def test_a_period_is_complete_when_every_month_of_it_is_there():
    there = [f"2026-{number:02}" for number in range(2, 13)] + ["2026-12", "2027-01"]
    assert months.complete(there, "quarter") == {"2026-Q2", "2026-Q3", "2026-Q4"}
    assert months.complete(there, "year") == set()
    assert months.complete([*there, "2026-01"], "year") == {"2026"}
