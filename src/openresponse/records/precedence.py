"""Which row stands when several say the same thing, and which came too late.

Every row keeps its place: what is not used gets a reason in `handling`, so that rows in equal rows
used and rows set aside.
"""

import pandas as pd

from openresponse.records.schema import FIELDS, KEYS

# Why a row was set aside, in the words of the data dictionary.
REASONS = {
    "repeated": "The same row twice in one delivery",
    "restated": "Replaced by a later row with the same key",
    "arrived_late": "Arrived after its month had been published",
    "required_field_missing": "A field it cannot be counted without is missing",
    "unknown_code": "A code that the program file does not list",
    "not_linked": "No incident with its number",
    "another_record": "A further record of an incident already counted",
    "out_of_scope": "Outside the months reported",
}


def set_aside(frame: pd.DataFrame, rows: pd.Series, reason: str) -> pd.DataFrame:
    """The frame with `reason` on those of `rows` that have none yet."""
    if reason not in REASONS:
        raise ValueError(f"{reason} is not a reason the dictionary explains")
    frame = frame.copy()
    frame.loc[rows & (frame["handling"] == ""), "handling"] = reason
    return frame


def last_word(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Of rows with one key, the last delivered stands; the others are repeated or restated."""
    usable = frame[frame["handling"] == ""]
    key = list(KEYS[name])
    content = list(FIELDS[name])
    repeated = usable.duplicated(
        key + [c for c in content if c not in key] + ["drop"], keep="first"
    )
    frame = set_aside(frame, _flags(repeated, frame), "repeated")
    usable = frame[frame["handling"] == ""]
    return set_aside(frame, _flags(usable.duplicated(key, keep="last"), frame), "restated")


def late(
    frame: pd.DataFrame, month: pd.Series, published: dict[str, str], current: str
) -> pd.Series:
    """Rows about a month that was first published by a release older than their drop.

    published: month to the release that first published it; a month not in it belongs to `current`.
    A figure once published stands (its change would show the late person), so such rows are counted
    in the data-quality table and nowhere else.
    """
    first = month.map(published).astype("string").fillna(current)
    return (frame["drop"] > first).fillna(False).astype(bool)


def _flags(part: pd.Series, frame: pd.DataFrame) -> pd.Series:
    return part.reindex(frame.index, fill_value=False)
