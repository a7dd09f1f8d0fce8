"""Hours that units spent are shown only where they say nothing of a group that is withheld."""

import pandas as pd
import pytest

from openresponse.disclosure import rules
from openresponse.measures.counting.counted import Counted
from openresponse.program import Table
from openresponse.release.tables.quantiles import of_times
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import flat

GROUPS = ["all", "a", "b"]
TABLE = Table(title="x", measure="times", period="quarter", by=("model",))


def shown(withheld: list[str], hours: list[int]) -> pd.DataFrame:
    """The public rows of one period; withheld: the groups whose number of timed calls is."""
    timed = flat("x_timed", {"timed": "Timed", "not_timed": "Not timed"})
    counts = {"all": 60, "timed": 50, "not_timed": 10}
    cells = pd.DataFrame(
        [("2026-Q1", group, code, n) for group in GROUPS for code, n in counts.items()],
        columns=["period", "model", "x_timed", "count"],
    )
    hidden = cells["model"].isin(withheld) & (cells["x_timed"] == "timed")
    cells["count_status"] = hidden.map({True: "c", False: ""})
    emptied = cells.assign(count=cells["count"].astype("Int64").mask(hidden))
    quantiles = pd.DataFrame(
        {
            "period": "2026-Q1",
            "model": GROUPS,
            "carried_by": 50,
            "median_minutes": 30.0,
            "p90_minutes": 60.0,
            "unit_hours": pd.array(hours, dtype="Int64"),
        }
    )
    hierarchies = {"model": flat("model", {"a": "A", "b": "B"}), "x_timed": timed}
    counted = ContingencyTable("t/x", "incidents", cells, hierarchies)
    part = Counted("t", "x", "x_timed", counted, {}, quantiles)
    return of_times(part, emptied, TABLE, rules.rule("cms-11")).set_index("model")


@pytest.mark.parametrize(
    ("withheld", "status"),
    [([], ["", "", ""]), (["a"], ["", "c", "c"]), (["all"], ["c", "c", "c"])],
)
def test_where_one_group_is_withheld_only_the_hours_of_the_whole_are_shown(withheld, status):
    rows = shown(withheld, [90, 40, 50])
    assert rows["unit_hours_status"].tolist() == status
    assert rows["unit_hours"].isna().tolist() == [one == "c" for one in status]
