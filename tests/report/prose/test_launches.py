"""A share of eligible calls is not compared across a launch without a word on it."""

import pytest

from openresponse.report.prose import launches, sentences
from openresponse.report.prose.faces import FACES
from openresponse.report.prose.headlines import headline, table_of
from openresponse.report.prose.readings import series
from support import invented

SAID = "began in further parts of the city"


@pytest.mark.parametrize(
    ("before", "now", "slice", "said"),
    [
        ("2025-04", "2025-05", None, True),
        ("2025-05", "2025-06", None, False),
        ("2024-12", "2025-01", {"model": "co_response"}, False),
        ("2024-12", "2025-01", {"model": "alternative_response"}, True),
        ("2025-Q1", "2025-Q2", None, True),
        ("2025-Q2", "2025-Q3", None, False),
        ("2025-04", "2025-05", {"district": "B-2"}, False),
    ],
)
def test_what_became_eligible_in_between_is_said(published, before, now, slice, said):
    text = launches.between(published, "funnel", "part", slice, before, now)
    assert (SAID in text) is said


def test_a_share_of_all_calls_has_no_launch_in_between(published):
    assert not launches.between(published, "funnel", "all", None, "2025-04", "2025-05")
    assert not launches.between(published, "responders", "part", None, "2025-04", "2025-05")


def test_a_value_is_judged_by_those_after_the_last_launch(published):
    chosen = headline(published, "funnel")
    readings = series(published, "funnel", *chosen)
    compared = launches.since_last(published, "funnel", chosen[1], None, readings)
    kept = [r.period for r, value in zip(readings, compared, strict=True) if value is not None]
    assert kept[0] == "2025-05" and len(compared) == len(readings)


def with_launch(published, district, month):
    """The release, with the month in which co-response began in a district."""
    held = invented.repackaged(published)
    held.program["districts"][district]["launched"] = {"co_response": month}
    return held


@pytest.mark.parametrize(("month", "said"), [("2026-01", True), ("2025-05", False)])
def test_a_sentence_that_compares_with_a_year_before_says_it(published, month, said):
    held = with_launch(published, "A-1", month)
    text = sentences.year_before(held, "funnel", *headline(held, "funnel"))
    assert (SAID in text) is said


def test_a_measure_is_given_from_the_shortest_periods_that_its_face_allows(published):
    for category, face in FACES.items():
        table = table_of(published, category)
        if table is not None and face.grain == "month":
            assert published.grain(table) == "month"
    assert table_of(published, "repeat") is None or FACES["repeat"].grain == "quarter"
