"""The same table under another name: what a reporter notices when two columns of figures agree line
by line.
"""

from itertools import combinations

import pandas as pd

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
    """Whether all that both show is the same, and what one shows is possible where the other
    withholds it.
    """
    key = ["period", *one.hierarchies]
    theirs = two.cells.rename(columns={names[1]: names[0]})
    mine = one.cells[key].assign(count=one.cells["count"], least=_least(one))
    theirs = theirs[key].assign(count=theirs["count"], least=_least(two))
    both = mine.merge(theirs, on=key, suffixes=("", "_two"), validate="1:1")
    shown = both.dropna(subset=["count", "count_two"])
    agree = len(shown) >= FEWEST and bool((shown["count"] == shown["count_two"]).all())
    too_low = (both["count"] < both["least_two"]) | (both["count_two"] < both["least"])
    return agree and not too_low.fillna(False).any()


def _least(table: ContingencyTable) -> pd.Series:
    """What each withheld count is known to be at least; 0 where it is shown."""
    least = pd.Series(1 if table.zeros == "public" else 0, index=table.cells.index)
    if "at_least" in table.cells:
        least = least.where(least > table.cells["at_least"], table.cells["at_least"])
    return least.where(table.cells["count"].isna(), 0)
