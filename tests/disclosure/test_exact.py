"""The bound is a bound: no pattern of the search costs less, and on small tables the search comes close."""

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from openresponse.disclosure import exact, search
from openresponse.disclosure.rules import Rule
from openresponse.disclosure.system import build
from openresponse.errors import DisclosureError
from tables import grid

T = 5


def both(numbers) -> tuple[exact.Optimum, int]:
    """The optimum in cells, and how many the search withholds beside the small ones."""
    system = build([grid(numbers)], Rule("t", T, ""))
    nothing, ones = np.zeros(len(system.values), dtype=bool), np.ones(len(system.values))
    found = search.search(system, nothing, nothing, price=ones)
    best = exact.optimum(system.values, system.equations, system.threshold, system.least, nothing, system.primary, ones, 20.0)
    return best, int((found.withheld & ~system.primary).sum())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3))
def test_no_pattern_of_the_search_costs_less_than_the_bound(numbers):
    try:
        best, ours = both(numbers)
    except DisclosureError:
        assume(False)
    assert best.bound <= ours + 1e-6


def test_the_four_by_four_example_needs_no_more_than_the_optimum_and_one():
    best, ours = both([[20, 50, 10, 5], [8, 19, 22, 0], [17, 32, 12, 6], [21, 30, 14, 2]])
    assert best.proved and best.bound <= ours <= best.bound + 1
