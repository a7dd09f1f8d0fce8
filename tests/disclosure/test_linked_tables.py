"""All tables as one system: what adds up along time and axes, what cannot occur, and what is no
table at all.
"""

from dataclasses import replace
from itertools import product

import pandas as pd
import pytest

from openresponse.disclosure import cell_suppression
from openresponse.disclosure.audit.verdict import audit
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy, Node, flat
from openresponse.tables.microdata import COUNT, MONTH, Microdata
from support.behind import protect
from support.tables import line, publish, table

CMS = Rule("test", 11, "typed in")


def over_time(counts: dict[str, int], name: str) -> ContingencyTable:
    """One count in several periods."""
    cells = pd.DataFrame({"period": list(counts), "count": list(counts.values())})
    return ContingencyTable(name, "incidents", cells.astype({"period": "string"}), {})


def ages(name: str, counts: dict[tuple[int, int], int]) -> ContingencyTable:
    """Counts by bands of age."""
    nodes = tuple(Node(f"{a}-{b}", "", None, None, ("age", a, b)) for a, b in counts)
    cells = pd.DataFrame(
        {"period": "2026", name: [node.code for node in nodes], "count": list(counts.values())}
    ).astype({"period": "string", name: "string"})
    return ContingencyTable(name, "incidents", cells, {name: Hierarchy(name, nodes)})


WINDOWS = [
    over_time({"2024-10/2025-09": 240, "2024-11/2025-10": 225}, "windows"),
    over_time({"2024-10": 20, "2025-10": 5}, "months"),
]
BANDS = [
    ages("a", {(18, 25): 40, (25, 30): 6, (30, 40): 50}),
    ages("b", {(18, 30): 46, (30, 40): 50}),
]


@pytest.mark.parametrize("tables", [WINDOWS, BANDS], ids=["rolling windows", "overlapping bands"])
def test_what_overlaps_is_protected_together_with_the_pieces_it_is_made_of(tables):
    statuses = protect(tables, CMS).statuses
    small = [t.cells["count"].between(1, 10) & (statuses[t.name] == "") for t in tables]
    assert not pd.concat(small).any()
    assert audit(publish(tables, statuses), CMS).ok


def by_stage_and_outcome() -> ContingencyTable:
    """Only a call that a team came to has an outcome, so half of the table cannot occur."""
    stage = flat("stage", {"out": "", "came": ""})
    outcome = Hierarchy(
        "outcome",
        (
            Node("all", ""),
            Node("none", "", "all", means=("stage", "out")),
            Node("some", "", "all", means=("stage", "came")),
        ),
    )
    counts = {
        ("out", "none"): 40,
        ("out", "some"): 0,
        ("came", "none"): 0,
        ("came", "some"): 30,
    }
    return table(counts, {"stage": stage, "outcome": outcome})


def test_what_cannot_occur_is_no_secret_even_where_zeros_are_withheld():
    t = replace(by_stage_and_outcome(), zeros="hidden")
    statuses = protect([t], CMS).statuses["t"]
    assert set(statuses[t.cells["count"] == 0]) == {"c"}
    assert set(statuses[t.cells["count"] > 0]) == {""}
    assert audit(publish([t], {"t": statuses}), CMS).ok


def test_a_zero_that_the_shown_figures_give_away_is_withheld_with_others():
    t = replace(line([0, 20, 30]), zeros="hidden")
    statuses = protect([t], CMS).statuses["t"]
    assert (statuses == "c").sum() >= 2
    assert audit(publish([t], {"t": statuses}), CMS).ok


@pytest.mark.parametrize("rows", [[0, 1, 2], [0, 1, 2, 3, 3]], ids=["left out", "twice"])
def test_a_row_that_is_left_out_or_occurs_twice_stops_the_search(rows):
    t = line([50, 20, 30])
    with pytest.raises(DisclosureError, match="each once"):
        protect([replace(t, cells=t.cells.iloc[rows].reset_index(drop=True))], CMS)


def test_tables_that_no_real_table_can_be_behind_stop_the_search():
    """Every pair of three faces agrees, and no cube has all three."""
    two = {d: flat(d, {f"{d}0": "", f"{d}1": ""}) for d in "abc"}
    faces = []
    for (x, y), same in (("ab", True), ("bc", True), ("ac", False)):
        counts = {
            (f"{x}{i}", f"{y}{j}"): 20 * ((i == j) == same) for i, j in product((0, 1), repeat=2)
        }
        faces.append(table(counts, {x: two[x], y: two[y]}, x + y))
    with pytest.raises(DisclosureError, match="not that of the records"):
        protect(faces, CMS)


def rows_of(*kinds: tuple[str, str, int]) -> Microdata:
    """Records by sort and color, how many of each."""
    rows = pd.DataFrame(kinds, columns=["sort", "color", COUNT])
    return Microdata("incidents", rows.assign(**{MONTH: 2026 * 12 + 9}))


def by_sort_and_color() -> ContingencyTable:
    """Nobody was green, and no b was red."""
    sorts, colors = flat("sort", dict.fromkeys("ab", "")), flat("color", dict.fromkeys("rbg", ""))
    counts = {("a", "r"): 40, ("a", "b"): 30, ("b", "b"): 50}
    hierarchies = {"sort": sorts, "color": colors}
    every = {pair: counts.get(pair, 0) for pair in product("ab", "rbg")}
    return table(every, hierarchies)


@pytest.mark.parametrize("often", [30, 1000])
def test_where_zeros_are_withheld_a_code_that_never_occurred_may_be_large(often):
    """Nobody was green, and neither the search nor the audit takes that for known."""
    rule = Rule("test", 5, "typed in", zeros="hidden", often=often)
    t, behind = by_sort_and_color(), rows_of(("a", "r", 40), ("a", "b", 30), ("b", "b", 50))
    found = cell_suppression.protect([t], [behind], rule)
    statuses = found.statuses["t"]
    assert set(statuses[t.cells["count"] == 0]) == {"c"}
    assert (statuses == "c").sum() > (t.cells["count"] == 0).sum()
    shown = publish([t], {"t": statuses})
    assert audit(shown, rule, relations=found.system.relations).ok


def test_what_a_definition_excludes_is_published_and_no_secret_however_seldom_it_could_be():
    rule = Rule("test", 5, "typed in", zeros="hidden", often=1000)
    t, behind = by_sort_and_color(), rows_of(("a", "r", 40), ("a", "b", 30), ("b", "b", 50))
    green = tuple((("sort", sort), ("color", "g")) for sort in "ab")
    behind = replace(behind, never=(*green, (("sort", "b"), ("color", "r"))))
    found = cell_suppression.protect([t], [behind], rule)
    statuses = found.statuses["t"]
    assert list(statuses == "c") == list(t.cells["count"] == 0)
    relations = found.system.relations
    assert set(zip(relations["code"], relations["other_code"], strict=True)) == {
        ("g", "a"),
        ("g", "b"),
        ("r", "b"),
    }
    shown = publish([t], {"t": statuses})
    assert audit(shown, rule, relations=relations).ok
    assert not audit(shown, rule).ok
