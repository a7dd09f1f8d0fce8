"""How much is lost to privacy, table by table, from the published tables alone."""

import pandas as pd

from openresponse.release.store.published import Published
from openresponse.release.tables.cells import count_tables
from openresponse.release.tables.columns import WITHHELD, values
from openresponse.tables.contingency import ContingencyTable


def loss(published: Published) -> pd.DataFrame:
    """One row a table of counts: its `values` and how many of them are `withheld`, as they stand in
    its file; and of all that is counted in it (`counted`) how much lies in its finest cells that
    are shown (`inside`).

    Groups whose own total is withheld are left out of both. In a table of times a group counts as
    shown where its median is.
    """
    return published.once(_loss)


def _loss(published: Published) -> pd.DataFrame:
    rows: dict[str, dict[str, int]] = {}
    for table in count_tables(published):
        name = table.name.split("/")[0]
        row = rows.setdefault(name, _values(published.tables[name]) | {"inside": 0, "counted": 0})
        inside, counted = _times(table) if published.kind(name) == "times" else _counts(table)
        row["inside"] += inside
        row["counted"] += counted
    return (
        pd.DataFrame.from_dict(
            rows, orient="index", columns=["values", "withheld", "inside", "counted"]
        )
        .rename_axis("table")
        .reset_index()
    )


def _values(frame: pd.DataFrame) -> dict[str, int]:
    """How many values a file has beside a status, and how many of these are withheld."""
    statuses = frame[[f"{name}_status" for name in values(frame)]]
    return {"values": statuses.size, "withheld": int((statuses == WITHHELD).sum().sum())}


def _counts(table: ContingencyTable) -> tuple[int, int]:
    """The whole of a group is the sum of its finest cells, so it is read from the group's total."""
    cells = table.cells
    leaf, root, groups = (
        pd.Series(True, cells.index),
        pd.Series(True, cells.index),
        {"period": cells["period"]},
    )
    for name, hierarchy in table.hierarchies.items():
        leaf &= cells[name].isin(hierarchy.leaves)
        root &= cells[name].isin(hierarchy.roots)
        groups[name] = cells[name].map(
            {
                code: above
                for code in hierarchy.codes
                for above in hierarchy.ancestors(code)
                if above in hierarchy.roots
            }
        )
    group = pd.MultiIndex.from_frame(pd.DataFrame(groups))
    shown = root & cells["count"].notna()
    return int(cells.loc[leaf & group.isin(group[shown]), "count"].sum()), int(
        cells.loc[shown, "count"].sum()
    )


def _times(table: ContingencyTable) -> tuple[int, int]:
    cells = table.cells
    dimension = list(table.hierarchies)[-1]
    keys = ["period", *(d for d in table.hierarchies if d != dimension)]
    finest = pd.Series(True, cells.index)
    for name in keys[1:]:
        finest &= cells[name].isin(table.hierarchies[name].leaves)
    whole = cells[
        finest & (cells[dimension] == "all") & cells["count"].notna() & (cells["count"] > 0)
    ].set_index(keys)["count"]
    timed = (
        cells[finest & (cells[dimension] == "timed") & (cells["at_least"] > 0)]
        .set_index(keys)
        .index
    )
    return int(whole[whole.index.isin(timed)].sum()), int(whole.sum())
