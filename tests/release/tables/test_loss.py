"""How much is lost to privacy is told from the published tables, and the Boston catalogue loses
little.
"""

import pytest

from openresponse.release.store.published import Published
from openresponse.release.tables.loss import loss
from openresponse.report.prose import sentences


@pytest.fixture(scope="module")
def boston(whole_city):
    return Published.load(whole_city.folder / "data" / "public" / "latest")


def shares(published: Published, grain: str, apart: str | None) -> dict[str, float]:
    found = loss(published).set_index("table")
    wanted = [
        t
        for t in found.index
        if published.grain(t) == grain
        and "model" not in published.dimensions(t)
        and (apart is None or apart in published.dimensions(t))
    ]
    return {t: found.at[t, "inside"] / found.at[t, "counted"] for t in wanted}


def test_monthly_tables_of_the_whole_city_show_95_percent_of_what_they_count(boston):
    found = shares(boston, "month", None)
    assert {
        "funnel",
        "responders",
        "police_role",
        "clinician_attendance",
        "outcomes",
        "response_times",
        "data_quality",
    } <= set(found)
    assert {t: share for t, share in found.items() if share < 0.95} == {}


def test_quarterly_tables_by_district_show_80_percent_of_what_they_count(boston):
    found = shares(boston, "quarter", "district")
    assert found and min(found.values()) >= 0.8


def test_what_is_lost_is_shown_plus_withheld(boston):
    found = loss(boston)
    assert (found["withheld"] <= found["values"]).all() and (
        found["inside"] <= found["counted"]
    ).all()
    assert f"{found['withheld'].sum():,} of {found['values'].sum():,}" in sentences.withheld(boston)
