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
from openresponse.tables.contingency import CountTable
from openresponse.tables.hierarchy import Tree

MOST = 200_000  # cells of one joint; a program that needs more publishes crosses that nobody reads


@dataclass(frozen=True)
class Ring:
    """The joint of tables in a ring: the months it is split by, its dimensions, what it counts."""

    spans: tuple[tuple[int, int], ...]
    trees: dict[str, Tree]
    where: tuple[tuple[str, str], ...]

    def table(self, universe: str) -> CountTable:
        """As a table without counts. Its periods are written from month to month."""
        periods = [
            f"{a // 12}-{a % 12 + 1:02}/{(b - 1) // 12}-{(b - 1) % 12 + 1:02}"
            for a, b in self.spans
        ]
        whole = pd.MultiIndex.from_product(
            [periods, *(t.codes for t in self.trees.values())], names=["period", *self.trees]
        )
        if len(whole) > MOST:
            raise DisclosureError(
                f"The tables by {', '.join(self.trees)} form a ring of {len(whole):,} cells, more"
                f" than can be tried. {STOP} Publish one of them at a coarser grain."
            )
        return CountTable("joint", universe, whole.to_frame(index=False), self.trees, self.where)


def rings(tables: list[CountTable]) -> list[Ring]:
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


def _divisions(table: CountTable, tables: list[CountTable], lengths: set[int]) -> frozenset:
    """All the ways in which the table divides what it counts that matter to another table too.
    lengths: of the periods of all, in months.
    """
    length = _length(table)
    divisions = {("months", n) for n in lengths if n % length == 0}
    for other in tables:
        for name, tree in other.trees.items():
            own = table.trees.get(name)
            if own and set(tree.leaves) <= set(own.codes):
                divisions.add(("codes", name, tuple(sorted(tree.leaves))))
            for far in {n.means[0] for n in tree.nodes if n.means}:
                meant = {n.means[1] for n in tree.nodes if n.means and n.means[0] == far}
                if own == tree or (far in table.trees and meant <= set(table.trees[far].codes)):
                    divisions.add(("same", name, far))
        divisions |= {
            ("within", d, c)
            for d, c in other.where
            if (d, c) in table.where or (d in table.trees and c in table.trees[d].codes)
        }
    return frozenset(divisions)


def _length(table: CountTable) -> int:
    return min(b - a for a, b in map(span, table.cells["period"].unique()))


def _ring(joint: frozenset, tables: list[CountTable]) -> Ring:
    length = min((d[1] for d in joint if d[0] == "months"), default=_length(tables[0]))
    spans = sorted(
        {s for t in tables for s in map(span, t.cells["period"].unique()) if s[1] - s[0] == length}
    )
    names = {d[1] for d in joint if d[0] == "codes"}
    names |= {d[1] for d in joint if d[0] == "same" and d[1] not in names and d[2] not in names}
    trees, conditions = {}, []
    every = {
        name: max((t.trees[name] for t in tables if name in t.trees), key=lambda t: len(t.leaves))
        for name in sorted(names)
    }
    for name, tree in every.items():
        owners = [t for t in tables if name in t.trees]
        told = [
            far
            for far in every
            if far != name and _said(tree, tree.leaves) <= _said(every[far], every[far].codes)
        ]
        if any(far in trees or far > name for far in told):
            continue  # another dimension has a code for each of its own
        trees[name] = tree
        conditions += [
            pair
            for pair in owners[0].where
            if all(pair in t.where for t in owners) and pair not in conditions
        ]
    return Ring(tuple(spans), trees, tuple(sorted(conditions)))


def _said(tree: Tree, codes: list[str]) -> set[tuple[str, str]]:
    return {node.means or (tree.dimension, node.code) for node in tree.nodes if node.code in codes}
