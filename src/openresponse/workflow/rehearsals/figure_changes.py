"""Which published figures differ between two releases, table by table."""

import pandas as pd

from openresponse.release.store.published import Published
from openresponse.release.tables.columns import WITHHELD, keys, values

COLUMNS = ["New", "Changed", "Withheld", "Shown again", "Gone"]


def figures(before: Published | None, after: Published | None) -> pd.DataFrame:
    """How many values of each table are new, changed, withheld now, shown again, or gone; a row a
    table of either release. Tables of single events, which no key tells apart, are left out.
    """
    olds = before.tables if before else {}
    news = after.tables if after else {}
    names = [name for name in {**news, **olds} if _is_keyed(olds.get(name), news.get(name))]
    rows = {name: _of_table(olds.get(name), news.get(name)) for name in names}
    return pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS)


def _is_keyed(*frames: pd.DataFrame | None) -> bool:
    """Whether each row of these has a key of its own."""
    there = [frame for frame in frames if frame is not None]
    return all(values(frame) and not frame.duplicated(keys(frame)).any() for frame in there)


def _of_table(before: pd.DataFrame | None, after: pd.DataFrame | None) -> list[int]:
    if before is None or after is None or keys(before) != keys(after):
        # A table of another shape has none of the earlier one's figures.
        return [_shown(after), 0, 0, 0, _shown(before)]
    counted = [
        _of_column(before, after, column)
        for column in dict.fromkeys([*values(after), *values(before)])
    ]
    return [sum(column) for column in zip(*counted, strict=True)]


def _of_column(before: pd.DataFrame, after: pd.DataFrame, column: str) -> list[int]:
    """The same for one column of values."""
    key, status = keys(after), f"{column}_status"
    old = before.reindex(columns=[*key, column, status])
    new = after.reindex(columns=[*key, column, status])
    rows = new.merge(old, on=key, how="outer", suffixes=("", "_old"), validate="1:1")
    now, was = rows[column].notna(), rows[f"{column}_old"].notna()
    hidden = (rows[status] == WITHHELD).fillna(False)
    hid = (rows[f"{status}_old"] == WITHHELD).fillna(False)
    differs = (rows[column] != rows[f"{column}_old"]).fillna(False)
    counted = (
        now & ~was & ~hid,
        now & was & differs,
        ~now & was & hidden,
        now & ~was & hid,
        ~now & was & ~hidden,
    )
    return [int(each.sum()) for each in counted]


def _shown(frame: pd.DataFrame | None) -> int:
    return 0 if frame is None else int(frame[values(frame)].notna().sum().sum())
