"""What categories of different tables mean to each other is part of what an attacker knows."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openresponse.disclosure.cell_suppression import protect
from openresponse.disclosure.rules import Rule
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy, Node, flat
from openresponse.tables.microdata import ABSENT, COUNT, MONTH, Microdata
from support.records import FIRST, counted, largest, small_and_provable

RULE = Rule("test", 5, "typed in", reach=1)
STAGE = Hierarchy(
    "stage",
    (
        Node("calls", ""),
        Node("not_eligible", "", "calls"),
        Node("outside", "", "not_eligible"),
        Node("area_not_recorded", "", "not_eligible"),
        Node("eligible", "", "calls"),
    ),
)
DISTRICT = flat("district", {"north": "", "south": "", "not_recorded": ""})
SERVICE = Hierarchy(
    "service",
    (Node("calls", ""), Node("not_eligible", "", "calls"), Node("eligible", "", "calls")),
)


def calls() -> pd.DataFrame:
    """Three months of calls. A district that is not recorded is the reason why a call is not
    eligible, and the only one.
    """
    kinds = [
        ("outside", "north", "not_eligible", 40),
        ("outside", "south", "not_eligible", 50),
        ("area_not_recorded", "not_recorded", "not_eligible", 15),
        ("eligible", "north", "eligible", 60),
        ("eligible", "south", "eligible", 70),
        ("eligible", "not_recorded", "eligible", 12),
    ]
    rows = [
        (FIRST + month, stage, district, service, n + (3 * month if n > 30 else month))
        for month in range(3)
        for stage, district, service, n in kinds
    ]
    frame = pd.DataFrame(rows, columns=[MONTH, "stage", "district", "service", COUNT])
    frame.loc[frame["stage"].eq("eligible") & frame["district"].eq("not_recorded"), COUNT] = [
        1,
        1,
        2,
    ]
    return frame


def quarter_tables(records: pd.DataFrame) -> list[ContingencyTable]:
    period = pd.Series("2026-Q1", index=records.index)
    monthly = records[MONTH].map({FIRST + m: f"2026-0{m + 1}" for m in range(3)})
    return [
        counted("funnel", records, {"stage": STAGE}, monthly),
        counted("reasons", records, {"stage": STAGE}, period),
        counted("districts", records, {"district": DISTRICT, "service": SERVICE}, period),
    ]


def test_a_reason_that_is_another_tables_category_gives_nothing_away():
    """Calls without a district less those that were not eligible for that reason are the eligible
    ones: 4 here, which the districts withhold.
    """
    records = calls()
    tables, known = quarter_tables(records), Microdata("incidents", records)
    statuses = protect(tables, [known], RULE).statuses
    assert small_and_provable(tables, statuses, known, RULE) == []


def test_without_that_knowledge_the_same_pattern_is_one_that_gives_it_away():
    """The test above can fail: a search that takes every combination for possible leaks."""
    records = calls()
    tables, known = quarter_tables(records), Microdata("incidents", records)
    names = ["stage", "district", "service"]
    every = pd.MultiIndex.from_product(
        [sorted(records[MONTH].unique()), *(sorted(records[n].unique()) for n in names)],
        names=[MONTH, *names],
    )
    ignorant = records.set_index([MONTH, *names])[COUNT].reindex(every, fill_value=0).reset_index()
    statuses = protect(tables, [Microdata("incidents", ignorant)], RULE).statuses
    assert ("districts", "2026-Q1", "not_recorded", "eligible") in small_and_provable(
        tables, statuses, known, RULE
    )


def test_an_arrest_as_an_outcome_is_an_arrest_as_an_event():
    """Monthly arrests of 1 or 2 that add up to a shown yearly 12 would be small for certain."""
    outcome = flat("outcome", {"home": "", "hospital": "", "arrest": ""})
    answer = flat("answer", {"yes": "", "no": ""})
    kinds = [("home", "no", 30), ("hospital", "no", 25), ("arrest", "yes", 1)]
    rows = [
        (FIRST + month, how, event, n + (how == "arrest" and month in (3, 7, 9)))
        for month in range(12)
        for how, event, n in kinds
    ]
    records = pd.DataFrame(rows, columns=[MONTH, "outcome", "answer", COUNT])
    monthly = records[MONTH].map({FIRST + m: f"2026-{m + 1:02}" for m in range(12)})
    year = pd.Series("2026", index=records.index)
    tables = [
        counted("outcomes", records, {"outcome": outcome}, monthly),
        counted("safety", records, {"answer": answer}, year),
    ]
    known = Microdata("incidents", records)
    statuses = protect(tables, [known], RULE).statuses
    assert (statuses["safety"] == "c").any(), "the yearly count of arrests cannot be shown"
    assert small_and_provable(tables, statuses, known, RULE) == []


KINDS = [(a, b, c) for a in ("a0", "a1") for b in ("b0", "b1", ABSENT) for c in ("c0", "c1")]


@given(
    possible=st.sets(st.sampled_from(KINDS), min_size=3),
    counts=st.lists(st.integers(0, 9), min_size=24, max_size=24),
    pairs=st.sets(st.sampled_from(["ab", "ac", "bc"]), min_size=2),
)
def test_whatever_can_occur_together_no_small_count_is_provable(possible, counts, pairs):
    """Two months and three attributes, of which some combinations never occur; tables by month of
    each attribute alone, and of pairs of them over both months.
    """
    rows = [
        (FIRST + month, *kind, counts[12 * month + at])
        for month in range(2)
        for at, kind in enumerate(KINDS)
        if kind in possible
    ]
    records = pd.DataFrame(rows, columns=[MONTH, "a", "b", "c", COUNT])
    one = {name: flat(name, {f"{name}0": "", f"{name}1": ""}) for name in "abc"}
    monthly = records[MONTH].map({FIRST: "2026-01", FIRST + 1: "2026-02"})
    both = pd.Series("2026-01/2026-02", index=records.index)
    tables = [counted(name, records, {name: one[name]}, monthly) for name in "abc"]
    tables += [counted(pair, records, {n: one[n] for n in pair}, both) for pair in sorted(pairs)]
    known = Microdata("incidents", records)
    statuses = protect(tables, [known], RULE).statuses
    assert small_and_provable(tables, statuses, known, RULE) == []


@pytest.mark.parametrize("reach", [1, 2, 3])
def test_a_withheld_small_count_may_be_as_large_as_the_rule_wants(reach):
    records = calls()
    tables, known = quarter_tables(records), Microdata("incidents", records)
    rule = RULE.model_copy(update={"reach": reach})
    statuses = protect(tables, [known], rule).statuses
    for table in tables:
        for row, count in enumerate(table.cells["count"]):
            if rule.hides(count):
                at_most = largest(table, row, tables, statuses, known)
                assert at_most >= reach * rule.threshold
