"""Which incident a record belongs to, when its number was typed by hand.

A number is compared by its digits (letters that look like digits count as those), and its incident
must lie within the time window before the record. Where none does, one swap of neighbouring digits
is tried, and accepted only if exactly one incident within the window has the number that results.
"""

from collections.abc import Iterator

import pandas as pd

LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
WINDOW_HOURS = (-1, 12)  # a contact begins after its call, and within the same shift


def normal(numbers: pd.Series) -> pd.Series:
    """The digits of an incident number as typed: `p26 0O12345` and `P260012345` are one number."""
    return (
        numbers.str.upper()
        .map(lambda text: text.translate(LOOKALIKE), na_action="ignore")
        .str.replace(r"\D", "", regex=True)
    )


def link(records: pd.DataFrame, incidents: pd.DataFrame) -> pd.Series:
    """For each record the index of its incident, or NA.

    records: `incident_number`, `started` (UTC or NaT). incidents: `incident_number`, `received`;
    numbers unique.
    """
    by_number = pd.Series(incidents.index, index=normal(incidents["incident_number"]))
    by_number = by_number[~by_number.index.duplicated(keep=False)]
    numbers = normal(records["incident_number"])
    incident = numbers.map(by_number).astype("Int64")
    received = pd.to_datetime(incident.map(incidents["received"]), utc=True)
    hours = (pd.to_datetime(records["started"], utc=True) - received).dt.total_seconds() / 3600
    incident = incident.mask(((hours < WINDOW_HOURS[0]) | (hours > WINDOW_HOURS[1])).fillna(False))
    unsure = incident.isna() & records["started"].notna() & numbers.notna()
    for row in records.index[unsure]:
        candidates = {by_number[swap] for swap in _swaps(numbers[row]) if swap in by_number.index}
        near = [
            c
            for c in candidates
            if _in_window(records.at[row, "started"], incidents.at[c, "received"])
        ]
        if len(near) == 1:
            incident[row] = near[0]
    return incident


def _swaps(digits: str) -> Iterator[str]:
    """The number with each two neighbouring digits in the other order."""
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            yield digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]


def _in_window(started: pd.Timestamp, received: pd.Timestamp) -> bool:
    hours: float = (started - received).total_seconds() / 3600
    return WINDOW_HOURS[0] <= hours <= WINDOW_HOURS[1]
