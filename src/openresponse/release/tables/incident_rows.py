"""One row an incident, derived from published tables and from nothing else: it adds nothing to what
they tell.

Each incident of a shown finest cell has that cell's codes. Where a cell is withheld, its incidents
are listed with those of the other withheld cells of the narrowest whole that is shown, and what
would tell them apart reads `withheld`.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from openresponse.errors import ReleaseError
from openresponse.release.tables.columns import EARLIER
from openresponse.tables.hierarchy import Hierarchy, Node

WITHHELD_CODE = "withheld"
# For each table the codes of its category whose incidents it tells; together they are all.
Sources = Mapping[str, Iterable[str]]


def derive(
    frames: Mapping[str, pd.DataFrame],
    hierarchies: Mapping[str, Mapping[str, Hierarchy]],
    sources: Sources,
) -> pd.DataFrame:
    """Each incident of each complete calendar year, in no order but that of its codes.

    Counts: mental-health incidents, each once, as the tables it is computed from show them.
    Share of: nothing; count the rows.
    Leaves out: incidents of years that are not complete. For an incident that a team was sent to it
    does not tell where and when it was, and for the others not who came: together they would make
    groups of a few people.
    Not recorded: as in the tables it is computed from. What is withheld reads `withheld`, which
    is no value of its own.

    frames: published tables by name. hierarchies: for each of them the hierarchies of its columns,
    the category's last. Returns the columns `period`, one for each dimension, `result` and
    `part_of`. ReleaseError where the tables do not add up.
    """
    first = next(iter(sources))
    results = list(hierarchies[first].values())[-1]
    known = pd.concat(
        [_known(frames[name], hierarchies[name], codes) for name, codes in sources.items()],
        ignore_index=True,
    )
    whole = _cells(frames[first], hierarchies[first], 0, results.roots).set_index("period")["count"]
    unknown = _rest(whole, known.groupby("period")["count"].sum())
    counted = pd.concat(
        [known[known["period"].isin(whole.index)], unknown.reset_index()], ignore_index=True
    )
    dimensions = list(
        dict.fromkeys(name for table in sources for name in list(hierarchies[table])[:-1])
    )
    counted = counted.reindex(columns=["period", *dimensions, "result", "count"]).fillna(
        dict.fromkeys([*dimensions, "result"], WITHHELD_CODE)
    )
    counted["part_of"] = counted["result"].map(results.parents).fillna("")
    names = ["period", *dimensions, "result", "part_of"]
    counted = counted.sort_values([*names[:-1], "count"], ignore_index=True)
    rows = counted.loc[counted.index.repeat(counted["count"]), names]
    return rows.reset_index(drop=True).astype("string")


def columns(sources: Mapping[str, Mapping[str, Hierarchy]]) -> dict[str, Hierarchy]:
    """The hierarchies of the file's columns, each with the code for what a row does not tell."""
    *_, results = next(iter(sources.values())).values()
    by_column = {
        name: hierarchy
        for table in sources.values()
        for name, hierarchy in list(table.items())[:-1]
    } | {"result": results}
    return {
        name: Hierarchy(
            name, (*hierarchy.nodes, Node(WITHHELD_CODE, "Not shown in this row, for privacy"))
        )
        for name, hierarchy in by_column.items()
    }


def _known(
    frame: pd.DataFrame, hierarchies: Mapping[str, Hierarchy], codes: Iterable[str]
) -> pd.DataFrame:
    """How many incidents have which codes, from the finest cells up: at each step one dimension
    less is known.
    """
    *by, category = hierarchies
    wanted = set(codes)
    leaves = [
        leaf
        for leaf in hierarchies[category].leaves
        if wanted & set(hierarchies[category].ancestors(leaf))
    ]
    known = pd.DataFrame(
        {name: pd.Series(dtype="string") for name in ["period", *by, "result"]}
        | {"count": pd.Series(dtype="int64")}
    )
    for fine in range(len(by), -1, -1):
        keys = ["period", *by[:fine], "result"]
        shown = _cells(frame, hierarchies, fine, leaves).set_index(keys)["count"]
        rest = _rest(shown, known.groupby(keys)["count"].sum())
        known = pd.concat([known, rest.reset_index()], ignore_index=True)
    return known


def _cells(
    frame: pd.DataFrame, hierarchies: Mapping[str, Hierarchy], fine: int, codes: list[str]
) -> pd.DataFrame:
    """The shown cells with these codes of the category, by the first `fine` dimensions and over all
    of the others.
    """
    *by, category = hierarchies
    counted = frame.columns[frame.columns.get_loc("part_of") + 1]
    shown = frame[counted].notna() & (frame[f"{counted}_status"] != EARLIER)
    chosen = shown & frame[category].isin(codes)
    for number, name in enumerate(by):
        chosen &= frame[name].isin(
            hierarchies[name].leaves if number < fine else hierarchies[name].roots
        )
    cells = frame[chosen]
    return cells[["period", *by[:fine]]].assign(
        result=cells[category], count=cells[counted].astype("int64")
    )


def _rest(shown: pd.Series, known: pd.Series) -> pd.Series:
    """What of the shown cells is not known by finer codes."""
    rest = shown - known.reindex(shown.index, fill_value=0)
    if (rest < 0).any():
        raise ReleaseError(
            "Single incidents cannot be told from these tables, for their figures do not add up."
            " Nothing was published; this is a defect of the program or of the files it read, so"
            " report it."
        )
    return rest[rest > 0].rename("count")
