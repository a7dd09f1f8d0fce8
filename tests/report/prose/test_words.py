import pytest

from openresponse.report.prose import words


@pytest.mark.parametrize(
    "code, said",
    [
        ("2026-10", "October 2026"),
        ("2026-Q3", "July to September 2026"),
        ("2026", "2026"),
        ("2010/2020", "2010 to 2020"),
    ],
)
def test_a_period_is_said_in_words(code, said):
    assert words.period(code) == said


@pytest.mark.parametrize("share, said", [(0.0, "0.0%"), (0.615, "61.5%"), (1.0, "100.0%")])
def test_a_published_share_loses_nothing_as_a_percentage(share, said):
    assert words.percent(share) == said


@pytest.mark.parametrize(
    "difference, said",
    [
        (0.01, "1.0 percentage point"),
        (-0.023, "2.3 percentage points"),
        (0.001, "0.1 percentage points"),
    ],
)
def test_a_difference_of_shares_is_in_percentage_points(difference, said):
    assert words.points(difference) == said


@pytest.mark.parametrize(
    "code, said", [("2025-12", "Dec 2025"), ("2025-Q3", "Q3 2025"), ("2025", "2025")]
)
def test_a_month_on_an_axis_is_no_day_of_a_month(code, said):
    assert words.short_period(code) == said


def test_one_is_singular():
    assert (
        words.unit("unit_responses", 1) == "unit response"
        and words.unit("unit_responses", 2) == "unit responses"
    )
