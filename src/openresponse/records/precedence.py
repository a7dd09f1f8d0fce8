"""Which row counts when several say the same thing, and which came too late.

Every row keeps its place: what is not used gets a reason in `handling`, so that rows in equal rows
used and rows set aside.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from openresponse.program import ExtractName
from openresponse.records.schema import FIELDS, KEYS

USED, USED_FOR_FOLLOWUP = "used", "used_for_followup"
# Why a row was set aside, in the words of the data dictionary.
REASONS = {
    "repeated": "The same row twice in one delivery",
    "restated": "Replaced by a later row with the same key",
    "arrived_late": "Arrived after its month had been published",
    "required_field_missing": "A field it cannot be counted without is missing",
    "unreadable": "A field it cannot be counted without cannot be read",
    "unknown_code": "A code that the program file does not list",
    "not_ours": "About something else than mental-health calls",
    "not_linked": "No incident with its number",
    "another_record": "A further record of an incident already counted",
    "out_of_scope": "Outside the months reported",
}


@dataclass(frozen=True)
class Vintage:
    """What was known when the month `release` was published.

    published: month to the release that first published it; a month not in it belongs to `release`.
    """

    release: str
    published: Mapping[str, str] = field(default_factory=dict)

    def late(self, frame: pd.DataFrame, month: pd.Series) -> pd.Series:
        """Rows about a month that was first published by a release older than their delivery.

        A figure once published stays (its change would show the late person), so such rows are
        counted in the data-quality table and nowhere else.
        """
        first = month.map(self.published).astype("string").fillna(self.release)
        return (frame["delivery"] > first).fillna(False).astype(bool)

    def not_yet(self, month: pd.Series) -> pd.Series:
        """Rows about a month after the release."""
        return (month > self.release).fillna(False).astype(bool)


def set_aside(frame: pd.DataFrame, rows: pd.Series, reason: str) -> pd.DataFrame:
    """The frame with `reason` on those of `rows` that have none yet."""
    if reason not in REASONS:
        raise ValueError(f"{reason} is not a reason the dictionary explains")
    frame = frame.copy()
    frame.loc[rows & (frame["handling"] == ""), "handling"] = reason
    return frame


def usable(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that no reason sets aside."""
    return frame[frame["handling"] == ""]


def last_delivered(frame: pd.DataFrame, name: ExtractName) -> pd.DataFrame:
    """Of rows with one key the last delivered is used; the others are repeated or restated."""
    key = list(KEYS[name])
    content = [field for field in FIELDS[name] if field not in key]
    repeated = usable(frame).duplicated([*key, *content, "delivery"], keep="first")
    frame = set_aside(frame, _of_all(repeated, frame), "repeated")
    restated = usable(frame).duplicated(key, keep="last")
    return set_aside(frame, _of_all(restated, frame), "restated")


def _of_all(some: pd.Series, frame: pd.DataFrame) -> pd.Series:
    return some.reindex(frame.index, fill_value=False)
