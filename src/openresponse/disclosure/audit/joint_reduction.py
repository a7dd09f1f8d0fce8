"""Which joint tables nobody publishes although a real one is behind the published tables.

Tables whose dimensions form a cycle (month by step, month by model, model by step) may each be
filled in without the others noticing that no real table has all three faces. Dimensions are taken
away one after the other, those of a single table first. Where none is of a single table, the tables
that hold the next one are joined (Graham, Yu and Özsoyoğlu's reduction).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from openresponse.disclosure.audit.month_spans import Span, period, span
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy

MOST = 200_000  # cells of one joint table; a program that needs more publishes too fine tables

Division = tuple[Any, ...]  # one way of dividing what is counted: months, codes, or a condition
Divisions = frozenset[Division]


@dataclass(frozen=True)
class JointTable:
    """The months it is split by, its dimensions, and what it counts."""

    universe: str
    spans: tuple[Span, ...]
    hierarchies: dict[str, Hierarchy]
    subset: tuple[tuple[str, str], ...]

    def table(self, spans: Iterable[Span]) -> ContingencyTable:
        """As a table without counts, of some of its months."""
        codes = [map(period, spans), *(hierarchy.codes for hierarchy in self.hierarchies.values())]
        whole = pd.MultiIndex.from_product(codes, names=["period", *self.hierarchies])
        if len(whole) > MOST:
            raise DisclosureError(
                f"The tables by {', '.join(self.hierarchies)} need a joint table of"
                f" {len(whole):,} cells,"
                " more than can be tried. Nothing was published. Publish one of them at a coarser"
                " grain."
            )
        cells = whole.to_frame(index=False)
        return ContingencyTable("joint table", self.universe, cells, self.hierarchies, self.subset)


def joint_tables(tables: list[ContingencyTable]) -> list[JointTable]:
    """The joint tables that leave no cycle among the tables of one universe."""
    tables = [table for table in tables if len(table.cells)]
    edges = [_divisions(table, tables) for table in tables]
    joined = []
    while edges := _reduced(edges):
        shared = sorted({division for edge in edges for division in edge}, key=repr)
        joint = min(
            (frozenset().union(*(edge for edge in edges if one in edge)) for one in shared),
            key=lambda divisions: (len(divisions), repr(sorted(divisions, key=repr))),
        )
        joined.append(joint)
        edges = [edge for edge in edges if not edge <= joint] + [joint]
    return [_joint_table(divisions, tables) for divisions in joined]


def _reduced(edges: list[Divisions]) -> list[Divisions]:
    """Without what only one table has, and without tables inside another, until nothing changes."""
    while True:
        count: dict[Division, int] = {}
        for edge in edges:
            for division in edge:
                count[division] = count.get(division, 0) + 1
        thin = [frozenset(d for d in edge if count[d] > 1) for edge in edges]
        kept: list[Divisions] = []
        for edge in sorted(thin, key=len, reverse=True):
            if not any(edge <= other for other in kept):
                kept.append(edge)
        kept = [edge for edge in kept if edge]
        if len(kept) == len(edges) and set(kept) == set(edges):
            return kept
        edges = kept


def _divisions(table: ContingencyTable, tables: list[ContingencyTable]) -> Divisions:
    """All the ways in which the table divides what it counts that matter to another table too."""
    length = _length(table)
    divisions: set[Division] = {("months", n) for n in map(_length, tables) if n % length == 0}
    for other in tables:
        for name, hierarchy in other.hierarchies.items():
            own = table.hierarchies.get(name)
            if own and set(hierarchy.leaves) <= set(own.codes):
                divisions.add(("codes", name, tuple(sorted(hierarchy.leaves))))
            for far in {n.means[0] for n in hierarchy.nodes if n.means}:
                meant = {n.means[1] for n in hierarchy.nodes if n.means and n.means[0] == far}
                if own == hierarchy or (
                    far in table.hierarchies and meant <= set(table.hierarchies[far].codes)
                ):
                    divisions.add(("same", name, far))
        divisions |= {
            ("within", d, c)
            for d, c in other.subset
            if (d, c) in table.subset
            or (d in table.hierarchies and c in table.hierarchies[d].codes)
        }
    return frozenset(divisions)


def _length(table: ContingencyTable) -> int:
    """How many months its periods have; of several lengths the shortest."""
    return min(b - a for a, b in map(span, table.cells["period"].unique()))


def _joint_table(divisions: Divisions, tables: list[ContingencyTable]) -> JointTable:
    length = min((d[1] for d in divisions if d[0] == "months"), default=_length(tables[0]))
    spans = sorted(
        {s for t in tables for s in map(span, t.cells["period"].unique()) if s[1] - s[0] == length}
    )
    hierarchies = _dimensions(divisions, tables)
    subset: list[tuple[str, str]] = []
    for name in hierarchies:
        owners = [t for t in tables if name in t.hierarchies]
        shared = [pair for pair in owners[0].subset if all(pair in t.subset for t in owners)]
        subset += [pair for pair in shared if pair not in subset]
    return JointTable(tables[0].universe, tuple(spans), hierarchies, tuple(sorted(subset)))


def _dimensions(divisions: Divisions, tables: list[ContingencyTable]) -> dict[str, Hierarchy]:
    """The dimensions of a joint table, each at its finest; one is left out where another has a code
    for each of its own.
    """
    names = {d[1] for d in divisions if d[0] == "codes"}
    names |= {d[1] for d in divisions if d[0] == "same" and d[1] not in names and d[2] not in names}
    finest = {
        name: max(
            (t.hierarchies[name] for t in tables if name in t.hierarchies),
            key=lambda t: len(t.leaves),
        )
        for name in sorted(names)
    }
    hierarchies: dict[str, Hierarchy] = {}
    for name, hierarchy in finest.items():
        refining = [
            far
            for far in finest
            if far != name
            and _meant(hierarchy, hierarchy.leaves) <= _meant(finest[far], finest[far].codes)
        ]
        if not any(far in hierarchies or far > name for far in refining):
            hierarchies[name] = hierarchy
    return hierarchies


def _meant(hierarchy: Hierarchy, codes: list[str]) -> set[tuple[str, str]]:
    return {
        node.means or (hierarchy.dimension, node.code)
        for node in hierarchy.nodes
        if node.code in codes
    }
