"""The same table under another name: what a reporter notices when two columns of figures agree line
by line.
"""

from itertools import combinations

from openresponse.tables.contingency import ContingencyTable

FEWEST = 3  # lines shown in both, below which agreement is chance


def twins(releases: list[list[ContingencyTable]]) -> dict[tuple[str, str], str]:
    """(universe, dimension) to the dimension of another name that counts the same, for all a reader
    can see.
    """
    found: dict[tuple[str, str], str] = {}
    for tables in releases:
        for one, two in combinations(tables, 2):
            pair = _renamed(one, two)
            if pair and (one.universe, pair[1]) not in found and _agree(one, two, *pair):
                found[one.universe, pair[1]] = found.get((one.universe, pair[0]), pair[0])
    return found


def _renamed(one: ContingencyTable, two: ContingencyTable) -> tuple[str, str] | None:
    """The two names of a dimension, where the tables are alike in all else."""
    mine, other = (
        sorted(set(one.hierarchies) - set(two.hierarchies)),
        sorted(set(two.hierarchies) - set(one.hierarchies)),
    )
    if (
        (one.universe, one.subset) != (two.universe, two.subset)
        or len(mine) != 1
        or len(other) != 1
    ):
        return None
    a, b = one.hierarchies[mine[0]], two.hierarchies[other[0]]
    plain = not any(node.means or node.span for hierarchy in (a, b) for node in hierarchy.nodes)
    return (mine[0], other[0]) if plain and a.parents == b.parents else None


def _agree(one: ContingencyTable, two: ContingencyTable, mine: str, other: str) -> bool:
    key = ["period", *one.hierarchies]
    both = one.cells[[*key, "count"]].merge(
        two.cells.rename(columns={other: mine})[[*key, "count"]], on=key, suffixes=("", "_two")
    )
    both = both.dropna(subset=["count", "count_two"])
    return len(both) >= FEWEST and bool((both["count"] == both["count_two"]).all())
