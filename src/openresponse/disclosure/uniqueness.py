"""How far records stand out: the sizes of the classes that share all their codes. What is empty is a code of its own."""

from dataclasses import dataclass

import pandas as pd

BANDS = {"1": (1, 1), "2 to 4": (2, 4), "5 to 10": (5, 10), "11 or more": (11, None)}


@dataclass(frozen=True)
class Uniqueness:
    """records: how many. unique: how many share their codes with no other. bands: class sizes to how many records lie
    in classes of such a size. smallest: the size of the smallest class (k)."""

    records: int
    unique: int
    bands: dict[str, int]
    smallest: int


def uniqueness(rows: pd.DataFrame, columns: list[str]) -> Uniqueness:
    """How many records are alone, or nearly, with their codes in these columns."""
    sizes = rows.groupby(columns, dropna=False, observed=True).size()
    bands = {name: int(sizes[(sizes >= low) & (sizes <= (high or sizes.max()))].sum()) for name, (low, high) in BANDS.items()}
    return Uniqueness(int(sizes.sum()), int((sizes == 1).sum()), bands, int(sizes.min()) if len(sizes) else 0)


def least_distinct(rows: pd.DataFrame, columns: list[str], sensitive: str) -> int:
    """The fewest different values of the sensitive column in any class (l)."""
    found = rows.groupby(columns, dropna=False, observed=True)[sensitive].nunique(dropna=False)
    return int(found.min()) if len(found) else 0
