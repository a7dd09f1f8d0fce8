"""How far records stand out: the sizes of the classes that share all their codes. What is empty is
a code of its own.
"""

from dataclasses import dataclass

import pandas as pd

from openresponse.tables.contingency import ContingencyTable

BANDS = {"1": (1, 1), "2 to 4": (2, 4), "5 to 10": (5, 10), "11 or more": (11, None)}


@dataclass(frozen=True)
class Uniqueness:
    """records: how many. unique: how many share their codes with no other. bands: class sizes to
    how many records lie in classes of such a size. smallest: the size of the smallest class (k)."""

    records: int
    unique: int
    bands: dict[str, int]
    smallest: int


def classes(rows: pd.DataFrame, columns: list[str]) -> pd.Series:
    """The size of each class of records that agree in these columns, by their codes."""
    return rows.groupby(columns, dropna=False, observed=True).size()


def uniqueness(rows: pd.DataFrame, columns: list[str]) -> Uniqueness:
    """How many records are alone, or nearly, with their codes in these columns."""
    sizes = classes(rows, columns)
    bands = {
        name: int(sizes[(sizes >= low) & (sizes <= (high or sizes.max()))].sum())
        for name, (low, high) in BANDS.items()
    }
    return Uniqueness(
        int(sizes.sum()), int((sizes == 1).sum()), bands, int(sizes.min()) if len(sizes) else 0
    )


def least_distinct(rows: pd.DataFrame, columns: list[str], sensitive: str) -> int:
    """The fewest different values of the sensitive column in any class (l)."""
    found = rows.groupby(columns, dropna=False, observed=True)[sensitive].nunique(dropna=False)
    return int(found.min()) if len(found) else 0


def smallest_shown(tables: list[ContingencyTable]) -> int | None:
    """k of published tables: the smallest count they show, zeros and exempt counts apart; None
    where they show none.
    """
    shown = [
        t.cells["count"][~t.rows(t.exempt) & (t.cells["count"] > 0).fillna(False).astype(bool)]
        for t in tables
    ]
    return min((int(counts.min()) for counts in shown if len(counts)), default=None)


def least_possible(tables: list[ContingencyTable]) -> int | None:
    """l of published tables: the fewest codes of a sensitive dimension among which a reader must
    leave it open where somebody of a group is; None where no such group is published.

    A withheld count leaves its code open. Groups shown as zero have nobody in them.
    """
    found = []
    for table in tables:
        may = (table.cells["count"] > 0).fillna(False) | (table.cells["status"] == "c")
        for name, group in table.sensitive:
            others = ["period", *(d for d in table.hierarchies if d != name)]
            wide = (
                table.cells[others]
                .assign(code=table.cells[name], may=may)
                .pivot(index=others, columns="code", values="may")
                .astype(bool)
            )
            found += (
                wide.loc[wide[group], table.hierarchies[name].children(group)]
                .sum(axis="columns")
                .tolist()
            )
    return min(found, default=None)
