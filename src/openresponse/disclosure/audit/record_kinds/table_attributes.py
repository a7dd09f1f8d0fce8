"""Attributes of records: what the dimensions of published tables read, and their finest codes.

Two dimensions read the same attribute where the dictionary says so, where they lie on one axis, or
where their figures are the same. The finest codes are those that no table divides further.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy, Node

Codes = frozenset[str]
Condition = tuple[str, Codes]  # an attribute, and those of its codes that count


@dataclass(frozen=True)
class Attributes:
    """The attributes of one universe.

    parts: attribute to each of its codes to the codes that divide it. names: dimension to its
    attribute. told: table and dimension to the attribute that a dictionary names. aliases:
    dimension to the dimension of another name that has the same figures.
    """

    parts: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    told: dict[tuple[str, str], str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Iterable[ContingencyTable], aliases: Mapping[str, str]) -> "Attributes":
        """From the tables of a universe, of every release."""
        seen = [(t, d, h) for t in tables for d, h in t.hierarchies.items()]
        told = {(t.name, d): t.coarsenings[d].attribute for t, d, _ in seen if d in t.coarsenings}
        attributes = cls(told=told, aliases=aliases)
        ends: dict[str, set[int]] = {}
        for axis, low, high in (n.span for _, _, h in seen for n in h.nodes if n.span):
            ends.setdefault(axis, set()).update((low, high))
        for table, dimension, _ in seen:
            attributes.names.setdefault(dimension, attributes.read(table, dimension))
            attributes._add(table, dimension, ends)
        return attributes

    def read(self, table: ContingencyTable, dimension: str) -> str:
        """The attribute that a dimension of a table reads."""
        hierarchy = table.hierarchies[dimension]
        axes = {node.span[0] for node in hierarchy.nodes if node.span}
        if axes:
            return f"axis {min(axes)}"
        if (table.name, dimension) in self.told:
            return self.told[table.name, dimension]
        return _meant(hierarchy) or self.aliases.get(dimension, dimension)

    def codes(self, attribute: str) -> list[str]:
        """The finest codes."""
        return sorted(code for code, parts in self.parts[attribute].items() if not parts)

    def held(self, attribute: str, code: str) -> Codes:
        """The finest codes that a code holds; none where no table has the code."""
        parts = self.parts.get(attribute, {})
        if code not in parts:
            return frozenset()
        if not parts[code]:
            return frozenset({code})
        return frozenset().union(*(self.held(attribute, part) for part in parts[code]))

    def condition(self, table: ContingencyTable, dimension: str, node: Node) -> Condition:
        """What a code of a dimension demands of a record."""
        name = self.read(table, dimension)
        return name, self.held(name, self._code(table, dimension, node))

    def _code(self, table: ContingencyTable, dimension: str, node: Node) -> str:
        """The code of the attribute for a code of the dimension."""
        told = (table.name, dimension) in self.told
        by_meaning = node.means if not told and _meant(table.hierarchies[dimension]) else None
        return by_meaning[1] if by_meaning else node.code

    def _add(self, table: ContingencyTable, dimension: str, ends: Mapping[str, set[int]]) -> None:
        hierarchy = table.hierarchies[dimension]
        parts = self.parts.setdefault(self.read(table, dimension), {})
        codes = {node.code: self._code(table, dimension, node) for node in hierarchy.nodes}
        for node in hierarchy.nodes:
            own = parts.setdefault(codes[node.code], [])
            for piece in _pieces(node, ends):
                parts.setdefault(piece, [])
                own += [piece] * (piece not in own)
            if node.parent is not None:
                above = parts[codes[node.parent]]
                above += [codes[node.code]] * (codes[node.code] not in above)


def _meant(hierarchy: Hierarchy) -> str | None:
    """The one dimension of which every code of this one, but a lone root, means a code."""
    far = {node.means[0] if node.means else None for node in _below_lone_root(hierarchy)}
    return far.pop() if len(far) == 1 else None


def _below_lone_root(hierarchy: Hierarchy) -> list[Node]:
    lone = hierarchy.roots[0] if len(hierarchy.roots) == 1 else None
    return [node for node in hierarchy.nodes if node.code != lone]


def _pieces(node: Node, ends: Mapping[str, set[int]]) -> list[str]:
    """The pieces of its axis that a band covers, between all ends of bands."""
    if not node.span:
        return []
    axis, low, high = node.span
    inside = sorted(end for end in ends[axis] if low <= end <= high)
    return [f"{axis} {a} to {b}" for a, b in pairwise(inside)]
