"""What a revision changed, cell by cell, from the published tables of both releases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from openresponse.release.tables.columns import (
    EARLIER,
    NOT_APPLICABLE,
    SHOWN,
    WITHHELD,
    keys,
    values,
)

TABLE = "revisions"  # the file of a revision that lists them
TITLE = "What this revision changed"
WHAT = {
    "revised": "Revised",
    "stands": "The earlier figure is kept: the change could reveal something about a few people",
    "withheld": "Withheld: the change could reveal something about a few people",
    "withheld_by_rule": "Withheld: the privacy rule became stricter",
    "ended": "Ended: published no more",
}
# Columns that follow from others.
FOLLOWING = ("share_", "part_of_", "all_", "rate_", "total_to_date")


@dataclass(frozen=True)
class Revision:
    """Why figures change that were published before, and who decided it: a role, not a person's
    name. of: the release that it takes the place of. edition: whether it is the privacy rule that
    changed, and no record.
    """

    reason: str
    decided_by: str
    of: str
    edition: bool = False

    def facts(self, day: date) -> dict[str, str]:
        """What the release says of it."""
        why = {"reason": self.reason, "decided_by": self.decided_by}
        facts = {"of": self.of, "date": str(day), **why}
        return facts | ({"edition": "privacy rule"} if self.edition else {})


def changes(
    before: Mapping[str, pd.DataFrame], now: Mapping[str, pd.DataFrame], edition: bool = False
) -> pd.DataFrame:
    """Every figure that a revision changed, kept or withheld because the change could reveal
    something.

    Counts: counts, times, residents, amounts of money and budgets, each once.
    Share of: none; each row is one changed figure.
    Leaves out: shares, rates and totals to date, which follow from these.
    Not recorded: `now` is empty where the earlier figure is kept, or the revised one is withheld
    or published no more; the true change is published nowhere. A table that ended is one row.

    before, now: published tables by name. edition: see Revision. Columns: `table`, `period`, `row`
    (its codes), `column`, `earlier`, `now`, `now_status`, `what` (see WHAT).
    """
    changed = [
        pd.DataFrame(
            {
                name: pd.Series(dtype="string")
                for name in ("table", "period", "row", "column", "now_status", "what")
            }
            | {name: pd.Series(dtype="Float64") for name in ("earlier", "now")}
        )
    ]
    for name, was in before.items():
        if not {"part_of", "timed", "amount"} & set(was):
            continue
        if name not in now:
            changed.append(_ended_table(name, was))
            continue
        for column in values(was):
            if column in now[name] and not column.startswith(FOLLOWING):
                changed.append(_of_column(name, was, now[name], column))
                changed.append(_ended_rows(name, was, now[name], column))
    columns = ["table", "period", "row", "column", "earlier", "now", "now_status", "what"]
    listed = pd.concat(changed, ignore_index=True)[columns].astype({"now_status": "string"})
    if edition:
        listed["what"] = listed["what"].replace({"withheld": "withheld_by_rule"})
    return listed


def _of_column(name: str, before: pd.DataFrame, now: pd.DataFrame, column: str) -> pd.DataFrame:
    key = keys(now)
    both = now[[*key, column, f"{column}_status"]].merge(
        before[[*key, column, f"{column}_status"]], on=key, suffixes=("", "_before"), validate="1:1"
    )
    kept = (both[f"{column}_status"] == EARLIER) & (both[f"{column}_status_before"] != EARLIER)
    withheld = (both[f"{column}_status"] == WITHHELD) & both[f"{column}_before"].notna()
    revised = (both[column] != both[f"{column}_before"]).fillna(False) & ~kept
    rows = both[kept | withheld | revised]
    hidden = (kept | withheld)[rows.index]
    what = pd.Series("revised", rows.index, dtype="string")
    what = what.mask(withheld[rows.index], "withheld").mask(kept[rows.index], "stands")
    return pd.DataFrame(
        {
            "table": name,
            "period": rows["period"],
            "row": _codes(rows, key),
            "column": column,
            "earlier": rows[f"{column}_before"].astype("Float64"),
            "now": rows[column].astype("Float64").mask(hidden),
            "now_status": hidden.map({True: WITHHELD, False: SHOWN}),
            "what": what,
        }
    )


def _ended_rows(name: str, before: pd.DataFrame, now: pd.DataFrame, column: str) -> pd.DataFrame:
    """The figures of rows that are gone, such as those of a district that was merged."""
    key = keys(before)
    both = before.merge(now[key], on=key, how="left", indicator=True, validate="1:1")
    rows = both[(both["_merge"] == "left_only") & both[column].notna()]
    return pd.DataFrame(
        {
            "table": name,
            "period": rows["period"],
            "row": _codes(rows, key),
            "column": column,
            "earlier": rows[column].astype("Float64"),
            "now": pd.Series(pd.NA, rows.index, dtype="Float64"),
            "now_status": NOT_APPLICABLE,
            "what": "ended",
        }
    )


def _ended_table(name: str, before: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "table": [name],
            "period": [before["period"].max()],
            "row": [""],
            "column": [""],
            "earlier": pd.Series([pd.NA], dtype="Float64"),
            "now": pd.Series([pd.NA], dtype="Float64"),
            "now_status": [NOT_APPLICABLE],
            "what": ["ended"],
        }
    )


def _codes(rows: pd.DataFrame, key: list[str]) -> pd.Series:
    """What each row is about, in codes."""
    codes = [
        ", ".join(f"{d}={c}" for d, c in zip(key[1:], row, strict=True))
        for row in rows[key[1:]].itertuples(index=False, name=None)
    ]
    return pd.Series(codes, rows.index, dtype="string")
