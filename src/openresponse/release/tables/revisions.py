"""What a revision changed, cell by cell, from the published tables of both releases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from openresponse.release.tables.columns import EARLIER, SHOWN, WITHHELD, keys

TABLE = "revisions"  # the file of a revision that lists them
TITLE = "What this revision changed"
WHAT = {
    "revised": "Revised",
    "stands": "The earlier figure is kept: the change could reveal something about a few people",
    "withheld": "Withheld: the change could reveal something about a few people",
    "withheld_by_rule": "Withheld: the privacy rule became stricter",
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
    Not recorded: `now` is empty where the earlier figure is kept or the revised one is withheld;
    the true change is published nowhere.

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
    for name, frame in now.items():
        if name in before and {"part_of", "timed", "amount"} & set(frame):
            changed += [
                _of_column(name, before[name], frame, column)
                for column in frame
                if f"{column}_status" in frame and not column.startswith(FOLLOWING)
            ]
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
    codes = [
        ", ".join(f"{d}={c}" for d, c in zip(key[1:], row, strict=True))
        for row in rows[key[1:]].itertuples(index=False, name=None)
    ]
    return pd.DataFrame(
        {
            "table": name,
            "period": rows["period"],
            "row": pd.Series(codes, rows.index, dtype="string"),
            "column": column,
            "earlier": rows[f"{column}_before"].astype("Float64"),
            "now": rows[column].astype("Float64").mask(hidden),
            "now_status": hidden.map({True: WITHHELD, False: SHOWN}),
            "what": what,
        }
    )
