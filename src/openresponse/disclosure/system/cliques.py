"""Which attributes of records have to be told apart together.

Attributes that stand in one table, or that mean something to each other, are joined by an edge.
Where such a graph is chordal, tables over its cliques that agree on what they share are the margins
of a real table (Lauritzen, Graphical Models, 1996, on decomposable models); so nothing else than
the cliques has to be written down.
"""

from collections.abc import Iterable
from itertools import combinations

import numpy as np
from scipy.sparse.csgraph import minimum_spanning_tree


def cliques(together: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The maximal cliques of the graph, made chordal by minimum fill.

    together: sets of nodes that are joined to each other.
    """
    near: dict[str, set[str]] = {}
    for nodes in together:
        for node in nodes:
            near.setdefault(node, set()).update(nodes - {node})
    found: list[frozenset[str]] = []
    fill = {node: _fill(near, node) for node in near}
    while near:
        node = min(near, key=lambda one: (fill[one], len(near[one]), one))
        around = near.pop(node)
        for other in around:
            near[other] |= around - {other}
            near[other].discard(node)
        for changed in around.union(*(near[one] for one in around)):
            fill[changed] = _fill(near, changed)
        clique = frozenset(around | {node})
        if not any(clique <= other for other in found):
            found.append(clique)
    return found


def _fill(near: dict[str, set[str]], node: str) -> int:
    """How many edges are missing among a node's neighbours."""
    around = near[node]
    joined = sum(len(near[one] & around) for one in around)
    return (len(around) * (len(around) - 1) - joined) // 2


def junctions(found: list[frozenset[str]]) -> list[tuple[int, int]]:
    """Pairs of cliques that have to agree on what they share: a tree, or one for each part of the
    graph.
    """
    shared = np.zeros((len(found), len(found)))
    for one, other in combinations(range(len(found)), 2):
        shared[one, other] = -len(found[one] & found[other])
    hierarchy = minimum_spanning_tree(shared).tocoo()
    return sorted(
        (int(one), int(other)) for one, other in zip(hierarchy.row, hierarchy.col, strict=True)
    )
