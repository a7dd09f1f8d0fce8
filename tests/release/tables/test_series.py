"""Places and models that begin, end or become another: nothing is zero that was not there."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from openresponse.disclosure import cell_suppression, rules
from openresponse.measures import tabulation
from openresponse.measures.counting import sensitivity
from openresponse.measures.counting.record_attributes import microdata
from openresponse.program.areas import District
from openresponse.records import collection
from openresponse.release import candidate, public_tables
from openresponse.release.candidate import Occasion
from openresponse.release.checks import admission
from openresponse.release.tables import cells
from support.extract import deliver, described

MONTHS = [f"2026-{month:02}" for month in range(1, 7)]
RENAMED = {
    "B-2": District(label="Old", valid_to="2026-03"),
    "R-2": District(label="New", valid_from="2026-04", was=("B-2",)),
    "C-6": District(label="Other"),
}


def with_districts(boston, districts, *tables):
    areas = boston.areas.model_copy(update={"districts": districts})
    codes = {code: code for code in ("B-2", "R-2", "C-6")}
    city = described(boston, "incidents", {"district": {"column": "District", "codes": codes}})
    tables = {name: city.tables[name] for name in tables}
    return city.model_copy(update={"areas": areas, "tables": tables})


def called(raw, by_month):
    """Deliveries with so many calls of each month's districts."""
    for month, districts in by_month.items():
        days = pd.Period(month).days_in_month
        rows = [
            {
                "Incident Number": f"P{month}-{district}-{number}",
                "Call Received": f"{month}-{1 + number % days:02} 10:00:00",
                "District": district,
            }
            for district, calls in districts.items()
            for number in range(calls)
        ]
        deliver(raw, month, incidents=rows)


def released(city, month, rule, before=None):
    """A release with its tables, as it would be written; admitted by the audit."""
    records = collection.collect(city, month)
    counted = tabulation.count(city, records, month)
    data = microdata(city, records, counted)
    counts = [part.counts for part in counted]
    protection = cell_suppression.protect(counts, data, rule)
    tables = public_tables.make(city, records, counted, protection.statuses, rule, before)
    made = candidate.write(
        city,
        records,
        counted,
        tables,
        rule,
        Occasion(month),
        relations=protection.system.relations,
    )
    admission.check(made, city.folders, rule)
    return made


@pytest.mark.parametrize("zeros", ["public", "hidden"])
def test_a_district_is_not_applicable_before_it_began_and_after_it_ended(boston, zeros):
    city = with_districts(boston, RENAMED, "districts")
    old, new = {"B-2": 40, "C-6": 50}, {"R-2": 45, "C-6": 55}
    called(city.folders.raw, dict.fromkeys(MONTHS[:3], old) | dict.fromkeys(MONTHS[3:], new))
    rule = rules.PRESETS["cms-11"].model_copy(update={"zeros": zeros})
    made = released(city, "2026-06", rule)
    table = made.tables["districts"]
    calls = table[table["service"] == "calls"].set_index(["period", "district"])
    status = calls["incidents_status"]
    assert list(status.index[status == "z"]) == [("2026-Q1", "R-2"), ("2026-Q2", "B-2")]
    if zeros == "public":
        assert list(status.index[status == "b"]) == [("2026-Q2", "R-2")]
    nothing = table[table["incidents_status"] == "z"]
    assert nothing.filter(like="incidents").select_dtypes("number").isna().all(axis=None)
    # Who reads the tables knows that there was none: it hides nothing.
    (read,) = cells.count_tables(made)
    known = read.cells.merge(nothing[["period", "district"]].drop_duplicates())
    assert (known["count"] == 0).all() and (known["status"] == "").all()


