"""The optimum is the cheapest of all patterns there are; its bound is one for the search; known
tables have their known answers.
"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linprog

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.suppression.cut_generation import optimum as optimum_module
from openresponse.disclosure.suppression.cut_generation.optimum import (
    Optimum,
    optimum,
    relaxation,
)
from openresponse.disclosure.suppression.cut_generation.problem import Problem
from openresponse.disclosure.suppression.search import Settings, search
from openresponse.errors import DisclosureError
from support.behind import build
from support.tables import grid

T = 5


def added(parts: list[list[int]], leaves: list[int]) -> tuple[np.ndarray, sparse.csr_matrix]:
    """Counts and their equations: the leaves, then one sum for each list of leaves."""
    rows = np.zeros((len(parts), len(leaves) + len(parts)))
    for n, part in enumerate(parts):
        rows[n, part], rows[n, len(leaves) + n] = 1, -1
    return np.array(
        [*leaves, *(sum(leaves[k] for k in part) for part in parts)]
    ), sparse.csr_matrix(rows)


def crossed(numbers: list[list[int]]) -> tuple[np.ndarray, sparse.csr_matrix]:
    """A two-way table: its cells line by line, then the sums of lines, of columns, and of all."""
    height, width = len(numbers), len(numbers[0])
    cell = np.arange(height * width).reshape(height, width)
    parts = [*cell.tolist(), *cell.T.tolist(), cell.ravel().tolist()]
    return added(parts, [n for line in numbers for n in line])


def problem(values, equations, *, t=T, least=1, stay_shown=(), withheld=(), price=None) -> Problem:
    """A problem with what is usual filled in; variables are given by their numbers."""
    n = len(values)
    return Problem(
        values=values,
        equations=equations,
        threshold=np.full(n, t) if np.isscalar(t) else np.array(t),
        least=np.full(n, least),
        stay_shown=np.isin(np.arange(n), stay_shown),
        withheld=np.isin(np.arange(n), withheld),
        price=np.ones(n) if price is None else np.array(price, dtype=float),
    )


def always(asked: Problem) -> np.ndarray:
    """What is withheld in any case."""
    return asked.primary | asked.withheld


def cost(asked: Problem, withheld: np.ndarray) -> float:
    return float(asked.price[withheld & ~always(asked)].sum())


def valid(asked: Problem, withheld: np.ndarray) -> bool:
    """Whether every small count can reach its threshold, asked of another solver one by one."""
    if any(
        withheld[row.indices].sum() == 1 and asked.primary[row.indices[withheld[row.indices]]].any()
        for row in asked.equations
    ):
        return False
    bounds = [
        (min(asked.least[v] - asked.values[v], 0), None) if withheld[v] else (0, 0)
        for v in range(len(withheld))
    ]
    return all(
        rise(asked, p, bounds) >= asked.threshold[p] - asked.values[p] - 1e-6
        for p in np.flatnonzero(asked.primary)
    )


def rise(asked: Problem, p: int, bounds: list) -> float:
    need = asked.threshold[p] - asked.values[p]
    bounds = [*bounds[:p], (bounds[p][0], need), *bounds[p + 1 :]]
    return -linprog(
        -np.eye(len(bounds))[p],
        A_eq=asked.equations,
        b_eq=np.zeros(asked.equations.shape[0]),
        bounds=bounds,
    ).fun


def cheapest(asked: Problem) -> float | None:
    """The price of the cheapest valid pattern, by trying them all, cheap ones first."""
    free = np.flatnonzero(~always(asked) & ~asked.stay_shown & (asked.values >= asked.least))
    patterns = [list(some) for size in range(len(free) + 1) for some in combinations(free, size)]
    for some in sorted(patterns, key=lambda some: asked.price[some].sum()):
        withheld = always(asked)
        withheld[some] = True
        if valid(asked, withheld):
            return float(asked.price[some].sum())
    return None


SMALL = st.integers(0, 9)
PRICES = st.integers(1, 4) | st.integers(
    95, 105
)  # the latter: within the gap that is allowed at first
GRIDS = st.lists(st.lists(SMALL, min_size=2, max_size=2), min_size=3, max_size=3).map(crossed)
# Four leaves, added up in pairs in two ways, as places are in counties and by size.
OVERLAPS = st.lists(SMALL, min_size=4, max_size=4).map(
    lambda leaves: added([[0, 1], [2, 3], [0, 2], [1, 3], [0, 1, 2, 3]], leaves)
)


@pytest.mark.parametrize("least", [1, 0], ids=["zeros-public", "zeros-hidden"])
@pytest.mark.parametrize("tables", [GRIDS, OVERLAPS], ids=["grid", "overlap"])
@given(data=st.data())
def test_the_optimum_is_the_cheapest_of_all_patterns(tables, least, data):
    values, equations = data.draw(tables)
    n = len(values)
    price = data.draw(st.lists(PRICES, min_size=n, max_size=n))
    asked = problem(
        values, equations, least=least, price=price, stay_shown=[n - 1] if values[-1] >= T else []
    )
    least_price = cheapest(asked)
    if least_price is None:
        with pytest.raises(DisclosureError):
            optimum(asked)
        return
    best = optimum(asked)
    assert best.proved and valid(asked, best.withheld)
    assert cost(asked, best.withheld) == pytest.approx(least_price) == pytest.approx(best.bound)
    share = relaxation(asked)
    assert (asked.price * share)[~always(asked)].sum() <= least_price + 1e-6


def both(numbers) -> tuple[Optimum, int]:
    """The optimum in cells, and how many the search withholds beside the small ones."""
    system = build([grid(numbers)], Rule("t", T, "", reach=1))
    nothing, ones = np.zeros(len(system.values), dtype=bool), np.ones(len(system.values))
    found = search(system, stay_shown=nothing, stay_withheld=nothing, settings=Settings(price=ones))
    best = optimum(Problem.of_cells(system, ones))
    return best, int((found.withheld & ~system.primary).sum())


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


GRID = [[2, 20, 30], [40, 8, 50], [60, 70, 9]]  # one small count; its sums are cells 9 to 15


@pytest.mark.parametrize(
    "given_, cells",
    [
        ({}, 3),
        ({"stay_shown": [4]}, 3),
        ({"stay_shown": [4, 5, 7]}, 3),
        ({"withheld": [4]}, 2),
        ({"withheld": [1, 3, 4]}, 0),
        ({"price": [1, 9, 9, 9, 1, 9, 9, 9, 9, 1, 9, 9, 1, 9, 9, 9]}, 3),
    ],
)
def test_what_must_be_shown_stays_shown_and_what_is_withheld_costs_nothing(given_, cells):
    asked = problem(*crossed(GRID), **given_)
    best = optimum(asked)
    assert best.proved and (best.withheld & ~always(asked)).sum() == cells
    assert (
        not (best.withheld & asked.stay_shown).any()
        and best.withheld[always(asked)].all()
        and valid(asked, best.withheld)
    )


def test_a_zero_is_not_withheld_where_readers_know_zeros_are_shown():
    asked = problem(*crossed([[2, 20, 0], [0, 8, 50], [60, 0, 9]]))
    assert not optimum(asked).withheld[asked.values == 0].any()


def test_where_nothing_protects_a_count_the_optimum_stops_and_the_relaxation_goes_on():
    asked = problem(*crossed([[2, 20], [30, 40]]), stay_shown=[1, 2, 3, 4, 5, 6, 7, 8])
    with pytest.raises(DisclosureError, match="coarser grain") as error:
        optimum(asked)
    assert not any(character.isdigit() for character in str(error.value))
    assert relaxation(asked).tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0]


def test_without_work_the_pattern_is_still_valid_and_the_bound_still_one():
    asked = problem(*crossed(GRID))
    hurried = optimum(asked, programmes=0)
    assert (
        not hurried.proved
        and valid(asked, hurried.withheld)
        and hurried.bound <= 3 <= cost(asked, hurried.withheld)
    )


@pytest.mark.parametrize("numbers", [GRID, [[2, 20, 30, 4], [40, 3, 50, 12], [60, 70, 1, 33]]])
def test_the_pattern_of_a_hurried_search_is_valid_and_none_of_its_cells_can_be_shown_again(
    numbers, monkeypatch
):
    monkeypatch.setattr(optimum_module._CutGeneration, "whole", lambda *_: None)
    asked = problem(*crossed(numbers))
    best = optimum(asked)
    assert valid(asked, best.withheld) and not best.proved
    for one in np.flatnonzero(best.withheld & ~always(asked)):
        assert not valid(asked, best.withheld & (np.arange(len(best.withheld)) != one))


def test_the_same_problem_has_the_same_answer():
    asked = problem(*crossed([[2, 20, 30, 4], [40, 3, 50, 12], [60, 70, 1, 33]]))
    first, second = optimum(asked), optimum(asked)
    assert (first.withheld == second.withheld).all() and first.bound == second.bound


@pytest.mark.parametrize("reach, enough", [(5, True), (6, True), (7, False)])
def test_the_first_cell_of_geurts_can_be_six_but_not_seven(reach, enough):
    """Geurts 1992, table 10: of two columns the first two lines are withheld; what is shown leaves
    3 to 6.
    """
    values, equations = crossed([[4, 3], [2, 1], [3, 3]])
    asked = problem(values, equations, t=[reach] + [0] * 11, least=0, withheld=[0, 1, 2, 3])
    assert (cost(asked, optimum(asked).withheld) == 0) is enough


@pytest.mark.parametrize(
    "least, reach, enough", [(1, 6, True), (1, 7, False), (0, 7, True), (0, 8, False)]
)
def test_a_withheld_count_falls_to_one_where_zeros_are_shown_and_to_zero_where_not(
    least, reach, enough
):
    # A ring of six withheld counts; what limits the first is the 5, which is in no sum with it.
    values, equations = crossed([[2, 20, 90], [91, 30, 5], [40, 92, 50]])
    asked = problem(
        values, equations, t=[reach] + [0] * 15, least=least, withheld=[0, 1, 4, 5, 6, 8]
    )
    assert (cost(asked, optimum(asked).withheld) == 0) is enough


def test_one_small_cell_of_the_first_example_of_sdctable_takes_three_others():
    """sdcTable, microdata1: 100 people by region and sex, two of them women in A; 11 of the 15
    counts are published.
    """
    asked = problem(*crossed([[18, 2], [14, 19], [12, 10], [11, 14]]), t=3)
    best = optimum(asked)
    assert best.proved and best.withheld[1] and (~best.withheld).sum() == 11


def test_the_linked_tables_of_issue_136_are_protected_together():
    """sdcTools UserSupport 136: eight regions in counties and by size, which one table after the
    other opens.
    """
    leaves = [2, 2, 8, 8, 3, 3, 3, 7]
    asked = problem(
        *added([[0, 1, 2, 3], [4, 5, 6, 7], [0, 1, 2, 3, 4, 7], [5, 6], list(range(8))], leaves),
        t=4,
    )
    best = optimum(asked)
    assert (
        best.proved
        and valid(asked, best.withheld)
        and cost(asked, best.withheld) == cheapest(asked)
    )


Z2 = {
    "A": (11, 11, 55, 36),
    "B": (7, 1, 29, 18),
    "C": (5, 8, 35, 25),
    "D": (13, 2, 17, 13),
    "E": (9, 14, 63, 52),
    "F": (12, 9, 24, 22),
    "G": (6, 4, 22, 8),
    "H": (9, 3, 38, 15),
    "I": (3, 0, 9, 2),
    "J": (9, 0, 32, 20),
    "K": (4, 2, 18, 11),
}
COUNTIES, GROUPS = ("AI", "B", "CD", "EF", "GH", "JK"), ("ABCDEFGH", "IJK")


@pytest.mark.parametrize("most, small, theirs", [(1, 2, 6), (3, 9, 15), (5, 12, 16)])
def test_no_more_is_withheld_than_gauss_suppression_withholds_for_its_promise(most, small, theirs):
    """SSBtools, z2: help by region, county, group of regions and kind. Their promise is that no
    small count can be solved for, whatever the signs; so withheld counts may be anything here."""
    leaves, regions = [n for line in Z2.values() for n in line], "".join(Z2)
    # A county of one region is a line of its own, so are all sums over kinds.
    groups = [[regions.index(r) for r in group] for group in (*COUNTIES, *GROUPS, regions)]
    parts = [
        [4 * r + k for r in group for k in kinds]
        for group in groups
        for kinds in ((0,), (1,), (2,), (3,), (0, 1, 2, 3))
    ]
    parts += [[4 * r + k for k in range(4)] for r in range(len(regions))]
    values, equations = added(parts, leaves)
    primary = (values >= 1) & (values <= most)
    asked = problem(
        values,
        equations,
        t=np.where(primary, values + 1, 0),
        least=-1000,
        stay_shown=np.flatnonzero(values == 0),
    )
    best = optimum(asked)
    assert (
        asked.primary.sum() == small
        and best.proved
        and (best.withheld & ~asked.primary).sum() <= theirs
    )
