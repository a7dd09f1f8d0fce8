"""Which row counts when several say the same thing, and which came too late.

Every row keeps its place: what is not used gets a reason in `handling`, so that rows in equal rows
used and rows set aside.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from openresponse.program import Extract, ExtractName
from openresponse.records.linkage import NOT_LINKED, NOT_OURS
from openresponse.records.schema import FIELDS, KEYS, MOMENTS, NUMBERS
from openresponse.records.written import record_numbers

USED, USED_FOR_FOLLOWUP = "used", "used_for_followup"
# Codes of the field `leave_out`: rows that are no call of their own.
LEFT_OUT = {
    "duplicate_call": "Marked as a duplicate of another call",
    "test_call": "Marked as a test",
    "administrative_entry": "Marked as an administrative entry",
}
# A patient care record that one of the two definitions of a mental-health call takes in.
BY_STANDARD_ONLY = "by_standard_only"
# Why a row was set aside, in the words of the data dictionary.
REASONS = {
    "repeated": "The same row again",
    "contradicting": "Another row with its number in the same file says something else",
    "restated": "Replaced by a later row with the same key",
    "arrived_late": "Arrived after its month had been published",
    "required_field_missing": "A field it cannot be counted without is missing",
    "unreadable": "A field it cannot be counted without cannot be read",
    "unknown_code": "A code that the program file does not list",
    NOT_OURS: "About something else than mental-health calls",
    BY_STANDARD_ONLY: "About a call with another dispatch code, and yet about behavioral health by"
    " the definition of the EMS standard",
    **LEFT_OUT,
    **NOT_LINKED,
    "another_record": "A further record of an incident already counted",
    "out_of_scope": "Outside the months reported",
}


# How the period is written within which numbers begin again.
PERIODS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}


@dataclass(frozen=True)
class Vintage:
    """What was known when the month `release` was published.

    published: month to the release that first published it; a month not in it belongs to `release`.
    """

    release: str
    published: Mapping[str, str] = field(default_factory=dict)

    def late(self, frame: pd.DataFrame, month: pd.Series, key: pd.Series) -> pd.Series:
        """Rows delivered after a release that published what they are about: their month, or an
        earlier row with their key, whatever month that was in.

        A figure once published stays (its change would show the late person), so such rows are
        counted in the data-quality table and nowhere else.
        """
        first = month.map(self.published).astype("string").fillna(self.release)
        in_time = (frame["delivery"] <= first) & (frame["handling"] == "") & month.notna()
        settled = first.where(in_time.fillna(False).astype(bool)).groupby(key).transform("min")
        late = (frame["delivery"] > first) | (frame["delivery"] > settled).fillna(False)
        return late.fillna(False).astype(bool)

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


def set_aside_by_code(frame: pd.DataFrame, codes: pd.Series) -> pd.DataFrame:
    """The frame with the reason of each row that `codes` gives one."""
    for reason in codes[codes.notna() & (codes != "")].unique():
        frame = set_aside(frame, (codes == reason).fillna(False).astype(bool), reason)
    return frame


def usable(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that no reason sets aside."""
    return frame[frame["handling"] == ""]


def of_their_days(rows: pd.DataFrame, extract: Extract) -> pd.Series:
    """Which rows are of a day on which the form of their extract holds, or of none."""
    day = rows["local"].dt.tz_localize(None).dt.normalize()
    right = day.isna()
    for number, form in enumerate(extract.forms):
        right |= (rows["form"] == number) & form.holds_on(day)
    return right


def period(frame: pd.DataFrame, local: pd.Series, extract: Extract) -> pd.Series:
    """Within which the number of each row is given once: a year, month or day of its local time, or
    all time, of one form of its extract.
    """
    periods = pd.Series("", frame.index, dtype="string")
    for number, form in enumerate(extract.forms):
        of_form = frame["form"] == number
        written = PERIODS.get(form.numbers_begin_again)
        within = local.dt.strftime(written).astype("string") if written else ""
        periods = periods.mask(of_form, f"{number} " + within)
    return periods


def keys(frame: pd.DataFrame, name: ExtractName, period: pd.Series | None = None) -> pd.Series:
    """A number for what each row is about: its key in one form, and the period of its numbers.

    period: in which the number of each row is given once, where numbers begin again.
    """
    parts = {
        column: record_numbers.one_form(frame[column]) if column in NUMBERS else frame[column]
        for column in KEYS[name]
    }
    if period is not None:
        parts["period"] = period
    return pd.DataFrame(parts, index=frame.index).groupby(list(parts), dropna=False).ngroup()


def settle(
    frame: pd.DataFrame, name: ExtractName, key: pd.Series, month: pd.Series, vintage: Vintage
) -> pd.DataFrame:
    """Of the rows with one key the last delivered is used. The others are repeated, contradict one
    another in one delivery, arrived late, or are restated.

    key: of each row, as `keys` gives it. month: that each row is about.
    """
    frame = _said_once(frame, name, key)
    frame = set_aside(frame, vintage.late(frame, month, key), "arrived_late")
    return _last_said(frame, key)


def last_delivered(frame: pd.DataFrame, name: ExtractName) -> pd.DataFrame:
    """The same for what is about no month, so that nothing of it is late."""
    key = keys(frame, name)
    return _last_said(_said_once(frame, name, key), key)


def _said_once(frame: pd.DataFrame, name: ExtractName, key: pd.Series) -> pd.DataFrame:
    said = _said(frame, name, key)
    frame = set_aside(frame, _repeated(said, frame), "repeated")
    return set_aside(frame, _contradicting(said, frame), "contradicting")


def _last_said(frame: pd.DataFrame, key: pd.Series) -> pd.DataFrame:
    restated = key[frame["handling"] == ""].duplicated(keep="last")
    return set_aside(frame, restated.reindex(frame.index, fill_value=False), "restated")


def _said(frame: pd.DataFrame, name: ExtractName, key: pd.Series) -> pd.DataFrame:
    """What each usable row says, with its `key` and its `delivery`."""
    given = [f"{moment}_given" for moment in MOMENTS.get(name, ())]
    content = [column for column in (*FIELDS[name], *given) if column not in NUMBERS]
    return usable(frame)[[*content, "delivery"]].assign(key=key)


def _repeated(said: pd.DataFrame, frame: pd.DataFrame) -> pd.Series:
    """Rows that say again what the row with their key before them said."""
    rows = said.drop(columns="delivery").sort_values("key", kind="stable")
    before = rows.shift()
    same = ((rows == before) | (rows.isna() & before.isna())).fillna(False).astype(bool)
    return same.all(axis="columns").reindex(frame.index, fill_value=False)


def _contradicting(said: pd.DataFrame, frame: pd.DataFrame) -> pd.Series:
    """Rows of whose key one delivery says several things."""
    of_one = ["key", "delivery"]
    several = said.drop_duplicates().duplicated(of_one, keep=False)
    rows = several[several].index
    groups = said.groupby(of_one, dropna=False).ngroup()
    return groups.isin(groups[rows]).reindex(frame.index, fill_value=False)
