"""The columns that every public table has: statuses, keys, and whose figures they are."""

import pandas as pd

from openresponse.measures import response_times

SHOWN, WITHHELD, NOT_AVAILABLE, NOT_APPLICABLE = "", "c", "x", "z"
PROVISIONAL, REVISED, EARLIER, UNRELIABLE, BREAK = "p", "r", "e", "u", "b"
# What the `_status` column beside a value says of it.
STATUS = {
    SHOWN: "Shown",
    WITHHELD: "Withheld for privacy",
    NOT_AVAILABLE: "Not available",
    NOT_APPLICABLE: "Not applicable",
    PROVISIONAL: "Provisional: a revision may still change it",
    REVISED: "Revised since an earlier release",
    EARLIER: "Earlier figure: the revised one is withheld for privacy",
    UNRELIABLE: "Low reliability",
    BREAK: "Break in series: a part of the period is missing, or what is counted changed",
}
SOURCE = "source"
UNIT_HOURS = response_times.UNIT_HOURS
PARTS = ("timed", "not_timed")  # in a table of times, counts beside that of the whole group


def values(frame: pd.DataFrame) -> list[str]:
    """The columns that have a status beside them."""
    return [name for name in frame.columns if f"{name}_status" in frame.columns]


def where_missing(values: pd.Series, status: str) -> pd.Series:
    """The status of each of these values: shown, or `status` where there is none."""
    return values.isna().map({True: status, False: SHOWN}).astype("string")


def keys(frame: pd.DataFrame) -> list[str]:
    """The columns that say what a row of a public table of counts is about: those before its first
    value, but for `part_of`.
    """
    first = list(frame.columns).index(values(frame)[0])
    return [name for name in frame.columns[:first] if name != "part_of"]


def counts(frame: pd.DataFrame) -> list[str]:
    """The columns of a public table that hold counts of its rows."""
    return [name for name in (values(frame)[0], *PARTS) if name in frame]
