"""Nobody can prove that a withheld number is small; where somebody could, the audit says so."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openresponse.disclosure.audit.verdict import audit
from openresponse.disclosure.earlier_release import EarlierRelease
from openresponse.disclosure.rules import Rule
from openresponse.disclosure.suppression.search import Settings
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy, Node, flat
from support.behind import protect
from support.tables import grid, hide, line, publish, table

T3 = Rule("test", 3, "typed in")
CMS = Rule("test", 11, "typed in")


def opened(tables, statuses, rule=CMS):
    return audit(publish(tables, statuses), rule).opened


def test_a_lone_withheld_cell_in_a_row_is_opened():
    t = line([5, 20, 30])
    assert opened([t], {"t": hide(t, ("k0",))}) == ("t [period=2026-10, kind=k0]",)


def test_two_withheld_cells_that_sum_to_little_are_opened():
    t = line([5, 6, 30])
    assert len(opened([t], {"t": hide(t, ("k0",), ("k1",))})) == 2, (
        "11 is 10 and 1 at most: neither can be 11"
    )


def test_one_opened_figure_refuses_a_release_where_no_more_are_asked_for():
    t = line([5, 6, 40])
    published = publish([t], {"t": hide(t, ("k0",), ("k1",))})
    whole, first = audit(published, CMS), audit(published, CMS, enough=1)
    assert len(first.opened) == 1 and set(first.opened) < set(whole.opened) and not first.ok
    assert (first.tried, first.components, first.largest) == (
        whole.tried,
        whole.components,
        whole.largest,
    )


def test_a_withheld_pair_closed_by_another_table_is_opened():
    a, b = line([5, 40, 30], "a"), line([5, 40, 30], "b")
    assert opened([a], {"a": hide(a, ("k0",), ("k1",))}) == ()
    assert opened([a, b], {"a": hide(a, ("k0",), ("k1",)), "b": hide(b, ("k0",), ("k2",))}) == (
        "a [period=2026-10, kind=k0]",
    )


def test_the_four_by_four_example_is_opened_though_no_row_or_column_has_one_withheld_cell():
    t = grid([[20, 50, 10, 5], [8, 19, 22, 0], [17, 32, 12, 6], [21, 30, 14, 2]])
    pattern = hide(
        t,
        ("r0", "c2"),
        ("r0", "c3"),
        ("r1", "c0"),
        ("r1", "c1"),
        ("r2", "c0"),
        ("r2", "c3"),
        ("r3", "c1"),
        ("r3", "c3"),
    )
    assert opened([t], {"t": pattern}, Rule("test", 11, ""))


def test_a_withheld_month_is_opened_by_the_year():
    months = {(f"2025-{m:02}",): 5 if m == 4 else 20 for m in range(1, 13)}
    none = {}
    monthly, yearly = (
        table(months, none, "m", period=None),
        table({(): sum(months.values())}, none, "y", "2025"),
    )
    status = monthly.cells["period"].eq("2025-04").map({True: "c", False: ""}).astype("string")
    assert opened([monthly, yearly], {"m": status, "y": hide(yearly)}) == ("m [period=2025-04]",)


def test_a_total_that_means_a_part_of_another_table_opens_it():
    outer = table({("a",): 5, ("b",): 40}, {"stage": flat("stage", {"a": "", "b": ""})}, "outer")
    inner = table({("x",): 5}, {"kind": flat("kind", {"x": ""})}, "inner", subset=(("stage", "a"),))
    shown = {"outer": hide(outer, ("a",), ("all",)), "inner": hide(inner, ("all",), ("x",))}
    assert opened([outer, inner], shown) == ()
    with pytest.raises(DisclosureError, match="below 11 is shown"):
        audit(publish([outer, inner], {**shown, "inner": hide(inner, ("x",))}), CMS)


def test_a_node_that_means_the_same_elsewhere_is_one_cell():
    a = line([5, 40], "a", dimension="stage")
    hierarchy = Hierarchy(
        "kind", (Node("all", ""), Node("p", "", "all", means=("stage", "k0")), Node("q", "", "all"))
    )
    b = table({("p",): 5, ("q",): 40}, {"kind": hierarchy}, "b")
    assert opened([a, b], {"a": hide(a, ("k0",), ("k1",)), "b": hide(b, ("p",))}) == (
        "a [period=2026-10, stage=k0]",
    )


def test_a_small_count_that_is_shown_stops_the_audit():
    t = line([5, 20])
    with pytest.raises(DisclosureError, match="below 11 is shown"):
        audit(publish([t], {"t": hide(t)}), CMS)


def test_a_row_left_out_instead_of_marked_stops_the_audit():
    t = publish([line([5, 20, 30])], {"t": hide(line([5, 20, 30]), ("k0",), ("k1",))})[0]
    cut = ContingencyTable(t.name, t.universe, t.cells[t.cells["kind"] != "k0"], t.hierarchies)
    with pytest.raises(DisclosureError, match="missing instead of marked"):
        audit([cut], CMS)


def test_a_row_that_occurs_twice_stops_the_audit():
    t = publish([line([50, 20, 30])], {"t": hide(line([50, 20, 30]))})[0]
    twice = ContingencyTable(
        t.name,
        t.universe,
        t.cells.iloc[[*range(len(t.cells)), -1]].reset_index(drop=True),
        t.hierarchies,
    )
    with pytest.raises(DisclosureError, match="occurs twice"):
        audit([twice], CMS)


def test_a_flipped_digit_stops_the_audit():
    t = publish([grid([[20, 50], [30, 40]])], {"t": hide(grid([[20, 50], [30, 40]]))})[0]
    cells = t.cells.copy()
    cells.loc[len(cells) - 1, "count"] += 1
    with pytest.raises(DisclosureError, match="do not add up"):
        audit([ContingencyTable(t.name, t.universe, cells, t.hierarchies)], CMS)


def test_a_dropped_marker_stops_the_audit():
    t = publish([line([5, 20, 30])], {"t": hide(line([5, 20, 30]), ("k0",), ("k1",))})[0]
    cells = t.cells.assign(status="")
    with pytest.raises(DisclosureError, match="marker do not agree"):
        audit([ContingencyTable(t.name, t.universe, cells, t.hierarchies)], CMS)


def test_an_error_names_the_cell_and_never_its_value():
    t = line([7, 20, 30])
    with pytest.raises(DisclosureError) as caught:
        audit(publish([t], {"t": hide(t, ("k0",))}), CMS).check()
    assert "kind=k0" in str(caught.value) and "7" not in str(caught.value)


def test_what_was_shown_stays_shown_and_what_was_withheld_stays_withheld():
    t = line([5, 20, 30, 40])
    first = protect([t], CMS).statuses["t"]
    withheld = set(t.cells["kind"][first == "c"])
    assert "k0" in withheld and len(withheld) >= 2
    before = publish([t], {"t": hide(t, ("k0",), ("k3",))})[0].cells
    assert list(protect([t], CMS, EarlierRelease({"t": before})).statuses["t"]) == list(
        hide(t, ("k0",), ("k3",))
    )


def test_what_a_reader_knows_from_elsewhere_protects_nothing():
    t = line([5, 200, 300])
    known = ContingencyTable(
        t.name, t.universe, t.cells, t.hierarchies, known=(frozenset({("kind", "k1")}),)
    )
    assert set(t.cells["kind"][protect([known], CMS).statuses["t"] == "c"]) <= {"k0", "k2", "all"}


def test_a_published_figure_that_would_change_stops_the_release():
    before = publish([line([30, 20])], {"t": hide(line([30, 20]))})[0].cells
    with pytest.raises(DisclosureError, match="published earlier would change"):
        protect([line([31, 20])], CMS, EarlierRelease({"t": before}))


def test_margins_that_do_not_add_stop_the_release():
    t = line([20, 30])
    cells = t.cells.assign(count=[51, 20, 30])
    with pytest.raises(DisclosureError, match="not that of the records"):
        protect([ContingencyTable("t", "incidents", cells, t.hierarchies)], CMS)


@pytest.mark.parametrize("count", [-1, 2.5, None])
def test_what_is_no_count_stops_the_release(count):
    t = line([20, 30])
    cells = t.cells.assign(count=t.cells["count"].astype("Float64"))
    cells.loc[1, "count"] = count
    with pytest.raises(DisclosureError, match="whole numbers"):
        protect([ContingencyTable("t", "incidents", cells, t.hierarchies)], CMS)


def test_two_tables_that_count_the_same_differently_stop_the_release():
    with pytest.raises(DisclosureError, match="not that of the records"):
        protect([line([20, 30], "a"), line([20, 31], "b")], CMS)


def test_the_same_seed_gives_the_same_pattern():
    t = grid([[5, 20, 30], [40, 8, 50], [60, 70, 80]])
    first, second = (protect([t], CMS, settings=Settings(seed=7)) for _ in range(2))
    assert first.statuses["t"].equals(second.statuses["t"])


def test_renaming_and_permuting_change_no_verdict():
    t = grid([[5, 20, 30], [40, 8, 50], [60, 70, 80]])
    shuffled = t.cells.sample(frac=1, random_state=1).reset_index(drop=True)
    again = ContingencyTable("t", "incidents", shuffled, t.hierarchies)
    assert audit(publish([again], protect([again], CMS).statuses), CMS).ok


counts = st.integers(min_value=0, max_value=6)


@given(
    st.lists(st.lists(counts, min_size=2, max_size=3), min_size=2, max_size=3).filter(
        lambda g: len({len(r) for r in g}) == 1
    )
)
def test_a_grid_can_always_be_protected_and_then_withstands_the_audit(numbers):
    t = grid(numbers)
    statuses = protect([t], T3).statuses
    assert ((t.cells["count"] > 0) & (t.cells["count"] < 3) & (statuses["t"] == "")).sum() == 0
    assert audit(publish([t], statuses), T3).ok


@given(
    st.lists(st.lists(counts, min_size=2, max_size=2), min_size=2, max_size=2),
    st.sets(st.integers(0, 8)),
)
def test_the_audit_agrees_with_trying_every_table_of_whole_numbers(numbers, more):
    t = grid(numbers)
    withheld = np.zeros(len(t.cells), dtype=bool)
    withheld[list(more)] = True
    withheld |= ((t.cells["count"] > 0) & (t.cells["count"] < 3)).to_numpy()
    withheld &= (t.cells["count"] > 0).to_numpy()
    shown = t.cells["count"].to_numpy(dtype=int)
    status = hide(t).mask(withheld, "c")
    keys = list(zip(t.cells["row"], t.cells["column"], strict=True))
    cells = list(product(("r0", "r1"), ("c0", "c1")))
    part_of = np.array(
        [[row in ("all", r) and column in ("all", c) for r, c in cells] for row, column in keys],
        dtype=int,
    )
    every = np.array(list(product(range(15), repeat=4))) @ part_of.T
    agrees = (every[:, ~withheld] == shown[~withheld]).all(axis=1) & (every[:, withheld] >= 1).all(
        axis=1
    )
    small = {keys[i] for i in np.flatnonzero(withheld) if every[agrees, i].max() < 3}
    opened = {name.split("[")[1] for name in audit(publish([t], {"t": status}), T3).opened}
    assert opened == {f"period=2026-10, row={r}, column={c}]" for r, c in small}


def test_figures_that_agree_by_chance_are_not_taken_for_the_same_where_that_cannot_be():
    """Both show 20, 30 and 50; in the fourth month one shows 0, the other withholds 1 or more."""

    def months(name: str, numbers: list[int], withheld: set[int]) -> ContingencyTable:
        leaves = {(f"2026-0{m + 1}", "yes"): n for m, n in enumerate(numbers)} | {
            (f"2026-0{m + 1}", "no"): 100 + m for m in range(len(numbers))
        }
        t = table(leaves, {name: flat(name, {"yes": "", "no": ""})}, name, None)
        rows = t.cells["period"].isin([f"2026-0{m + 1}" for m in withheld])
        status = (rows & (t.cells[name] != "all") | rows).map({True: "c", False: ""})
        cells = t.cells.assign(status=status, count=t.cells["count"].astype("Int64").mask(rows))
        return replace(t, cells=cells)

    one = months("one", [20, 30, 50, 0], set())
    other = months("other", [20, 30, 50, 40], {3})
    assert audit([other, one], CMS).ok
