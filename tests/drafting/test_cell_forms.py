"""The form of a column is found by the forms that systems write."""

import pandas as pd
import pytest

from openresponse.drafting.cell_forms import form


@pytest.mark.parametrize(
    ("cells", "kind", "format"),
    [
        (["2026-01-05 10:00:00", "2026-01-15T22:30:00Z"], "moment", None),
        (["2026-01-05", "2026-01-15"], "day", None),
        (["1/5/2026 1:57:35 AM", "1/15/2026 11:00:00 PM"], "moment", "%m/%d/%Y %I:%M:%S %p"),
        (["01/15/26 22:10", "01/05/26 09:00"], "moment", "%m/%d/%y %H:%M"),
        (["15.01.2026 22:10:00", "05.01.2026 09:00:00"], "moment", "%d.%m.%Y %H:%M:%S"),
        (["15/01/2026", "05/01/2026"], "day", "%d/%m/%Y"),
        (["20260115", "20260105"], "day", "%Y%m%d"),
        (["2:20 PM", "11:18 AM"], "clock", "%I:%M %p"),
        (["14:20:10", "09:00:00"], "clock", "%H:%M:%S"),
        (["1767607200", "1767693600"], "moment", "epoch seconds"),
        (["1767607200000", "1767693600000"], "moment", "epoch milliseconds"),
        (["46027.4166", "46028.5"], "moment", "excel"),
        (["45101", "45103"], "number", None),
        (["40", "7.5"], "number", None),
        (["A-1", "B-2"], "text", None),
    ],
)
def test_each_form_is_told_from_the_others(cells, kind, format):
    found = form(pd.Series(cells, dtype="string"))
    assert (found.kind, found.format) == (kind, format)


def test_days_that_fit_two_forms_name_both():
    found = form(pd.Series(["01/05/2026", "02/03/2026"], dtype="string"))
    assert (found.format, found.other) == ("%m/%d/%Y", "%d/%m/%Y")


def test_a_few_typing_errors_do_not_hide_a_form():
    cells = [f"01/{day:02}/2026" for day in range(1, 29)] * 4
    found = form(pd.Series([*(f"{c} {n:02}:00" for n, c in enumerate(cells[:24])), "soon"] * 1))
    assert found.kind == "text"  # one in 25 is more than a few
    many = [f"0{month}/{day:02}/2026" for month in range(1, 7) for day in range(1, 29)]
    assert form(pd.Series([*many, "soon"], dtype="string")).kind == "day"
