"""What each cell of a table counts, written in one way: cells that must count the same have the
same conditions.

What cannot occur together is known to the audit from here alone.
"""

from dataclasses import dataclass, field

from openresponse.disclosure.audit.record_kinds.month_spans import Span, span
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy

Condition = tuple[str, object]  # a dimension and one of its codes, or an axis and a band of it
Conditions = frozenset[Condition]
Cell = tuple[str, Span, Conditions]  # universe, months, and what is demanded of a unit
IMPOSSIBLE = "impossible"


def is_structural_zero(conditions: Conditions) -> bool:
    """Whether these are the conditions of a cell that can only be zero."""
    return any(name == IMPOSSIBLE for name, _ in conditions)


@dataclass(frozen=True)
class Meanings:
    """What a reader learns about codes from the shape of the tables.

    aliases: (universe, dimension) to the dimension of another name that counts the same. implied:
    (universe, condition) to the conditions that hold wherever it holds. exclusive: a universe and
    two conditions that never hold together.
    """

    aliases: dict[tuple[str, str], str] = field(default_factory=dict)
    implied: dict[tuple[str, Condition], Conditions] = field(default_factory=dict)
    exclusive: frozenset[tuple[str, Condition, Condition]] = frozenset()

    @classmethod
    def of(
        cls, releases: list[list[ContingencyTable]], aliases: dict[tuple[str, str], str]
    ) -> "Meanings":
        meanings = cls(aliases)
        steps: dict[tuple[str, Condition], set[Condition]] = {}
        exclusive: set[tuple[str, Condition, Condition]] = set()
        hierarchies = {
            (t.universe, t.subset, name, repr(hierarchy)): (t, name, hierarchy)
            for tables in releases
            for t in tables
            for name, hierarchy in t.hierarchies.items()
        }
        for table, name, hierarchy in hierarchies.values():
            conditions = meanings._conditions(table.universe, name, hierarchy)
            exclusive |= _exclusive(table.universe, hierarchy, conditions)
            for condition, wider in _wider(table, hierarchy, conditions).items():
                steps.setdefault((table.universe, condition), set()).update(wider)
        implied = {key: _closure(key, steps) for key in steps}
        return cls(aliases, implied, frozenset(exclusive))

    def cells(self, table: ContingencyTable) -> list[Cell]:
        """What each cell of a table counts; a structural zero has conditions of its own."""
        conditions = {
            name: self._conditions(table.universe, name, hierarchy)
            for name, hierarchy in table.hierarchies.items()
        }
        spans = {period: span(period) for period in table.cells["period"].unique()}
        known: dict[tuple[str, ...], Conditions] = {}
        cells = []
        for period, *codes in table.cells[["period", *table.hierarchies]].itertuples(index=False):
            if tuple(codes) not in known:
                asked = {
                    conditions[n].get(c) for n, c in zip(table.hierarchies, codes, strict=True)
                }
                wanted = {condition for condition in asked if condition} | set(table.subset)
                known[tuple(codes)] = self._shortest(table.universe, wanted)
            cells.append((table.universe, spans[period], known[tuple(codes)]))
        return cells

    def _conditions(
        self, universe: str, dimension: str, hierarchy: Hierarchy
    ) -> dict[str, Condition]:
        """Code to what it demands of a unit; a lone root demands nothing and is left out."""
        lone = hierarchy.roots[0] if len(hierarchy.roots) == 1 else None
        name = self.aliases.get((universe, dimension), dimension)
        return {
            node.code: node.means
            or ((node.span[0], tuple(node.span[1:])) if node.span else (name, node.code))
            for node in hierarchy.nodes
            if node.code != lone
        }

    def _shortest(self, universe: str, wanted: set[Condition]) -> Conditions:
        """The fewest of these conditions that say the same."""
        ordered = sorted(wanted, key=repr)
        implied = {one: self.implied.get((universe, one), frozenset({one})) for one in ordered}
        everything = [one for conditions in implied.values() for one in conditions]
        if any((universe, a, b) in self.exclusive for a in everything for b in everything):
            return frozenset({(IMPOSSIBLE, repr(ordered))})
        kept = list(ordered)
        for one in ordered:
            if any(one in implied[other] for other in kept if other != one):
                kept.remove(one)
        return frozenset(kept)


def _exclusive(
    universe: str, hierarchy: Hierarchy, conditions: dict[str, Condition]
) -> set[tuple[str, Condition, Condition]]:
    """Codes of one hierarchy exclude one another, unless one is part of the other."""
    above = {code: set(hierarchy.ancestors(code)) for code in conditions}
    return {
        (universe, conditions[code], conditions[other])
        for code in conditions
        for other in conditions
        if other not in above[code] and code not in above[other]
    }


def _wider(
    table: ContingencyTable, hierarchy: Hierarchy, conditions: dict[str, Condition]
) -> dict[Condition, set[Condition]]:
    """What follows from each condition in one step: that of the parent, and the part of the
    universe that the table counts.
    """
    wider_of: dict[Condition, set[Condition]] = {}
    for code, condition in conditions.items():
        wider = wider_of.setdefault(condition, set())
        wider |= {pair for pair in table.subset if pair[0] == condition[0]}
        parent = hierarchy.parents[code]
        if parent in conditions:
            wider.add(conditions[parent])
    return wider_of


def _closure(
    key: tuple[str, Condition], steps: dict[tuple[str, Condition], set[Condition]]
) -> Conditions:
    """The condition and all that follows from it."""
    universe, condition = key
    seen, ahead = {condition}, [condition]
    for one in ahead:
        for wider in steps.get((universe, one), set()) - seen:
            seen.add(wider)
            ahead.append(wider)
    return frozenset(seen)
