"""What each row of a table counts, said in one way: two rows that must count the same carry the
same conditions.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy

Condition = tuple[str, object]
NOTHING = "nothing"


def nothing(conditions: frozenset) -> bool:
    """Whether these are the conditions of a row that cannot be other than zero."""
    return any(name == NOTHING for name, _ in conditions)


@dataclass(frozen=True)
class Meanings:
    """What a reader learns from the shape of the tables about their codes.

    names: (universe, dimension) to the dimension of another name that counts the same. wider:
    (universe, condition) to the conditions that hold wherever it holds. beside: pairs of conditions
    of a universe that never hold together.
    """

    names: dict[tuple[str, str], str] = field(default_factory=dict)
    wider: dict[tuple[str, Condition], frozenset] = field(default_factory=dict)
    beside: frozenset[tuple[str, Condition, Condition]] = frozenset()

    @classmethod
    def of(
        cls, releases: list[list[ContingencyTable]], names: dict[tuple[str, str], str]
    ) -> "Meanings":
        found = cls(names)
        steps: dict[tuple[str, Condition], set] = {}
        beside = set()
        for table in {
            (t.universe, t.subset, n, repr(hierarchy)): (t, n, hierarchy)
            for tables in releases
            for t in tables
            for n, hierarchy in t.hierarchies.items()
        }.values():
            found._learn(*table, steps, beside)
        for key in steps:
            found.wider[key] = frozenset(_reach(key, steps))
        return cls(names, found.wider, frozenset(beside))

    def demands(
        self, universe: str, dimension: str, hierarchy: Hierarchy
    ) -> dict[str, Condition | None]:
        """Code to what it demands of a call; a lone root demands nothing."""
        lone = hierarchy.roots[0] if len(hierarchy.roots) == 1 else None
        name = self.names.get((universe, dimension), dimension)
        return {
            n.code: (
                None
                if n.code == lone
                else n.means or ((n.span[0], tuple(n.span[1:])) if n.span else (name, n.code))
            )
            for n in hierarchy.nodes
        }

    def keys(self, table: ContingencyTable, span: Callable[[str], tuple[int, int]]) -> list[tuple]:
        """(universe, months, conditions) of each row; conditions that cannot all hold have a key of
        their own (see `nothing`).
        """
        demands = {
            name: self.demands(table.universe, name, hierarchy)
            for name, hierarchy in table.hierarchies.items()
        }
        spans = {p: span(p) for p in table.cells["period"].unique()}
        said: dict[tuple, frozenset] = {}
        found = []
        for period, *codes in table.cells[["period", *table.hierarchies]].itertuples(index=False):
            key = tuple(codes)
            if key not in said:
                wanted = {
                    demands[name].get(code)
                    for name, code in zip(table.hierarchies, codes, strict=True)
                } - {None}
                said[key] = self._shortest(table.universe, wanted | set(table.subset))
            found.append((table.universe, spans[period], said[key]))
        return found

    def _shortest(self, universe: str, wanted: set[Condition]) -> frozenset:
        holds = {
            condition: self.wider.get((universe, condition), frozenset({condition}))
            for condition in wanted
        }
        every = [c for conditions in holds.values() for c in conditions]
        if any((universe, a, b) in self.beside for a in every for b in every):
            return frozenset({(NOTHING, repr(sorted(wanted, key=repr)))})
        kept = sorted(wanted, key=repr)
        for one in sorted(wanted, key=repr):
            if any(one in holds[other] for other in kept if other != one):
                kept.remove(one)
        return frozenset(kept)

    def _learn(
        self, table: ContingencyTable, name: str, hierarchy: Hierarchy, steps: dict, beside: set
    ) -> None:
        universe, demands, parents = (
            table.universe,
            self.demands(table.universe, name, hierarchy),
            hierarchy.parents,
        )
        said = {code: condition for code, condition in demands.items() if condition is not None}
        for code, condition in said.items():
            wider = steps.setdefault((universe, condition), set())
            wider |= {pair for pair in table.subset if pair[0] == condition[0]}
            parent = parents[code]
            wider |= {demands[parent]} - {None} if parent is not None else set()
            line = set(hierarchy.ancestors(code))
            beside |= {
                (universe, condition, other)
                for rival, other in said.items()
                if rival not in line and code not in hierarchy.ancestors(rival)
            }


def _reach(key: tuple[str, Condition], steps: dict) -> set[Condition]:
    universe, condition = key
    seen, ahead = {condition}, [condition]
    for one in ahead:
        for wider in steps.get((universe, one), set()) - seen:
            seen.add(wider)
            ahead.append(wider)
    return seen
