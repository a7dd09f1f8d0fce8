"""What became of every row and every value of the newest delivery: nothing is lost."""

import pandas as pd

from openresponse.records.plausibility.delivered import Delivered
from openresponse.records.precedence import USED


def rows(delivered: Delivered) -> pd.DataFrame:
    """Rows of the newest delivery by what became of them (rows) and by extract (columns)."""
    pieces = [
        pd.DataFrame({"extract": name, "handling": frame["handling"].replace("", USED)})
        for name, frame in delivered.newest.items()
    ]
    counts = pd.concat(pieces).groupby(["handling", "extract"]).size().unstack(fill_value=0)
    return counts.reindex(columns=list(delivered.newest), fill_value=0)


def values(delivered: Delivered) -> pd.DataFrame:
    """The cells of each column of the newest delivery: `file`, `column`, `field`, `rows`, which is
    `readable` + `empty` + `unreadable`, and `first`, line numbers of some unreadable ones.
    """
    newest = delivered.values[delivered.values["delivery"] == delivered.month]
    return newest.reset_index(drop=True)


def files(delivered: Delivered) -> pd.DataFrame:
    """Each file of the newest delivery with its `rows` and the `extract` that reads it; NA where
    none does.
    """
    every = delivered.files
    return every[every["delivery"].fillna(delivered.month) == delivered.month]
