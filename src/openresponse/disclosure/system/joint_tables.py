"""Which joint tables nobody publishes although every reader may reason with them.

Tables whose dimensions form a cycle (month by step, month by model, model by step) can be filled in
one by one in ways that no real table has. The joint table of the cycle is then part of the system:
its cells are free variables that are not published. Tables without a cycle need none (Lauritzen,
Graphical Models, 1996, on decomposable models).
"""

from itertools import combinations
from typing import Any

from openresponse.disclosure.system.shapes import Shape, spans
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy

# One way of dividing a universe: spans of months, codes, or whether a condition holds.
Division = tuple[Any, ...]
Divisions = frozenset[Division]


def joint_tables(tables: list[ContingencyTable]) -> list[Shape]:
    """The joint tables that close every cycle among the tables of each universe."""
    shapes = []
    for universe in dict.fromkeys(table.universe for table in tables):
        inside = [table for table in tables if table.universe == universe]
        divisions = [_divisions(table, inside) for table in inside]
        shapes += [
            _joint_table(universe, clique, inside)
            for clique in _cliques(divisions)
            if not any(clique <= own for own in divisions)
        ]
    return shapes


def _divisions(table: ContingencyTable, tables: list[ContingencyTable]) -> Divisions:
    """Every way of dividing the universe that the table shows: spans of months, its
    dimensions at their own grain and at every coarser one used elsewhere, and the codes that it
    shares with another dimension.
    """
    own = _grain(table)
    divisions: set[Division] = {
        ("time", grain) for grain in map(_grain, tables) if grain % own == 0
    }
    for other in tables:
        for name, hierarchy in other.hierarchies.items():
            mine = table.hierarchies.get(name)
            if mine is not None and set(hierarchy.leaves) <= set(mine.codes):
                divisions.add(("dimension", name, tuple(sorted(hierarchy.leaves))))
            for elsewhere, codes in _links(hierarchy).items():
                if mine == hierarchy or (
                    elsewhere in table.hierarchies
                    and codes <= set(table.hierarchies[elsewhere].codes)
                ):
                    divisions.add(("link", name, elsewhere))
        for name, code in other.subset:
            if (name, code) in table.subset or (
                name in table.hierarchies and code in table.hierarchies[name].codes
            ):
                divisions.add(("where", name, code))
    return frozenset(divisions)


def _grain(table: ContingencyTable) -> int:
    """How many months the table's periods have; of several lengths the shortest."""
    return min((end - start for start, end in spans(table)), default=1)


def _links(hierarchy: Hierarchy) -> dict[str, set[str]]:
    """Other dimension to those of its codes that this hierarchy's codes mean."""
    links: dict[str, set[str]] = {}
    for node in hierarchy.nodes:
        if node.means:
            links.setdefault(node.means[0], set()).add(node.means[1])
    return links


def _cliques(divisions: list[Divisions]) -> list[Divisions]:
    """Maximal cliques of the graph of what meets in a table, its cycles closed by minimum fill."""
    near: dict[Division, set[Division]] = {one: set() for own in divisions for one in own}
    for own in divisions:
        for a, b in combinations(own, 2):
            near[a].add(b)
            near[b].add(a)
    cliques: list[Divisions] = []
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


def _fill(near: dict[Division, set[Division]], node: Division) -> int:
    """How many edges are missing among the neighbours of a node."""
    return sum(b not in near[a] for a, b in combinations(near[node], 2))


def _joint_table(universe: str, clique: Divisions, tables: list[ContingencyTable]) -> Shape:
    grain = min(one[1] for one in clique if one[0] == "time")
    months = {s for table in tables for s in spans(table) if s[1] - s[0] == grain}
    names = {one[1] for one in clique if one[0] == "dimension"}
    # A link whose dimensions are both outside the clique brings one of them in.
    names |= {one[1] for one in clique if one[0] == "link" and not {one[1], one[2]} & names}
    having = {
        name: [table for table in tables if name in table.hierarchies] for name in sorted(names)
    }
    hierarchies = {
        name: max(
            (table.hierarchies[name] for table in own), key=lambda hierarchy: len(hierarchy.leaves)
        )
        for name, own in having.items()
    }
    for name in sorted(hierarchies):
        if any(_is_refined_by(hierarchies[name], other) for other in hierarchies.values()):
            del hierarchies[name]
    subset: set[tuple[str, str]] = set().union(
        *(set.intersection(*(set(table.subset) for table in having[name])) for name in hierarchies)
    )
    return Shape(universe, tuple(sorted(months)), hierarchies, tuple(sorted(subset)))


def _is_refined_by(hierarchy: Hierarchy, other: Hierarchy) -> bool:
    """Whether another dimension has a code for each finest one of this hierarchy."""
    own = {
        node.means or (hierarchy.dimension, node.code)
        for node in hierarchy.nodes
        if node.code in hierarchy.leaves
    }
    return other.dimension != hierarchy.dimension and own <= {
        node.means or (other.dimension, node.code) for node in other.nodes
    }
