"""How far records stand out: classes of equal codes, in which an empty cell is a code like any other."""

import pandas as pd

from openresponse.disclosure.uniqueness import least_distinct, uniqueness

ROWS = pd.DataFrame({"district": ["a"] * 12 + ["b", "b", "c", None], "sex": ["f"] * 12 + ["f", "f", "m", "m"],
                     "outcome": ["home", "hospital"] * 6 + ["home", "home", "home", "hospital"]})


def test_records_are_counted_by_the_size_of_their_class():
    found = uniqueness(ROWS, ["district", "sex"])
    assert (found.records, found.unique, found.smallest) == (16, 2, 1)
    assert found.bands == {"1": 2, "2 to 4": 2, "5 to 10": 0, "11 or more": 12}


def test_an_empty_cell_hides_no_record_in_another_class():
    assert uniqueness(ROWS, ["district"]).unique == 2


def test_the_least_varied_class_sets_l():
    assert least_distinct(ROWS, ["sex"], "outcome") == 2
    assert least_distinct(ROWS, ["district"], "outcome") == 1
