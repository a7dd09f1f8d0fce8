"""Leaks that other systems have published, planted one by one: the audit finds each of them, and
only through the line of the attacker's knowledge that is named beside it. With that line switched
off the leak goes unnoticed.
"""

from dataclasses import dataclass, field, replace
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

from openresponse.disclosure.audit import equations, facts, verdict
from openresponse.disclosure.audit.facts import Facts
from openresponse.disclosure.audit.kind_sums import KindSums
from openresponse.disclosure.audit.meanings import Meanings
from openresponse.disclosure.audit.record_kinds import kind_blocks, table_attributes
from openresponse.disclosure.audit.record_kinds.kind_blocks import Block
from openresponse.disclosure.audit.rows import Rows
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable, Ratio
from openresponse.tables.hierarchy import Hierarchy, Node, flat
from support.tables import grid, hide, line, publish, table

CMS = Rule("test", 11, "typed in")
HES = Rule("test", 8, "typed in", round_to=5)


@dataclass
class Leak:
    """Tables as published, the release before them, and what of them is opened."""

    tables: list[ContingencyTable]
    opened: str
    rule: Rule = CMS
    earlier: list[list[ContingencyTable]] = field(default_factory=list)


def read(*pairs) -> list[ContingencyTable]:
    """Tables with the keys that are withheld in each."""
    return [publish([t], {t.name: hide(t, *keys)})[0] for t, keys in pairs]


def over_time(counts: dict[str, int], hidden: set[str], name: str) -> ContingencyTable:
    """One count in several periods."""
    cells = pd.DataFrame(
        {"period": pd.array(list(counts), dtype="string"), "count": list(counts.values())}
    )
    status = cells["period"].isin(hidden).map({True: "c", False: ""}).astype("string")
    return publish([ContingencyTable(name, "incidents", cells, {})], {name: status})[0]


def with_column(t: ContingencyTable, ratio: Ratio, **columns) -> ContingencyTable:
    """The published table with numbers beside its counts."""
    return replace(
        t,
        cells=t.cells.assign(**{name: pd.array(v, dtype="Float64") for name, v in columns.items()}),
        ratios=(*t.ratios, ratio),
    )


def lone_cell():
    return Leak(read((line([5, 20, 30]), [("k0",)])), "t [period=2026-10, kind=k0]")


def pair_that_sums_to_little():
    """11 in all, and each at least 1: neither can be 11."""
    return Leak(read((line([5, 6, 30]), [("k0",), ("k1",)])), "t [period=2026-10, kind=k0]")


def pair_closed_by_another_table():
    return Leak(
        read(
            (line([5, 40, 30], "a"), [("k0",), ("k1",)]),
            (line([5, 40, 30], "b"), [("k0",), ("k2",)]),
        ),
        "a [period=2026-10, kind=k0]",
    )


def four_by_four():
    t = grid([[20, 50, 10, 5], [8, 19, 22, 0], [17, 32, 12, 6], [21, 30, 14, 2]])
    keys = [
        ("r0", "c2"),
        ("r0", "c3"),
        ("r1", "c0"),
        ("r1", "c1"),
        ("r2", "c0"),
        ("r2", "c3"),
        ("r3", "c1"),
        ("r3", "c3"),
    ]
    return Leak(read((t, keys)), "t [period=2026-10, row=r3, column=c3]")


