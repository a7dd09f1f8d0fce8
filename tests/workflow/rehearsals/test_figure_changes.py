"""Between two releases, each figure is new, changed, withheld, shown again, gone, or as it was."""

from types import SimpleNamespace

import pandas as pd
import pytest

from openresponse.workflow.rehearsals.figure_changes import COLUMNS, figures


def release(**months: str):
    """A release of one table; for each month a figure, or the status of one that is empty."""
    rows = [
        (period, int(said), "") if said.isdecimal() else (period, pd.NA, said)
        for period, said in months.items()
    ]
    frame = pd.DataFrame(rows, columns=["period", "incidents", "incidents_status"])
    return SimpleNamespace(tables={"funnel": frame.astype({"incidents": "Int64"})})


@pytest.mark.parametrize(
    ("before", "after", "counted"),
    [
        ({"m1": "20"}, {"m1": "20"}, {}),
        ({"m1": "20"}, {"m1": "20", "m2": "30"}, {"New": 1}),
        ({"m1": "20"}, {"m1": "21"}, {"Changed": 1}),
        ({"m1": "20"}, {"m1": "c"}, {"Withheld": 1}),
        ({"m1": "c"}, {"m1": "20"}, {"Shown again": 1}),
        ({"m1": "c"}, {"m1": "c"}, {}),
        ({"m1": "20"}, {"m1": "x"}, {"Gone": 1}),
        ({"m1": "20", "m2": "30"}, {"m2": "30"}, {"Gone": 1}),
        ({"m1": "20"}, {"m1": "20", "m2": "c"}, {}),
    ],
)
def test_each_figure_is_counted_as_what_became_of_it(before, after, counted):
    found = figures(release(**before), release(**after))
    assert found.loc["funnel"].to_dict() == dict.fromkeys(COLUMNS, 0) | counted


def test_before_the_first_release_every_figure_is_new_and_after_the_last_every_one_is_gone():
    one = release(m1="20", m2="c")
    assert figures(None, one).loc["funnel", "New"] == 1
    assert figures(one, None).loc["funnel", "Gone"] == 1


def test_a_table_of_another_shape_has_none_of_the_earlier_figures():
    before, after = release(m1="20"), release(m1="20")
    after.tables["funnel"] = after.tables["funnel"].rename(columns={"period": "quarter"})
    found = figures(before, after).loc["funnel"]
    assert (found["New"], found["Gone"]) == (1, 1)
