"""How sure a guess may be: in what share of the tables that fit a withheld figure is small."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openresponse.disclosure import guesses
from openresponse.disclosure.rules import PRESETS, Rule, rule
from openresponse.errors import DisclosureError
from support.behind import protect
from support.tables import grid, line

T3 = Rule("test", 3, "typed in", reach=1)
DOCUMENTED = [[31, 4, 25], [28, 17, 22]]  # the example of docs/privacy.qmd


def every_table(rows: list[list[int]], withheld: np.ndarray, most: int) -> np.ndarray:
    """All tables with the same margins and shown cells, withheld ones at least 1."""
    true, hidden = np.array(rows), np.argwhere(withheld)
    tried = np.array(list(product(range(1, most + 1), repeat=len(hidden))), dtype=int)
    every = np.repeat(true[None], len(tried), axis=0)
    every[:, hidden[:, 0], hidden[:, 1]] = tried
    same = [(every.sum(axis=axis) == true.sum(axis=axis - 1)).all(axis=1) for axis in (1, 2)]
    return every[same[0] & same[1]]


def test_the_example_by_hand_is_a_guess_of_one_in_two():
    """The withheld count lies between 1 and 20, and half of these are small."""
    protection = protect([grid(DOCUMENTED)], PRESETS["cms-11"].model_copy(update={"reach": 1}))
    found = guesses.measure(protection)
    assert found.names == ("t [period=2026-10, row=r0, column=c1]",)
    assert found.shares[0] == pytest.approx(10 / 20, abs=0.03)
    assert found.settled.all() and found.left_out == 0


@settings(max_examples=12, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=2, max_size=2))
def test_shares_are_those_of_all_tables_that_fit(rows):
    table = grid(rows)
    try:
        protection = protect([table], T3)
    except DisclosureError:
        return
    status = protection.statuses["t"]
    codes = table.cells[["row", "column"]].itertuples(index=False, name=None)
    hidden = dict(zip(codes, status == "c", strict=True))
    margins = [key for key in hidden if "all" in key]
    if any(hidden[key] for key in margins):
        return
    withheld = np.array([[hidden[f"r{i}", f"c{j}"] for j in range(3)] for i in range(2)])
    tables = every_table(rows, withheld, most=21)
    found = guesses.measure(protection)
    for name, share in zip(found.names, found.shares, strict=True):
        row, column = (int(name.split(f"{axis}=")[1][1]) for axis in ("row", "column"))
        assert share == pytest.approx((tables[:, row, column] < 3).mean(), abs=0.04)


def two_months():
    """Two months that nothing links, each with a count that is small."""
    return [grid(DOCUMENTED, name, period) for name, period in (("a", "2026-09"), ("b", "2026-10"))]


def test_where_all_would_be_too_much_the_newest_are_measured():
    protection = protect(two_months(), PRESETS["cms-11"].model_copy(update={"reach": 1}))
    assert guesses.measure(protection).left_out == 0
    found = guesses.measure(protection, budget=1)
    assert found.names == ("b [period=2026-10, row=r0, column=c1]",)
    assert found.left_out == 1


def test_a_release_without_small_figures_has_nothing_to_guess():
    found = guesses.measure(protect([line([50, 60])], PRESETS["cms-11"]))
    assert found.names == () and found.left_out == 0


def test_the_same_figures_are_measured_alike_twice():
    protection = protect([grid(DOCUMENTED)], PRESETS["cms-11"])
    assert (
        guesses.measure(protection).shares.tolist() == guesses.measure(protection).shares.tolist()
    )


def test_a_guess_that_is_surer_than_the_rule_allows_refuses_the_release():
    strict = rule("cms-11", most_sure=0.5)
    protection = protect([grid([[31, 4, 25, 70], [28, 5, 22, 80]])], strict)
    found = replace(guesses.measure(protection), shares=np.full(len(protection.small), 0.75))
    guesses.check(found, rule("cms-11"))
    guesses.check(found, rule("cms-11", most_sure=0.75))
    with pytest.raises(DisclosureError, match="most_sure") as refused:
        guesses.check(found, strict)
    assert "t [period=2026-10, row=r0, column=c1]" in str(refused.value)
    assert "coarser" in str(refused.value) and "reach" in str(refused.value)


def test_a_refusal_names_five_figures_at_most():
    found = guesses.Guesses(
        names=tuple(f"figure {n}" for n in range(8)),
        shares=np.arange(8) / 10 + 0.25,
        settled=np.ones(8, dtype=bool),
        left_out=0,
    )
    with pytest.raises(DisclosureError) as refused:
        guesses.check(found, rule("cms-11", most_sure=0.5))
    assert str(refused.value).count("figure ") == 5
    assert "figure 7" in str(refused.value), "the surest come first"
