"""Blocks of attributes whose kinds of records are told apart together, and how blocks are linked.

Tables whose attributes form a cycle (month by step, month by model, model by step) may each be
filled in without the others noticing that no real table has all three faces. Attributes are taken
away one after the other, those of a single table first. Where none is of a single table, the tables
that hold the next one are joined (Graham, Yu and Özsoyoğlu's reduction). What remains has no cycle,
so blocks that agree on what they share are the faces of a real table.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.sparse.csgraph import minimum_spanning_tree

from openresponse.disclosure.audit.record_kinds.code_classes import Classes
from openresponse.disclosure.audit.record_kinds.exclusions import Knowledge
from openresponse.disclosure.audit.record_kinds.kinds import Kinds
from openresponse.disclosure.audit.record_kinds.month_spans import Span
from openresponse.disclosure.audit.record_kinds.table_attributes import Condition
from openresponse.disclosure.audit.record_kinds.table_uses import Use, pieces
from openresponse.disclosure.audit.record_kinds.variable_marks import mark

Edge = frozenset[str]


@dataclass(frozen=True)
class Block:
    """Kinds of records, in pieces of time that do not overlap."""

    kinds: Kinds
    spans: list[Span]

    def within(self, months: Span) -> list[int]:
        """The numbers of its pieces of time in some months."""
        return [
            at
            for at, (start, end) in enumerate(self.spans)
            if months[0] <= start and end <= months[1]
        ]


@dataclass(frozen=True)
class Blocks:
    """blocks: all of a universe. links: pairs of them by number, that agree on the attributes they
    share. places: table to the number of the block whose kinds its cells are sums of.
    """

    classes: Classes
    blocks: list[Block]
    links: list[tuple[int, int]]
    places: dict[str, int]

    @classmethod
    def of(cls, knowledge: Knowledge, uses: dict[str, Use]) -> "Blocks":
        """From what each table tells apart."""
        every = list(uses.values())
        classes = Classes.of(knowledge, every)
        grains = sorted({use.grain for use in every})
        times = {grain: f"#{grain}" for grain in grains}
        of_tables = {name: _edge(use, classes) | _times(use, times) for name, use in uses.items()}
        edges = _acyclic([*of_tables.values(), *_edges_of_meaning(classes, every, times)])
        blocks = []
        for edge in edges:
            grain = min(grain for grain in grains if times[grain] in edge)
            kinds = Kinds.of(edge - set(times.values()), knowledge)
            blocks.append(Block(kinds, pieces(every, grain)))
        places = {
            name: min(
                (at for at, whole in enumerate(edges) if edge <= whole),
                key=lambda at: len(blocks[at].kinds),
            )
            for name, edge in of_tables.items()
        }
        return cls(classes, blocks, _links(edges), places)

    def flags(self, place: int, condition: Condition) -> np.ndarray:
        """Which kinds of a block meet a condition."""
        name, codes = condition
        kinds = self.blocks[place].kinds
        if name in kinds.attributes:
            return kinds.with_codes(name, codes)
        seen = self._seen(place, name)
        knowledge = self.classes.knowledge
        if seen is None:  # of all kinds alike
            return np.full(len(kinds), set(codes) >= {*knowledge.codes[name]})
        held = ~knowledge.excluded(name, seen)[knowledge.among(name, codes)]
        return np.asarray(held.any(axis=0)[kinds.codes(seen)])

    def tells(self, place: int, *attributes: str) -> bool:
        """Whether the kinds of a block tell these attributes apart, or classes of their codes."""
        kinds = self.blocks[place].kinds
        return all(a in kinds.attributes or self._seen(place, a) for a in attributes)

    def marks(self, place: int) -> np.ndarray:
        """A number for each kind of a block, by its codes; classes of codes, which the next release
        may draw otherwise, are left out where the codes themselves are there.
        """
        kinds = self.blocks[place].kinds
        base = {name: one for (one, _), name in self.classes.names.items()}
        marks = np.zeros(len(kinds), dtype=np.uint64)
        for name in kinds.attributes:
            if base.get(name) not in kinds.attributes:
                codes = [mark(name, code) for code in kinds.knowledge.codes[name]]
                marks += np.array(codes, dtype=np.uint64)[kinds.codes(name)]
        return marks

    def _seen(self, place: int, attribute: str) -> str | None:
        """The classes of an inner attribute by which the kinds of a block are told apart."""
        there = self.blocks[place].kinds.attributes
        names = self.classes.names.items()
        return next((far for (one, _), far in names if one == attribute and far in there), None)


def _times(use: Use, times: dict[int, str]) -> Edge:
    return frozenset(name for grain, name in times.items() if grain >= use.grain)


def _edge(use: Use, classes: Classes) -> Edge:
    """The attributes of a table; for the inner ones of a table with outer ones, their classes."""
    outer = use.attributes - classes.inner_attributes
    if not outer:
        return use.attributes
    number = classes.group(outer)
    seen = {classes.names.get((name, number)) for name in use.attributes & classes.inner_attributes}
    return outer | {name for name in seen if name}


def _edges_of_meaning(classes: Classes, uses: list[Use], times: dict[int, str]) -> list[Edge]:
    """What has to be told apart together because of what it means to each other: inner attributes
    with their classes, and outer ones with the classes that they see.
    """
    edges = [
        frozenset({*kinds.attributes, *times.values()}).union(
            name for (one, _), name in classes.names.items() if one in kinds.attributes
        )
        for kinds in classes.inner
    ]
    for outer in sorted(frozenset().union(*classes.groups)):
        grain = min(use.grain for use in uses if outer in use.attributes)
        later = {name for of, name in times.items() if of >= grain}
        edges.append(frozenset({outer, *classes.seen(outer), *later}))
    longest = max(times)
    return edges + [pair | {times[longest]} for pair in classes.related]


def _acyclic(edges: list[Edge]) -> list[Edge]:
    """The edges and those that join them, without edges inside others."""
    joined, left = list(edges), list(edges)
    while left := _reduced(left):
        shared = sorted({node for edge in left for node in edge})
        joint = min(
            (frozenset().union(*(edge for edge in left if one in edge)) for one in shared),
            key=lambda nodes: (len(nodes), sorted(nodes)),
        )
        joined.append(joint)
        left = [edge for edge in left if not edge <= joint] + [joint]
    return _maximal(joined)


def _reduced(edges: list[Edge]) -> list[Edge]:
    """Without what only one edge has, and without edges inside another, until nothing changes."""
    while True:
        count: dict[str, int] = {}
        for node in (node for edge in edges for node in edge):
            count[node] = count.get(node, 0) + 1
        thin = [frozenset(node for node in edge if count[node] > 1) for edge in edges]
        kept = [edge for edge in _maximal(thin) if edge]
        if set(kept) == set(edges):
            return kept
        edges = kept


def _maximal(edges: list[Edge]) -> list[Edge]:
    kept: list[Edge] = []
    for edge in sorted(edges, key=lambda nodes: (-len(nodes), sorted(nodes))):
        if not any(edge <= other for other in kept):
            kept.append(edge)
    return kept


def _links(edges: list[Edge]) -> list[tuple[int, int]]:
    """A tree of edges, or one for each part, in which neighbours share the most."""
    shared = np.zeros((len(edges), len(edges)))
    for one, other in combinations(range(len(edges)), 2):
        shared[one, other] = -len(edges[one] & edges[other])
    tree = minimum_spanning_tree(shared).tocoo()
    return sorted((int(one), int(other)) for one, other in zip(tree.row, tree.col, strict=True))
