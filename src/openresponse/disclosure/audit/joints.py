"""Tables that stand in a ring: month by step, month by model, model by step.

Each may be filled in without the others noticing that no real table has all three faces. Dimensions
are taken away one after the other, those of a single table first; where none is of a single table,
the tables that hold the next one are joined, and the joint is a table that nobody publishes
(Graham, Yu and Özsoyoğlu's reduction).
"""

from dataclasses import dataclass

import pandas as pd

from openresponse.disclosure.audit.facts import STOP, span
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy

MOST = 200_000  # cells of one joint; a program that needs more publishes crosses that nobody reads


@dataclass(frozen=True)
class Ring:
    """The joint of tables in a ring: the months it is split by, its dimensions, what it counts."""

    spans: tuple[tuple[int, int], ...]
    hierarchies: dict[str, Hierarchy]
    subset: tuple[tuple[str, str], ...]

    def table(self, universe: str) -> ContingencyTable:
        """As a table without counts. Its periods are written from month to month."""
        periods = [
            f"{a // 12}-{a % 12 + 1:02}/{(b - 1) // 12}-{(b - 1) % 12 + 1:02}"
            for a, b in self.spans
        ]
        whole = pd.MultiIndex.from_product(
            [periods, *(t.codes for t in self.hierarchies.values())],
            names=["period", *self.hierarchies],
        )
        if len(whole) > MOST:
            raise DisclosureError(
                f"The tables by {', '.join(self.hierarchies)} form a ring of {len(whole):,} cells,"
                f" more than can be tried. {STOP} Publish one of them at a coarser grain."
            )
        return ContingencyTable(
            "joint", universe, whole.to_frame(index=False), self.hierarchies, self.subset
        )


def rings(tables: list[ContingencyTable]) -> list[Ring]:
    """The joints that make the tables of one universe a chain without rings."""
    tables = [t for t in tables if len(t.cells)]
    lengths = {_length(table) for table in tables}
    edges = [_divisions(table, tables, lengths) for table in tables]
    joints = []
    while True:
        edges = _peel(edges)
        if not edges:
            return [_ring(joint, tables) for joint in joints]
        shared = sorted({d for edge in edges for d in edge}, key=repr)
        joint = min(
            (frozenset().union(*(e for e in edges if d in e)) for d in shared),
            key=lambda j: (len(j), repr(sorted(j, key=repr))),
        )
        joints.append(joint)
        edges = [e for e in edges if not e <= joint] + [joint]


def _peel(edges: list[frozenset]) -> list[frozenset]:
    """Drop what only one table has, and tables inside another, until nothing changes."""
    while True:
        count: dict = {}
        for edge in edges:
            for division in edge:
                count[division] = count.get(division, 0) + 1
        thin = [frozenset(d for d in edge if count[d] > 1) for edge in edges]
        kept: list[frozenset] = []
        for edge in sorted(thin, key=len, reverse=True):
            if not any(edge <= other for other in kept):
                kept.append(edge)
        kept = [edge for edge in kept if edge]
        if len(kept) == len(edges) and set(kept) == set(edges):
            return kept
        edges = kept


def _divisions(
    table: ContingencyTable, tables: list[ContingencyTable], lengths: set[int]
) -> frozenset:
    """All the ways in which the table divides what it counts that matter to another table too.
    lengths: of the periods of all, in months.
    """
    length = _length(table)
    divisions = {("months", n) for n in lengths if n % length == 0}
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
    return min(b - a for a, b in map(span, table.cells["period"].unique()))


def _ring(joint: frozenset, tables: list[ContingencyTable]) -> Ring:
    length = min((d[1] for d in joint if d[0] == "months"), default=_length(tables[0]))
    spans = sorted(
        {s for t in tables for s in map(span, t.cells["period"].unique()) if s[1] - s[0] == length}
    )
    names = {d[1] for d in joint if d[0] == "codes"}
    names |= {d[1] for d in joint if d[0] == "same" and d[1] not in names and d[2] not in names}
    hierarchies, conditions = {}, []
    every = {
        name: max(
            (t.hierarchies[name] for t in tables if name in t.hierarchies),
            key=lambda t: len(t.leaves),
        )
        for name in sorted(names)
    }
    for name, hierarchy in every.items():
        owners = [t for t in tables if name in t.hierarchies]
        told = [
            far
            for far in every
            if far != name
            and _said(hierarchy, hierarchy.leaves) <= _said(every[far], every[far].codes)
        ]
        if any(far in hierarchies or far > name for far in told):
            continue  # another dimension has a code for each of its own
        hierarchies[name] = hierarchy
        conditions += [
            pair
            for pair in owners[0].subset
            if all(pair in t.subset for t in owners) and pair not in conditions
        ]
    return Ring(tuple(spans), hierarchies, tuple(sorted(conditions)))


def _said(hierarchy: Hierarchy, codes: list[str]) -> set[tuple[str, str]]:
    return {
        node.means or (hierarchy.dimension, node.code)
        for node in hierarchy.nodes
        if node.code in codes
    }
