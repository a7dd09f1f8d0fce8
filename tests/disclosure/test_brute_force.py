"""On tiny tables the audit and the search are held against every table of whole numbers there can
be.
"""

from dataclasses import replace
from functools import cache
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from openresponse.disclosure.audit.verdict import audit
from openresponse.disclosure.earlier_release import EarlierRelease
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy, Node, flat
from support.behind import protect
from support.cities import FULL
from support.tables import publish, table

pytestmark = pytest.mark.slow

PICKY = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    max_examples=150 if FULL else 16,  # of a shape, under all rules
)
MOST = 8  # incidents in all, so that every table can be tried


def two(dimension: str) -> Hierarchy:
    return flat(dimension, {f"{dimension}0": "", f"{dimension}1": ""})


def faces(atoms) -> list[ContingencyTable]:
    """The three faces of a cube: a ring."""
    cube = dict(zip(product((0, 1), repeat=3), atoms, strict=True))
    found = []
    for x, y in combinations(range(3), 2):
        sums = {}
        for key, n in cube.items():
            pair = (f"{'abc'[x]}{key[x]}", f"{'abc'[y]}{key[y]}")
            sums[pair] = sums.get(pair, 0) + n
        found.append(table(sums, {d: two(d) for d in ("abc"[x], "abc"[y])}, "abc"[x] + "abc"[y]))
    return found


def nested(atoms) -> list[ContingencyTable]:
    """Areas in regions, by sex."""
    areas = Hierarchy(
        "area",
        (
            Node("all", ""),
            Node("north", "", "all"),
            Node("n0", "", "north"),
            Node("n1", "", "north"),
            Node("south", "", "all"),
            Node("s0", "", "south"),
            Node("s1", "", "south"),
        ),
    )
    keys = product(("n0", "n1", "s0", "s1"), ("x0", "x1"))
    return [table(dict(zip(keys, atoms, strict=True)), {"area": areas, "x": two("x")}, "nested")]


def overlapping(atoms) -> list[ContingencyTable]:
    """The same eight places in counties, and by size."""
    codes = [f"p{i}" for i in range(8)]
    found = []
    for name, parent in (
        ("county", lambda i: f"county{i // 4}"),
        ("size", lambda i: f"size{i % 3}"),
    ):
        groups = dict.fromkeys(parent(i) for i in range(8))
        nodes = (
            Node("all", ""),
            *(Node(g, "", "all") for g in groups),
            *(Node(c, "", parent(i)) for i, c in enumerate(codes)),
        )
        found.append(
            table(
                {(c,): n for c, n in zip(codes, atoms, strict=True)},
                {"place": Hierarchy("place", nodes)},
                name,
            )
        )
    return found


def in_time(atoms) -> list[ContingencyTable]:
    """Three months and their quarter, by two kinds; two atoms of another universe that nothing else
    counts.
    """
    months = {(f"2026-0{m}", f"k{k}"): atoms[2 * m - 2 + k] for m in (1, 2, 3) for k in (0, 1)}
    quarter = {(f"k{k}",): sum(atoms[2 * m - 2 + k] for m in (1, 2, 3)) for k in (0, 1)}
    kinds = flat("kind", {"k0": "", "k1": ""})
    other = {("k0",): atoms[6], ("k1",): atoms[7]}
    return [
        table(months, {"kind": kinds}, "months", None),
        table(quarter, {"kind": kinds}, "quarter", "2026-Q1"),
        table(other, {"kind": kinds}, "rows", universe="rows"),
    ]


def linked(atoms) -> list[ContingencyTable]:
    """How far a call got, and who came, each by kind; a third table says that a team that came is
    one of two of those who came.
    """
    stage = flat("stage", {"out": "", "came": ""})
    who = Hierarchy(
        "who",
        (
            Node("all", ""),
            Node("police", "", "all"),
            Node("with_police", "", "police"),
            Node("police_only", "", "police"),
            Node("no_police", "", "all"),
            Node("team_only", "", "no_police"),
            Node("nobody", "", "no_police"),
        ),
    )
    both = Hierarchy(
        "both",
        (
            Node("all", ""),
            Node("out", "", "all", means=("stage", "out")),
            Node("came", "", "all", means=("stage", "came")),
            Node("with_police", "", "came", means=("who", "with_police")),
            Node("team_only", "", "came", means=("who", "team_only")),
        ),
    )
    found = dict(
        zip(
            product(("k0", "k1"), ("with_police", "team_only", "police_only", "nobody")),
            atoms,
            strict=True,
        )
    )
    far, came = {}, {}
    for (kind, code), n in found.items():
        step = "came" if code in ("with_police", "team_only") else "out"
        far[kind, step] = far.get((kind, step), 0) + n
        leaf = code if step == "came" else "out"
        came[leaf,] = came.get((leaf,), 0) + n
    kinds = flat("kind", {"k0": "", "k1": ""})
    return [
        table(far, {"kind": kinds, "stage": stage}, "far"),
        table(found, {"kind": kinds, "who": who}, "who"),
        table(came, {"both": both}, "both"),
    ]


SHAPES = [faces, nested, overlapping, in_time, linked]
RULES = [Rule("t", 3, ""), Rule("t", 2, ""), Rule("t", 3, "", zeros="hidden")]
ROUNDED = Rule("t", 3, "", round_to=5)
ATOMS = st.lists(st.integers(0, 3), min_size=8, max_size=8).filter(
    lambda atoms: 3 <= sum(atoms) <= MOST
)


@cache
def every_table(total: int) -> np.ndarray:
    """All ways in which eight atoms come to the total."""
    places = np.array(list(combinations(range(total + 7), 7)))
    edges = np.column_stack([np.full(len(places), -1), places, np.full(len(places), total + 7)])
    return np.diff(edges, axis=1) - 1


