import pytest

from openresponse.report import words


@pytest.mark.parametrize("code, said", [("2026-10", "October 2026"), ("2026-Q3", "July to September 2026"), ("2026", "2026"), ("2010/2020", "2010 to 2020")])
def test_a_period_is_said_in_words(code, said):
    assert words.period(code) == said


@pytest.mark.parametrize("share, said", [(0.0, "0.0%"), (0.615, "61.5%"), (1.0, "100.0%")])
def test_a_published_share_loses_nothing_as_a_percentage(share, said):
    assert words.percent(share) == said


@pytest.mark.parametrize("difference, said", [(0.01, "1.0 percentage point"), (-0.023, "2.3 percentage points"), (0.001, "0.1 percentage points")])
def test_a_difference_of_shares_is_in_percentage_points(difference, said):
    assert words.points(difference) == said


@pytest.mark.parametrize("code, day", [("2026-02", "2026-02-28"), ("2024-02", "2024-02-29"), ("2026-Q3", "2026-09-30"), ("2010/2020", "2020-12-31")])
def test_a_period_ends_on_its_last_day(code, day):
    assert words.last_day(code).isoformat() == day


def test_one_is_singular():
    assert words.unit("unit_responses", 1) == "unit response" and words.unit("unit_responses", 2) == "unit responses"
