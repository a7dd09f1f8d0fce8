import re

import pytest

from openresponse.report.prose.rounded_shares import CALLS, CONTACTS, rounded


@pytest.mark.parametrize(
    ("n", "of", "said"),
    [
        (0, 826, "none of the calls"),
        (1, 2500, "fewer than 1 in 100 calls"),
        (49, 1000, "1 in 20 calls"),
        (74, 1000, "1 in 15 calls"),
        (75, 1000, "1 in 10 calls"),
        (167, 1000, "1 in 6 calls"),
        (500, 1000, "half of the calls"),
        (525, 1000, "half of the calls"),
        (526, 1000, "more than half of the calls"),
        (658, 1000, "2 in 3 calls"),
        (818, 1000, "8 in 10 calls"),
        (850, 1000, "more than 8 in 10 calls"),
        (875, 1000, "9 in 10 calls"),
        (2499, 2500, "more than 9 in 10 calls"),
        (2500, 2500, "all of the calls"),
    ],
)
def test_a_share_is_said_as_people_say_it(n, of, said):
    assert rounded(n, of, CALLS) == said


@pytest.mark.parametrize("noun", [CALLS, CONTACTS])
def test_every_share_is_said_by_a_fraction_that_is_near_or_that_it_is_more_than(noun):
    for n in range(1, 2000):
        said, share = rounded(n, 2000, noun), n / 2000
        fraction = re.search(r"(\d+) in (\d+)", said)
        value = int(fraction[1]) / int(fraction[2]) if fraction else 0.5
        if said.startswith("fewer than"):
            assert share < value
        elif said.startswith("more than"):
            assert value < share < value + 0.1
        elif value < 0.1:
            assert 1 / 1.25 <= share / value <= 1.25
        else:
            assert share == pytest.approx(value, abs=0.025 + 1e-9)
