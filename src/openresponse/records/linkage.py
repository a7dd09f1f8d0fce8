"""Which incident a unit or a record belongs to.

Their numbers must be one (see `record_numbers`), their letters must not differ, and the row must
lie within a window of time after the call: numbers begin again, and series of other agencies share
digits. Where a number was typed by hand and none fits, it is read as if it had one typing error,
two neighbouring digits swapped, one left out or one doubled, and accepted only if exactly one
incident within the window has a number that results. `bench/linkage.py` measures how often that is
right.
"""

from dataclasses import dataclass

import pandas as pd

from openresponse.records.written import record_numbers

# Why a row belongs to no incident, in the words of the data dictionary.
NOT_LINKED = {
    "not_linked": "No incident with its number",
    "call_set_aside": "The call with its number was set aside",
    "outside_window": "Too long before or after the call with its number",
    "several_calls": "Several calls with its number, and no time to tell them apart",
}
NOT_OURS = "not_ours"


@dataclass(frozen=True)
class Window:
    """Hours after the call in which its rows begin. typed: whether people type the numbers."""

    first: float
    last: float
    typed: bool = False

    def holds(self, at: pd.Series, received: pd.Series) -> pd.Series:
        """Which moments lie within the window after their calls; a missing one may."""
        hours = (at - received).dt.total_seconds() / 3600
        return (hours.between(self.first, self.last) | at.isna()).fillna(False).astype(bool)


# A contact begins after its call, and within the same shift; a unit is sent within a day. An hour
# before it is as far as clocks of two systems differ.
CONTACT = Window(-1, 12, typed=True)
UNIT = Window(-1, 24)


def link(rows: pd.DataFrame, at: pd.Series, calls: pd.DataFrame, window: Window) -> pd.DataFrame:
    """For each row `incident` (the index of its call, or NA), `corrected` (whether its number had a
    typing error) and `why_not` (a code of `NOT_LINKED`, `NOT_OURS` where its call is about
    something else, or empty).

    rows: `incident_number`. at: when each row began (UTC or NaT). calls: every call delivered, with
    `incident_number`, `received` and `handling`.
    """
    given = _numbered(rows).assign(at=pd.to_datetime(at, utc=True))
    known = _numbered(calls).assign(
        received=pd.to_datetime(calls["received"], utc=True),
        used=calls["handling"] == "",
        ours=calls["handling"] != NOT_OURS,
    )
    pairs = _pairs(given, known)
    near = pairs[pairs["used"] & window.holds(pairs["at"], pairs["received"])]
    incident = _only(near).reindex(rows.index)
    corrected = pd.Series(False, index=rows.index)
    if window.typed:
        unsure = given[~given.index.isin(near["row"]) & given["at"].notna()]
        mistyped = _only(_mistyped(unsure, known[known["used"]], window)).reindex(rows.index)
        corrected = incident.isna() & mistyped.notna()
        incident = incident.fillna(mistyped)
    why = pd.Series("not_linked", rows.index, dtype="string")
    for those, reason in (
        (pairs, NOT_OURS),
        (pairs[pairs["ours"]], "call_set_aside"),
        (pairs[pairs["used"]], "outside_window"),
        (near, "several_calls"),
    ):
        why = why.mask(rows.index.isin(those["row"]), reason)
    why = why.mask(incident.notna(), "")
    return pd.DataFrame(
        {"incident": incident.astype("Int64"), "corrected": corrected, "why_not": why}
    )


def of_calls(values: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """What is known of the call of each row, by its `incident`; missing where it has none."""
    return values.reindex(rows["incident"]).set_axis(rows.index)


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "digits": record_numbers.digits(frame["incident_number"]),
            "letters": record_numbers.series(frame["incident_number"]),
        }
    )


def _pairs(given: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Each row with every call of its number: `row` and `call` are their indexes. Letters differ
    only where both were written.
    """
    pairs = (
        given.rename_axis("row")
        .reset_index()
        .dropna(subset=["digits"])
        .merge(
            known.rename_axis("call").reset_index(),
            on="digits",
            suffixes=("", "_known"),
            how="inner",
        )
    )
    pairs["alike"] = (pairs["letters"] == pairs["letters_known"]).astype(bool)
    return pairs[pairs["alike"] | (pairs["letters"] == "") | (pairs["letters_known"] == "")]


def _only(pairs: pd.DataFrame) -> pd.Series:
    """The call of each row that has one; of several that whose letters are the same, if one is."""
    alike = pairs["alike"] | ~pairs["row"].isin(pairs.loc[pairs["alike"], "row"])
    best = pairs[alike].drop_duplicates(["row", "call"])
    return best[~best.duplicated("row", keep=False)].set_index("row")["call"].astype("Int64")


def _mistyped(unsure: pd.DataFrame, known: pd.DataFrame, window: Window) -> pd.DataFrame:
    """The pairs within the window whose numbers differ by one typing error."""
    numbered = unsure.dropna(subset=["digits"])
    meant = [_meant(digits) for digits in numbered["digits"]]
    # Of objects: lists of which every one is empty have no type that could be exploded.
    numbers = numbered.assign(digits=pd.Series(meant, numbered.index, dtype=object))
    numbers = numbers.explode("digits").astype({"digits": "string"})
    pairs = _pairs(numbers, known)
    return pairs[window.holds(pairs["at"], pairs["received"])]


def _meant(digits: str) -> list[str]:
    """Every number of which one typing error makes this one."""
    places = range(len(digits))
    swapped = [
        digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        for at in places[:-1]
        if digits[at] != digits[at + 1]
    ]
    doubled = [digits[:at] + digits[at + 1 :] for at in places[1:] if digits[at - 1] == digits[at]]
    left_out = [
        digits[:at] + one + digits[at:] for at in range(len(digits) + 1) for one in "0123456789"
    ]
    return [*swapped, *doubled, *left_out]
