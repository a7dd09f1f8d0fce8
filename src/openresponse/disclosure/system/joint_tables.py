"""Which crosses of dimensions nobody publishes but every reader may reason with.

Tables whose dimensions form a ring (month by step, month by model, model by step) can be filled in
one by one in ways that no real table has. The cross of the ring is then part of the system, as
cells that are free and not published. Tables without a ring need none (Lauritzen, Graphical Models,
1996, on decomposable models).
"""

from dataclasses import dataclass
from itertools import combinations

from openresponse.disclosure.system.periods import months
from openresponse.tables.contingency import CountTable
from openresponse.tables.hierarchy import Tree


@dataclass(frozen=True)
class Cross:
    """A table nobody sees: its dimensions, its stretches of months, and what it counts."""

    universe: str
    stretches: tuple[tuple[int, int], ...]
    trees: dict[str, Tree]
    where: tuple[tuple[str, str], ...]


def crosses(tables: list[CountTable]) -> list[Cross]:
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


def _partitions(table: CountTable, others: list[CountTable]) -> frozenset:
    """Every way of dividing the universe that the table tells apart: stretches of time, its
    dimensions at their own grain and at every coarser one used elsewhere, and the codes that it
    shares with another dimension.
    """
    own = _grain(table)
    found = {("time", grain) for grain in map(_grain, others) if grain % own == 0}
    for other in others:
        for name, tree in other.trees.items():
            mine = table.trees.get(name)
            if mine is not None and set(tree.leaves) <= set(mine.codes):
                found.add(("dimension", name, tuple(sorted(tree.leaves))))
            for elsewhere, codes in _links(tree).items():
                if (name in table.trees and mine == tree) or (
                    elsewhere in table.trees and codes <= set(table.trees[elsewhere].codes)
                ):
                    found.add(("link", name, elsewhere))
        for name, code in other.where:
            if (name, code) in table.where or (
                name in table.trees and code in table.trees[name].codes
            ):
                found.add(("where", name, code))
    return frozenset(found)


def _grain(table: CountTable) -> int:
    """How many months the table's periods have; of several lengths the shortest."""
    return min(
        (end - start for start, end in map(months, table.cells["period"].unique())), default=1
    )


def _links(tree: Tree) -> dict[str, set[str]]:
    """Other dimension to those of its codes that this tree's codes mean."""
    found: dict[str, set[str]] = {}
    for node in tree.nodes:
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


def _cross(universe: str, clique: frozenset, tables: list[CountTable]) -> Cross:
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
    having = {name: [table for table in tables if name in table.trees] for name in sorted(named)}
    trees = {
        name: max((table.trees[name] for table in own), key=lambda tree: len(tree.leaves))
        for name, own in having.items()
    }
    for name in sorted(trees):
        if any(_told_by(trees[name], other) for other in trees.values()):
            del trees[name]
    where = set().union(
        *(set.intersection(*(set(table.where) for table in having[name])) for name in trees)
    )
    return Cross(universe, tuple(sorted(stretches)), trees, tuple(sorted(where)))


def _told_by(tree: Tree, other: Tree) -> bool:
    """Whether another dimension has a code for each finest one of this tree, and so tells all that
    it tells.
    """
    own = {
        node.means or (tree.dimension, node.code) for node in tree.nodes if node.code in tree.leaves
    }
    return other.dimension != tree.dimension and own <= {
        node.means or (other.dimension, node.code) for node in other.nodes
    }
