"""The same table under another name: what a reporter notices when two columns of figures agree line
by line.
"""

from itertools import combinations

from openresponse.tables.contingency import ContingencyTable

FEWEST = 3  # lines shown in both, below which agreement is chance


def aliases(releases: list[list[ContingencyTable]]) -> dict[tuple[str, str], str]:
    """(universe, dimension) to the dimension of another name that counts the same, for all a reader
    can see.
    """
    same: dict[tuple[str, str], str] = {}
    for tables in releases:
        for one, two in combinations(tables, 2):
            names = _names(one, two)
            if names and (one.universe, names[1]) not in same and _agree(one, two, names):
                same[one.universe, names[1]] = same.get((one.universe, names[0]), names[0])
    return same


def _names(one: ContingencyTable, two: ContingencyTable) -> tuple[str, str] | None:
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


def _agree(one: ContingencyTable, two: ContingencyTable, names: tuple[str, str]) -> bool:
    key = ["period", *one.hierarchies]
    theirs = two.cells.rename(columns={names[1]: names[0]})
    both = one.cells[[*key, "count"]].merge(theirs[[*key, "count"]], on=key, suffixes=("", "_two"))
    both = both.dropna(subset=["count", "count_two"])
    return len(both) >= FEWEST and bool((both["count"] == both["count_two"]).all())