def linked_hierarchies():
    """sdcTools UserSupport issue 136: regions in counties, and the same regions by size; each table
    alone is safe at 4.
    """
    counts = {"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}
    county = {**dict.fromkeys("ABIJ", "county-1"), **dict.fromkeys("KLMN", "county-2")}
    size = {**dict.fromkeys("ABIJKN", "small"), **dict.fromkeys("LM", "big")}

    def regions(parents):
        middle = [Node(p, p, "all") for p in dict.fromkeys(parents.values())]
        return Hierarchy(
            "region", (Node("all", "All"), *middle, *(Node(c, c, parents[c]) for c in counts))
        )

    one, two = (
        table({(c,): n for c, n in counts.items()}, {"region": regions(parents)}, name)
        for parents, name in ((county, "one"), (size, "two"))
    )
    hidden = [(c,) for c in "ABIKLM"]
    return Leak(
        read((one, hidden), (two, hidden)), "one [period=2026-10, region=K]", Rule("test", 4, "")
    )


def month_from_the_year():
    months = {f"2025-{m:02}": 5 if m == 4 else 20 for m in range(1, 13)}
    return Leak(
        [over_time(months, {"2025-04"}, "m"), over_time({"2025": 225}, set(), "y")],
        "m [period=2025-04]",
    )


def year_to_date():
    return Leak(
        [
            over_time({"2026-01": 3, "2026-02": 12}, {"2026-01"}, "m"),
            over_time({"2026-01/2026-02": 15}, set(), "ytd"),
        ],
        "m [period=2026-01]",
    )


def rolling_window():
    """Twelve months to October less those to September is October less the October before."""
    windows = over_time({"2024-10/2025-09": 240, "2024-11/2025-10": 225}, set(), "w")
    return Leak(
        [windows, over_time({"2024-10": 20, "2025-10": 5}, {"2025-10"}, "m")], "m [period=2025-10]"
    )


def overlapping_bands():
    def ages(name, *bands):
        nodes = tuple(
            Node(f"{low}-{high}", "", None, None, ("age", low, high)) for low, high in bands
        )
        return ContingencyTable(
            name,
            "incidents",
            pd.DataFrame({"period": "2026", name: [n.code for n in nodes], "count": 0}).astype(
                {name: "string"}
            ),
            {name: Hierarchy(name, nodes)},
        )

    def filled(t, counts, hidden):
        cells = t.cells.assign(count=counts)
        return publish(
            [replace(t, cells=cells)],
            {t.name: t.cells[t.name].isin(hidden).map({True: "c", False: ""}).astype("string")},
        )[0]

    ten = filled(ages("a", (18, 25), (25, 30), (30, 40)), [40, 6, 50], {"25-30"})
    five = filled(ages("b", (18, 30), (30, 40)), [46, 50], set())
    return Leak([ten, five], "a [period=2026, a=25-30]")


def share_with(decimals):
    def leak():
        """The share of a withheld cell in a shown whole, printed with so many decimals."""
        counts = {0: [4, 21, 15, 12], 1: [7, 200, 90, 20], 2: [9, 300, 200, 300]}[decimals]
        t = read((line(counts), [("k0",), ("k1",)]))[0]
        percent = [None, round(counts[0] / sum(counts) * 100, decimals), *[None] * 3]
        return Leak(
            [
                with_column(
                    t, Ratio("percent", "count", "all", "kind", 100, decimals), percent=percent
                )
            ],
            "t [period=2026-10, kind=k0]",
        )

    return leak


def share_of_a_rounded_count():
    """2% of a shown 250 is 5, which is what 3 to 7 are rounded to."""
    t = read((line([5, 40, 205]), [("k0",), ("k1",)]))[0]
    percent = [None, 2.0, None, None]
    return Leak(
        [with_column(t, Ratio("percent", "count", "all", "kind", 100, 0), percent=percent)],
        "t [period=2026-10, kind=k0]",
        HES,
    )


def shares_that_add_to_100():
    """Both shares of a withheld pair stand in the table, one of them rounded away from the small
    count.
    """
    t = read((line([6, 60, 34]), [("k0",), ("k1",)]))[0]
    ratio = Ratio("percent", "count", "all", "kind", 100, 0)
    return Leak([with_column(t, ratio, percent=[100, None, 60, 34])], "t [period=2026-10, kind=k0]")


def median_beside_withheld_counts():
    """A median rests on 22 or more, so of 30 at most 8 were not timed."""
    t = read((line([22, 8]), [("k0",), ("k1",)]))[0]
    return Leak(
        [replace(t, cells=t.cells.assign(at_least=[0, 22, 0]))], "t [period=2026-10, kind=k1]"
    )


def mean_times_count():
    t = read((line([5, 20, 30, 40]), [("k0",), ("k1",)]))[0]
    return Leak(
        [
            with_column(
                t,
                Ratio("mean", "minutes", "count", decimals=1),
                minutes=[None, 60, None, None, None],
                mean=[None, 12.0, None, None, None],
            )
        ],
        "t [period=2026-10, kind=k0]",
    )


def revision_by_one():
    return Leak(read((line([31, 20]), [])), "the revision", earlier=[read((line([30, 20]), []))])


def revision_known_in_a_sum():
    """The total rises by one and a shown part does not: a withheld one got a record."""
    before, after = (
        read((line([5, 40, 30]), [("k0",), ("k1",)])),
        read((line([5, 41, 30]), [("k0",), ("k1",)])),
    )
    return Leak(after, "what the revision leaves to its parts", earlier=[before])


def revision_that_only_adds():
    """A = 13 and T = 20 first, then C = 5 and T = 21: with nothing taken away A is still 13 or
    more, so B is 3 or less.
    """
    before = read((line([13, 3, 4]), [("k1",), ("k2",)]))
    after = read((line([13, 3, 5]), [("k0",), ("k1",)]))
    return Leak(after, "t [period=2026-10, kind=k1]", Rule("test", 5, ""), [before])


def pattern_change():
    before, after = (
        read((line([5, 20, 30]), [("k0",), ("k1",)])),
        read((line([5, 20, 30]), [("k0",), ("k2",)])),
    )
    return Leak(after, "t [period=2026-10, kind=k0]", earlier=[before])


def repeated_table():
    one, two = line([5, 40, 30, 50, 60], "one"), line([5, 40, 30, 50, 60], "two", dimension="sort")
    return Leak(
        read((one, [("k0",), ("k1",)]), (two, [("k0",), ("k2",)])), "one [period=2026-10, kind=k0]"
    )


def exempted_count():
    t = replace(line([5, 6, 4, 60]), exempt=(frozenset({("kind", "k1")}),))
    return Leak(read((t, [("k0",), ("k2",)])), "t [period=2026-10, kind=k0]")


def all_in_one_outcome():
    t = replace(line([40, 0, 0]), sensitive=(("kind", "all"),))
    return Leak(read((t, [])), "all, or all but one, are alike")


def all_but_one_in_one_outcome():
    """The one is shown by an exemption; that all the others are alike is not exempt."""
    t = replace(line([40, 1]), sensitive=(("kind", "all"),), exempt=(frozenset({("kind", "k1")}),))
    return Leak(read((t, [])), "all, or all but one, are alike")


def cycle_of_faces():
    """Three faces of a cube: each, and each pair, allows a large cell that no real cube has."""
    atoms = dict(zip(product((0, 1), repeat=3), [0, 2, 0, 0, 1, 0, 2, 2], strict=True))
    faces = []
    for x, y in combinations(range(3), 2):
        hierarchies = {d: flat(d, {f"{d}0": "", f"{d}1": ""}) for d in ("abc"[x], "abc"[y])}
        sums: dict = {}
        for key, n in atoms.items():
            pair = (f"{'abc'[x]}{key[x]}", f"{'abc'[y]}{key[y]}")
            sums[pair] = sums.get(pair, 0) + n
        face = table(sums, hierarchies, "abc"[x] + "abc"[y])
        small = face.cells["count"].between(1, 2).map({True: "c", False: ""}).astype("string")
        faces += publish([face], {face.name: small})
    return Leak(faces, "bc [period=2026-10, b=b1, c=c1]", Rule("test", 3, ""))


def no_kinds(monkeypatch):
    monkeypatch.setattr(KindSums, "add", lambda *_: None)


def no_sums(monkeypatch):
    monkeypatch.setattr(Rows, "sum", lambda *_: None)
    no_kinds(monkeypatch)


def no_lines(monkeypatch):
    """Neither months nor bands add up."""
    monkeypatch.setattr(equations, "add_lines", lambda *_: None)
    monkeypatch.setattr(
        kind_blocks,
        "pieces",
        lambda uses, _: sorted({months for use in uses for months in use.spans}),
    )
    monkeypatch.setattr(Block, "within", lambda self, months: [self.spans.index(months)])
    monkeypatch.setattr(table_attributes, "_pieces", lambda *_: [])


def no_joint_tables(monkeypatch):
    monkeypatch.setattr(kind_blocks, "_acyclic", kind_blocks._maximal)


def no_common_cells(monkeypatch):
    no_kinds(monkeypatch)
    known = Meanings.cells
    monkeypatch.setattr(
        Meanings,
        "cells",
        lambda self, t: [(f"{u} of {t.name}", months, c) for u, months, c in known(self, t)],
    )


def no_ratios(monkeypatch):
    monkeypatch.setattr(equations, "add_ratios", lambda *_: None)


def no_least(monkeypatch):
    monkeypatch.setattr(facts, "_least", lambda t: np.zeros(len(t.cells), dtype=int))


def no_quantiles(monkeypatch):
    monkeypatch.setattr(facts, "_behind_quantiles", lambda t: np.zeros(len(t.cells), dtype=int))


def no_aliases(monkeypatch):
    monkeypatch.setattr(facts, "aliases", lambda _: {})


def no_small_changes(monkeypatch):
    monkeypatch.setattr(equations, "small_changes", lambda *_: [])


def no_additions(monkeypatch):
    monkeypatch.setattr(equations, "add_additions", lambda *_: None)
    monkeypatch.setattr(KindSums, "add_additions", lambda *_: None)


def no_sensitive_groups(monkeypatch):
    known = equations.add_table
    monkeypatch.setattr(equations, "add_table", lambda *given: known(*given)[:0])


def no_earlier_releases(monkeypatch):
    known = verdict.audit
    monkeypatch.setattr(verdict, "audit", lambda tables, rule, earlier: known(tables, rule))


def no_exempted(monkeypatch):
    known = Facts._note_shown
    monkeypatch.setattr(
        Facts,
        "_note_shown",
        lambda self, variable, one, rule: one.exempt or known(self, variable, one, rule),
    )


LEAKS = [
    (lone_cell, no_sums),
    (cycle_of_faces, no_joint_tables),
    (pair_closed_by_another_table, no_common_cells),
    (pair_that_sums_to_little, no_least),
    (four_by_four, no_sums),
    (linked_hierarchies, no_common_cells),
    (month_from_the_year, no_lines),
    (year_to_date, no_lines),
    (rolling_window, no_lines),
    (overlapping_bands, no_lines),
    (share_with(0), no_ratios),
    (share_with(1), no_ratios),
    (share_with(2), no_ratios),
    (share_of_a_rounded_count, no_ratios),
    (shares_that_add_to_100, no_ratios),
    (median_beside_withheld_counts, no_quantiles),
    (mean_times_count, no_ratios),
    (revision_by_one, no_small_changes),
    (revision_known_in_a_sum, no_small_changes),
    (revision_that_only_adds, no_additions),
    (pattern_change, no_earlier_releases),
    (repeated_table, no_aliases),
    (exempted_count, no_exempted),
    (all_in_one_outcome, no_sensitive_groups),
    (all_but_one_in_one_outcome, no_sensitive_groups),
]
NAMES = [
    f"{leak.__name__}{'' if leak.__name__ != 'leak' else n}" for n, (leak, _) in enumerate(LEAKS)
]


def opened(leak: Leak) -> str:
    return "; ".join(verdict.audit(leak.tables, leak.rule, leak.earlier).opened)


@pytest.mark.parametrize(("leak", "knowledge"), LEAKS, ids=NAMES)
def test_the_leak_is_found(leak, knowledge):
    planted = leak()
    assert planted.opened in opened(planted)


@pytest.mark.parametrize(("leak", "knowledge"), LEAKS, ids=NAMES)
def test_without_that_knowledge_the_leak_goes_unnoticed(leak, knowledge, monkeypatch):
    planted = leak()
    knowledge(monkeypatch)
    try:
        missed = opened(planted)
    except DisclosureError:
        pytest.fail("stopped instead of missing the leak")
    assert planted.opened not in missed


def test_a_marker_of_its_own_for_small_counts_stops_the_audit():
    t = read((line([5, 20, 30]), [("k0",), ("k1",)]))[0]
    marked = replace(t, cells=t.cells.assign(status=["", "<11", "c", ""]))
    with pytest.raises(DisclosureError, match="marker do not agree"):
        verdict.audit([marked], CMS)


def test_a_pair_that_can_be_large_is_not_opened():
    assert opened(Leak(read((line([5, 40, 30]), [("k0",), ("k1",)])), "")) == ""


def test_a_share_of_two_shown_rounded_counts_tells_nothing_more_than_these():
    """22, 33, 4 and 3 make 62, shown as 20, 35 and 60. A third would be 20 of 60, and leave 5 of 60
    to both that are withheld; of the counts behind it could leave 11.
    """
    t = read((line([20, 35, 4, 3]), [("k2",), ("k3",)]))[0]
    t = replace(t, cells=t.cells.assign(count=pd.array([60, 20, 35, None, None], dtype="Int64")))
    shares = [None, 0.333, 0.583, None, None]
    ratio = Ratio("share_of_all", "count", "all", "kind")
    assert opened(Leak([with_column(t, ratio, share_of_all=shares)], "", HES)) == ""


def test_a_share_bounds_a_withheld_count_as_it_would_be_rounded():
    """1% of 1,000 is 10, which is what 11 is shown as, and 12."""
    t = read((line([11, 40, 949]), [("k0",), ("k1",)]))[0]
    t = replace(t, cells=t.cells.assign(count=pd.array([1000, None, None, 950], dtype="Int64")))
    ratio = Ratio("percent", "count", "all", "kind", 100, 1)
    shown = with_column(t, ratio, percent=[None, 1.0, None, None])
    assert opened(Leak([shown], "", Rule("test", 11, "typed in", round_to=5))) == ""


def test_an_exempt_count_is_exact_where_the_others_are_rounded():
    """12 in all, shown as 12; of 9 and 3 the first is withheld beside an exempt 4 of them."""
    t = replace(line([4, 5, 3]), exempt=(frozenset({("kind", "all")}), frozenset({("kind", "k0")})))
    shown = read((t, [("k1",), ("k2",)]))
    assert "t [period=2026-10, kind=k1]" in opened(Leak(shown, "", HES))


def test_a_stricter_threshold_may_be_rounded_to_less_than_itself():
    """Only a 12 is shown as 10 where 12 may be shown and 11 may not."""
    t = read((line([12, 40]), []))[0]
    t = replace(t, cells=t.cells.assign(count=pd.array([50, 10, 40], dtype="Int64")))
    assert opened(Leak([t], "", Rule("test", 12, "typed in", round_to=5))) == ""


def test_columns_that_an_earlier_release_showed_to_differ_are_not_taken_for_the_same():
    one, two = line([30, 40, 50, 60], "one"), line([40, 30, 50, 60], "two", dimension="sort")
    differ = [("k0",), ("k1",)]
    shown, withheld = read((one, []), (two, [])), read((one, differ), (two, differ))
    assert verdict.audit(withheld, CMS, [shown]).ok