def test_a_part_of_a_period_and_a_district_that_lost_a_part_are_a_break(boston):
    split = {
        "B-2": District(label="Smaller"),
        "R-2": District(label="New", valid_from="2026-05", was=("B-2",)),
        "C-6": District(label="Other"),
    }
    city = with_districts(boston, split, "districts")
    called(city.folders.raw, {key: {"B-2": 40, "R-2": 0, "C-6": 50} for key in MONTHS})
    table = released(city, "2026-06", rules.PRESETS["cms-11"]).tables["districts"]
    calls = table[table["service"] == "calls"].set_index(["period", "district"])
    broken = calls.index[calls["incidents_status"] == "b"]
    assert list(broken) == [("2026-Q2", "B-2"), ("2026-Q2", "R-2")]


def test_a_district_that_ends_changes_no_figure_published_before(boston):
    always = {code: District(label=code) for code in ("B-2", "C-6")}
    rule = rules.PRESETS["cms-11"]
    city = with_districts(boston, always, "districts")
    called(city.folders.raw, {key: {"B-2": 40, "C-6": 0} for key in MONTHS[:3]})
    before = released(city, "2026-03", rule)
    city = with_districts(boston, RENAMED, "districts")
    called(city.folders.raw, {key: {"R-2": 40, "C-6": 50} for key in MONTHS[3:]})
    now = released(city, "2026-06", rule, before).tables["districts"]
    was = before.tables["districts"]
    both = was.merge(now, on=["period", "district", "service"], suffixes=("", "_now"))
    assert len(both) == len(was)
    pd.testing.assert_series_equal(both["incidents"], both["incidents_now"], check_names=False)


def test_a_model_is_not_applicable_in_months_before_and_after_it(boston):
    city = boston.model_copy(
        update={"tables": {"model_attendance": boston.tables["model_attendance"]}}
    )
    co_response = city.models["co_response"].model_copy(
        update={"launched": "2026-02", "ended": "2026-02"}
    )
    city = city.model_copy(update={"models": city.models | {"co_response": co_response}})
    called(city.folders.raw, {key: {"B-2": 40} for key in MONTHS[:3]})
    table = released(city, "2026-03", rules.PRESETS["cms-11"]).tables["model_attendance"]
    calls = table[(table["attendance"] == "calls") & (table["model"] == "co_response")]
    assert calls["incidents_status"].tolist() == ["z", "p", "z"]


def test_figures_of_an_incomplete_month_are_marked_and_so_are_those_it_is_part_of(boston):
    city = with_districts(boston, RENAMED, "districts", "responders", "data_quality")
    called(city.folders.raw, {month: {"C-6": 124} for month in MONTHS[:3]})
    path = city.folders.raw / "2026-03" / "incidents.csv"
    kept = [line for line in path.read_text().splitlines() if not re.search("2026-03-[23]", line)]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    city = city.model_copy(
        update={"release": city.release.model_copy(update={"provisional_months": 0})}
    )
    made = released(city, "2026-03", rules.PRESETS["cms-11"])
    by_month = made.tables["responders"].groupby("period")["incidents_status"].first().to_dict()
    assert by_month == {"2026-01": "", "2026-02": "", "2026-03": "b"}
    assert set(made.tables["districts"]["incidents_status"]) == {"b", "z"}
    assert "b" not in set(made.tables["data_quality"]["rows_status"])


def test_a_count_where_nothing_should_be_is_not_exempt_from_the_rule(boston):
    city = with_districts(boston, RENAMED, "districts")
    old, new = {"B-2": 40}, {"R-2": 45}
    called(city.folders.raw, dict.fromkeys(MONTHS[:3], old) | dict.fromkeys(MONTHS[3:], new))
    (part,) = tabulation.count(city, collection.collect(city, "2026-06"), "2026-06")
    ended = frozenset({("period", "2026-Q2"), ("district", "B-2")})
    assert ended in part.counts.exempt
    there = part.counts.cells.eval("period == '2026-Q2' and district == 'B-2'")
    wrong = part.counts.cells.assign(count=part.counts.cells["count"].mask(there, 4))
    plain = replace(part.counts, cells=wrong, exempt=(), known=())
    assert ended not in sensitivity.informed(replace(part, counts=plain), city).counts.exempt
