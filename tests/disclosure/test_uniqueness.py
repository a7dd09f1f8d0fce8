"""How far records stand out: classes of equal codes, in which an empty cell is a code like any
other.
"""

from dataclasses import replace

import pandas as pd

from openresponse.disclosure.uniqueness import (
    least_distinct,
    least_possible,
    smallest_shown,
    uniqueness,
)
from support.tables import hide, line, publish

ROWS = pd.DataFrame(
    {
        "district": ["a"] * 12 + ["b", "b", "c", None],
        "sex": ["f"] * 12 + ["f", "f", "m", "m"],
        "outcome": ["home", "hospital"] * 6 + ["home", "home", "home", "hospital"],
    }
)


def test_records_are_counted_by_the_size_of_their_class():
    result = uniqueness(ROWS, ["district", "sex"])
    assert (result.records, result.unique, result.smallest) == (16, 2, 1)
    assert result.bands == {"1": 2, "2 to 4": 2, "5 to 10": 0, "11 or more": 12}


def test_an_empty_cell_hides_no_record_in_another_class():
    assert uniqueness(ROWS, ["district"]).unique == 2


def test_the_least_varied_class_sets_l():
    assert least_distinct(ROWS, ["sex"], "outcome") == 2
    assert least_distinct(ROWS, ["district"], "outcome") == 1


def shown(numbers: list[int], *hidden: str):
    """A published line of counts that tells something sensitive, some of them withheld."""
    table = replace(line(numbers), sensitive=(("kind", "all"),))
    return publish([table], {"t": hide(table, *((code,) for code in hidden))})


def test_the_smallest_count_shown_sets_k_and_a_zero_is_none():
    assert smallest_shown(shown([0, 14, 12])) == 12
    assert smallest_shown(shown([0, 14, 12], "k2")) == 14
    assert smallest_shown(shown([0, 0, 0])) is None


def test_a_withheld_count_leaves_its_code_open_and_a_zero_does_not():
    assert least_possible(shown([0, 14, 12])) == 2
    assert least_possible(shown([0, 14, 0])) == 1
    assert least_possible(shown([5, 14, 3], "k0", "k2")) == 3
    assert least_possible(publish([line([1, 2])], {"t": hide(line([1, 2]))})) is None
