"""Money that a later release says otherwise. No person is counted in it, so that the new amount is
published; it is marked, and listed among the corrections with its reason.
"""

import pandas as pd

from openresponse.release.tables.columns import PROVISIONAL, REVISED, SHOWN, keys, values

CHECK = "spending_restated"  # the check of the deliveries that asks for the reason


def marked(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The table of money with a mark on each value that was published otherwise, then or before."""
    was = _before(now, before)
    out = now.copy()
    for name in values(now):
        other = (now[name] != was[name]).fillna(False)
        other |= (was[f"{name}_status"] == REVISED).fillna(False)
        shown = now[f"{name}_status"].isin([SHOWN, PROVISIONAL])
        out[f"{name}_status"] = now[f"{name}_status"].mask(shown & other, REVISED)
    return out


def _before(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The rows of the release before, in the place of those of now."""
    was = now[keys(now)].merge(before, on=keys(now), how="left", validate="1:1")
    return was.set_index(now.index)
