"""Which crosses of dimensions nobody publishes but every reader may reason with.

Tables whose dimensions form a ring (month by step, month by model, model by step) can be filled in
one by one in ways that no real table has. The cross of the ring is then part of the system, as
cells that are free and not published. Tables without a ring need none (Lauritzen, Graphical Models,
1996, on decomposable models).
"""

from dataclasses import dataclass
from itertools import combinations

from openresponse.disclosure.system.periods import months
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy


@dataclass(frozen=True)
class Cross:
    """A table nobody sees: its dimensions, its stretches of months, and what it counts."""

    universe: str
    stretches: tuple[tuple[int, int], ...]
    hierarchies: dict[str, Hierarchy]
    subset: tuple[tuple[str, str], ...]


def crosses(tables: list[ContingencyTable]) -> list[Cross]:
    """The crosses that close every ring among the tables of each universe."""
    found = []
    for universe in dict.fromkeys(table.universe for table in tables):
        inside = [table for table in tables if table.universe == universe]
        partitions = [_partitions(table, inside) for table in inside]
        found += [
            _cross(universe, clique, inside)
            for clique in _cliques(partitions)
            if not any(clique <= own for own in partitions)
        ]
    return found


def _partitions(table: ContingencyTable, others: list[ContingencyTable]) -> frozenset:
    """Every way of dividing the universe that the table tells apart: stretches of time, its
    dimensions at their own grain and at every coarser one used elsewhere, and the codes that it
    shares with another dimension.
    """
    own = _grain(table)
    found = {("time", grain) for grain in map(_grain, others) if grain % own == 0}
    for other in others:
        for name, hierarchy in other.hierarchies.items():
            mine = table.hierarchies.get(name)
            if mine is not None and set(hierarchy.leaves) <= set(mine.codes):
                found.add(("dimension", name, tuple(sorted(hierarchy.leaves))))
            for elsewhere, codes in _links(hierarchy).items():
                if (name in table.hierarchies and mine == hierarchy) or (
                    elsewhere in table.hierarchies
                    and codes <= set(table.hierarchies[elsewhere].codes)
                ):
                    found.add(("link", name, elsewhere))
        for name, code in other.subset:
            if (name, code) in table.subset or (
                name in table.hierarchies and code in table.hierarchies[name].codes
            ):
                found.add(("where", name, code))
    return frozenset(found)


def _grain(table: ContingencyTable) -> int:
    """How many months the table's periods have; of several lengths the shortest."""
    return min(
        (end - start for start, end in map(months, table.cells["period"].unique())), default=1
    )


def _links(hierarchy: Hierarchy) -> dict[str, set[str]]:
    """Other dimension to those of its codes that this hierarchy's codes mean."""
    found: dict[str, set[str]] = {}
    for node in hierarchy.nodes:
        if node.means:
            found.setdefault(node.means[0], set()).add(node.means[1])
    return found


def _cliques(partitions: list[frozenset]) -> list[frozenset]:
    """Maximal cliques of the graph of what stands together in a table, its rings closed by minimum
    fill.
    """
    near: dict = {node: set() for own in partitions for node in own}
    for own in partitions:
        for a, b in combinations(own, 2):
            near[a].add(b)
            near[b].add(a)
    cliques: list[frozenset] = []
    while near:
        node = min(near, key=lambda n: (_fill(near, n), len(near[n]), repr(n)))
        around = near.pop(node)
        for a, b in combinations(around, 2):
            near[a].add(b)
            near[b].add(a)
        for a in around:
            near[a].discard(node)
        clique = frozenset(around | {node})
        if not any(clique <= other for other in cliques):
            cliques.append(clique)
    return cliques


def _fill(near: dict, node) -> int:
    return sum(b not in near[a] for a, b in combinations(near[node], 2))


def _cross(universe: str, clique: frozenset, tables: list[ContingencyTable]) -> Cross:
    grain = min(part[1] for part in clique if part[0] == "time")
    stretches = {
        s
        for table in tables
        for s in map(months, table.cells["period"].unique())
        if s[1] - s[0] == grain
    }
    named = {part[1] for part in clique if part[0] == "dimension"}
    # A link whose dimensions are both outside the clique brings one of them in.
    named |= {part[1] for part in clique if part[0] == "link" and not {part[1], part[2]} & named}
    having = {
        name: [table for table in tables if name in table.hierarchies] for name in sorted(named)
    }
    hierarchies = {
        name: max(
            (table.hierarchies[name] for table in own), key=lambda hierarchy: len(hierarchy.leaves)
        )
        for name, own in having.items()
    }
    for name in sorted(hierarchies):
        if any(_told_by(hierarchies[name], other) for other in hierarchies.values()):
            del hierarchies[name]
    subset = set().union(
        *(set.intersection(*(set(table.subset) for table in having[name])) for name in hierarchies)
    )
    return Cross(universe, tuple(sorted(stretches)), hierarchies, tuple(sorted(subset)))


def _told_by(hierarchy: Hierarchy, other: Hierarchy) -> bool:
    """Whether another dimension has a code for each finest one of this hierarchy, and so tells all
    that it tells.
    """
    own = {
        node.means or (hierarchy.dimension, node.code)
        for node in hierarchy.nodes
        if node.code in hierarchy.leaves
    }
    return other.dimension != hierarchy.dimension and own <= {
        node.means or (other.dimension, node.code) for node in other.nodes
    }
