"""Whether as many rows came as in the months before, of every kind."""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from openresponse.program import ExtractName
from openresponse.records.linkage import NOT_LINKED
from openresponse.records.plausibility import chance, hit_rows
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered
from openresponse.records.precedence import LEFT_OUT, REASONS
from openresponse.records.schema import KEYS

# What a row is set aside for without any fault of its own, or with a check of its own.
INNOCENT = (
    "repeated",
    "restated",
    "arrived_late",
    "out_of_scope",
    "not_ours",
    "another_record",
    *LEFT_OUT,
    *NOT_LINKED,
)


def calls(delivered: Delivered) -> Iterator[Finding]:
    counts = delivered.rows.groupby("month").size()
    yield from _differing(delivered, counts, Finding("", delivered.counted))


def unit_responses(delivered: Delivered) -> Iterator[Finding]:
    if "incident" in delivered.frames.get("units", ()):
        yield from _differing(delivered, _linked(delivered, "units"), Finding("", "units"))


def unit_types(delivered: Delivered) -> Iterator[Finding]:
    if not delivered.has("units", "unit_type") or "incident" not in delivered.frames["units"]:
        return
    # A row that was delivered again is counted once.
    units = delivered.frames["units"].drop_duplicates(list(KEYS["units"]))
    month = delivered.of_calls(units, "month")
    table = units.groupby([month, "unit_type"]).size().unstack(fill_value=0)
    for code in table.columns:
        found = Finding("", "units", "unit_type", about=str(code))
        yield from _differing(delivered, table[code], found, since=delivered.changed)


def contact_records(delivered: Delivered, name: ExtractName) -> Iterator[Finding]:
    if name in delivered.frames and "incident" in delivered.frames[name]:
        counts = _linked(delivered, name)
        yield from _differing(delivered, counts, Finding("", name), since=delivered.changed)


def rows_set_aside(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    for name, rows in delivered.frames.items():
        aside = (rows["handling"] != "") & ~rows["handling"].isin(INNOCENT) & _unused(rows)
        yield from hit_rows.more_than_before(
            delivered,
            rows,
            aside,
            name,
            least=limits.least_share,
            above=lambda against, hits, of: hits > limits.set_aside * of,
        )


def _unused(rows: pd.DataFrame) -> pd.Series:
    """Rows that are not used; a contradiction found later is a handling of rows that are."""
    return rows["handling"].isin(REASONS)


def _linked(delivered: Delivered, name: ExtractName) -> pd.Series:
    """How many rows of an extract belong to the calls of each month."""
    rows = delivered.frames[name].drop_duplicates(list(KEYS[name]))
    counts = delivered.of_calls(rows, "month").value_counts()
    return counts.reindex(sorted(delivered.rows["month"].dropna().unique()), fill_value=0)


def _differing(
    delivered: Delivered, counts: pd.Series, found: Finding, since: str = ""
) -> Iterator[Finding]:
    limits = delivered.limits
    against = chance.count(counts.sort_index(), delivered.month, limits, since)
    if chance.differs(against, limits, limits.least_change):
        yield Finding(str(against), found.extract, found.field, about=found.about)


FAR = ("least_change", "chance", "months_before", "fewest_months")
AGAIN = "Export the month again, whole; if it is right, accept it with the reason."
CHECKS = (
    Check(
        "calls",
        "The month has about as many calls as the months before.",
        "stop",
        AGAIN,
        calls,
        FAR,
    ),
    Check(
        "unit_responses",
        "The month has about as many unit responses as the months before.",
        "stop",
        AGAIN,
        unit_responses,
        FAR,
    ),
    Check(
        "unit_types",
        "Units of each type respond about as often as in the months before.",
        "stop",
        "Look whether each agency's units are in the export, and in `codes` of the unit type.",
        unit_types,
        FAR,
    ),
    Check(
        "encounters",
        "The month has about as many clinician encounters as the months before.",
        "stop",
        AGAIN,
        partial(contact_records, name="encounters"),
        FAR,
    ),
    Check(
        "care_records",
        "The month has about as many EMS patient care records as the months before.",
        "stop",
        AGAIN,
        partial(contact_records, name="epcr"),
        FAR,
    ),
    Check(
        "rows_set_aside",
        "Few rows of a file are set aside because they cannot be used, and no more than before.",
        "stop",
        "Look at the first rows named, and at the other findings about the file.",
        rows_set_aside,
        ("set_aside", "least_share", "chance"),
    ),
)
