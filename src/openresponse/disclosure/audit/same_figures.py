"""The same table under another name: what a reporter notices when two columns of figures agree line
by line.
"""

from itertools import combinations

import pandas as pd

from openresponse.tables.contingency import ContingencyTable

FEWEST = 3  # lines shown in both, below which agreement is chance


def aliases(releases: list[list[ContingencyTable]]) -> dict[tuple[str, str], str]:
    """(universe, dimension) to the dimension of another name that counts the same, for all a reader
    of every release can see.
    """
    pairs = [
        (one, two, names)
        for tables in releases
        for one, two in combinations(tables, 2)
        if (names := _names(one, two))
    ]
    compared = [
        ((one.universe, frozenset(names)), names, _lines(one, two, names))
        for one, two, names in pairs
    ]
    # A revision may withhold what showed them to differ: who kept the release before still knows.
    others = {which for which, _, both in compared if _differ(both)}
    same: dict[tuple[str, str], str] = {}
    for which, (first, second), both in compared:
        universe = which[0]
        seen = len(both.dropna(subset=["count", "count_two"]))
        if which not in others and seen >= FEWEST and (universe, second) not in same:
            same[universe, second] = same.get((universe, first), first)
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


def _lines(one: ContingencyTable, two: ContingencyTable, names: tuple[str, str]) -> pd.DataFrame:
    """The lines that both tables have: `count` and the `least` that each is known to be, and the
    same of the second, with `_two`.
    """
    key = ["period", *one.hierarchies]
    theirs = two.cells.rename(columns={names[1]: names[0]})
    mine = one.cells[key].assign(count=one.cells["count"].astype("Int64"), least=_least(one))
    theirs = theirs[key].assign(count=theirs["count"].astype("Int64"), least=_least(two))
    return mine.merge(theirs, on=key, suffixes=("", "_two"), validate="1:1")


def _differ(both: pd.DataFrame) -> bool:
    """Whether any line is shown to be another, or what one shows is not possible where the other
    withholds it.
    """
    other = both["count"] != both["count_two"]  # not known where one is withheld
    too_low = (both["count"] < both["least_two"]) | (both["count_two"] < both["least"])
    return bool((other | too_low).fillna(False).any())


def _least(table: ContingencyTable) -> pd.Series:
    """What each withheld count is known to be at least; 0 where it is shown."""
    least = pd.Series(1 if table.zeros == "public" else 0, index=table.cells.index)
    if "at_least" in table.cells:
        least = least.where(least > table.cells["at_least"], table.cells["at_least"])
    return least.where(table.cells["count"].isna(), 0)