@cache
def cells_of(shape) -> np.ndarray:
    """Which atoms each cell counts, table after table."""
    return np.column_stack(
        [
            np.concatenate([t.cells["count"].to_numpy(dtype=int) for t in shape(list(unit))])
            for unit in np.eye(8, dtype=int)
        ]
    )


@cache
def names_of(shape) -> list[str]:
    return [
        f"{t.name} [" + ", ".join(f"{c}={row[c]}" for c in ("period", *t.hierarchies)) + "]"
        for t in shape([1] * 8)
        for row in t.cells.to_dict("records")
    ]


def provably_small(shape, atoms, withheld: np.ndarray, rule: Rule) -> set[str]:
    """The withheld cells that no table of the same total has at the threshold or more, by trying
    them all.
    """
    counts = cells_of(shape)
    every = every_table(sum(atoms)) @ counts.T
    true = counts @ np.array(atoms)
    least = 0 if rule.zeros == "hidden" else 1
    agrees = (every[:, ~withheld] == true[~withheld]).all(axis=1) & (
        every[:, withheld] >= least
    ).all(axis=1)
    largest = every[agrees].max(axis=0)
    names = names_of(shape)
    same = {
        tuple(row): n for n, row in reversed(list(enumerate(map(tuple, counts))))
    }  # one name for cells that count the same
    return {
        names[same[tuple(counts[i])]] for i in np.flatnonzero(withheld & (largest < rule.threshold))
    }


def statuses(tables, withheld: np.ndarray) -> dict:
    found, start = {}, 0
    for t in tables:
        found[t.name] = pd.Series(
            np.where(withheld[start : start + len(t.cells)], "c", ""), t.cells.index, dtype="string"
        )
        start += len(t.cells)
    return found


@pytest.mark.parametrize("shape", SHAPES)
@PICKY
@given(rule=st.sampled_from(RULES), atoms=ATOMS, more=st.sets(st.integers(0, 26), max_size=8))
def test_the_audit_opens_what_trying_every_table_opens(shape, rule, atoms, more):
    tables = shape(atoms)
    counts = cells_of(shape)
    true = counts @ np.array(atoms)
    withheld = np.array(rule.hides(true))
    withheld[[i for i in more if i < len(true) and (true[i] > 0 or rule.zeros == "hidden")]] = True
    withheld = _alike(counts, withheld)  # one is known from the other
    # The total of each universe is shown, so that all tables can be tried.
    assume(not withheld[_totals(shape)].any())
    opened = set(audit(publish(tables, statuses(tables, withheld)), rule).opened)
    assert opened == provably_small(shape, atoms, withheld, rule)


@pytest.mark.parametrize("shape", SHAPES)
@PICKY
@given(rule=st.sampled_from([*RULES, ROUNDED]), atoms=ATOMS)
def test_the_search_finds_a_pattern_and_what_it_withholds_withstands_the_audit(shape, rule, atoms):
    """Where everything may be withheld there is always a pattern, so it may not refuse."""
    tables = shape(atoms)
    statuses = protect(tables, rule).statuses
    for t in tables:
        assert not (rule.hides(t.cells["count"]) & (statuses[t.name] == "")).any()
    shown = publish(tables, statuses)
    if rule.round_to > 1:
        shown = [
            replace(t, cells=t.cells.assign(count=rule.rounded(t.cells["count"]))) for t in shown
        ]
    assert audit(shown, rule).ok


@pytest.mark.parametrize("shape", SHAPES)
@PICKY
@given(rule=st.sampled_from(RULES), atoms=ATOMS, shown=st.sets(st.integers(0, 26), max_size=20))
def test_the_search_refuses_exactly_where_no_pattern_there_is_protects(shape, rule, atoms, shown):
    """Some cells must stay shown, as an earlier release showed them. The pattern that withholds all
    others gives away least: if trying every table finds something provably small even there, no
    pattern protects, and otherwise one does.
    """
    tables, counts = shape(atoms), cells_of(shape)
    true = counts @ np.array(atoms)
    may_be_shown = ~np.array(rule.hides(true))
    stay_shown = np.isin(np.arange(len(true)), [*shown, *_totals(shape)])
    stay_shown = _alike(counts, stay_shown) & may_be_shown
    assume(stay_shown[_totals(shape)].all())
    zeros_shown = (true == 0) & (rule.zeros == "public")
    small = provably_small(shape, atoms, ~stay_shown & ~zeros_shown, rule)
    earlier, start = {}, 0
    for t in tables:
        rows = stay_shown[start : start + len(t.cells)]
        earlier[t.name] = t.cells[rows].assign(status="")
        start += len(t.cells)
    if small:
        with pytest.raises(DisclosureError, match="no pattern protects"):
            protect(tables, rule, EarlierRelease(earlier))
    else:
        protection = protect(tables, rule, EarlierRelease(earlier))
        withheld = np.concatenate([protection.statuses[t.name] == "c" for t in tables])
        assert not (withheld & stay_shown).any()
        assert not provably_small(shape, atoms, withheld, rule)


def _alike(counts: np.ndarray, flags: np.ndarray) -> np.ndarray:
    """The flags, also of cells that count the same as a flagged one."""
    return (counts[:, None] == counts[flags][None]).all(axis=2).any(axis=1)


def _totals(shape) -> list[int]:
    """The cells that count everything; the totals of each universe where there are two."""
    whole = np.flatnonzero(cells_of(shape).sum(axis=1) == 8).tolist()
    universes = ("quarter [period=2026-Q1, kind=all]", "rows [period=2026-10, kind=all]")
    return whole or [i for i, name in enumerate(names_of(shape)) if name in universes]
