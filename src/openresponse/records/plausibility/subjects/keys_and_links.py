"""Whether numbers still are what they were, and rows find their calls by them."""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from openresponse.program import ExtractName
from openresponse.records import precedence
from openresponse.records.contact_records import EXTRACTS
from openresponse.records.linkage import NOT_LINKED
from openresponse.records.plausibility import hit_rows
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered

DECIMAL = r"^\d+[.,]0+$"
ANOTHER_TIME = pd.Timedelta(days=31)  # rows of one call lie within this
FEWEST_ROWS = 20  # of a month, before a share of them says anything
LOST = set(NOT_LINKED) - {"call_set_aside"}  # that call is there, and no fault of the link
FEWEST_NEW = 5  # numbers of a shape that was never seen


def numbers_with_decimals(delivered: Delivered) -> Iterator[Finding]:
    yield from _written(delivered, DECIMAL)


def shape_of_numbers(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    for name, rows in delivered.frames.items():
        # The first is written by a system, a second one by hand.
        for field in _numbers(delivered, name)[:1]:
            shape = rows[field].str.replace(r"\d", "9", regex=True).str.upper()
            earlier = rows["delivery"] < delivered.month
            if rows.loc[earlier, "delivery"].nunique() < limits.fewest_months:
                continue
            new = shape.notna() & ~shape.isin(set(shape[earlier]))
            newest = delivered.newest[name]
            hit = new.loc[newest.index]
            if hit.sum() >= FEWEST_NEW and hit.mean() > limits.least_share:
                yield hit_rows.among(newest, hit, name, field)


def one_number_in_two_spellings(delivered: Delivered) -> Iterator[Finding]:
    for name, rows in delivered.newest.items():
        for field in _numbers(delivered, name)[:1] if name != "units" else ():
            plain = rows[field].str.casefold().str.replace(r"[^a-z0-9]", "", regex=True)
            spellings = rows.groupby(plain)[field].transform("nunique")
            hit = spellings > 1
            if hit.any():
                yield hit_rows.among(rows, hit, name, field)


def numbers_used_again(delivered: Delivered) -> Iterator[Finding]:
    if delivered.counted != "incidents":
        return
    calls = delivered.frames["incidents"]
    timed = calls.dropna(subset=["incident_number", "received"])
    period = precedence.period(timed, timed["local"], delivered.program.extracts["incidents"])
    first = timed.groupby(["incident_number", period])["received"].transform("min")
    again = (timed["received"] - first) > ANOTHER_TIME
    newest = timed[timed["delivery"] == delivered.month]
    hit = again.loc[newest.index]
    if len(newest) and hit.sum() > delivered.limits.used_again * len(newest):
        yield hit_rows.among(newest, hit, "incidents", "incident_number")


def not_linked(delivered: Delivered, name: ExtractName) -> Iterator[Finding]:
    rows = delivered.frames.get(name)
    if rows is not None and "incident" in rows:
        lost = rows["handling"].isin(LOST)
        yield from _share(delivered, rows, lost, name, "incident_number")


def calls_without_units(delivered: Delivered) -> Iterator[Finding]:
    units = delivered.frames.get("units")
    if units is not None and "incident" in units:
        without = ~delivered.rows.index.to_series().isin(units["incident"])
        yield from _of_calls(delivered, without, "units")


def arrivals_without_record(delivered: Delivered) -> Iterator[Finding]:
    rows = delivered.rows
    if "team_arrived" in rows and "contact" in rows:
        came = rows[rows["team_arrived"].astype(bool)]
        records = [one for one in EXTRACTS if one in delivered.frames]
        if not records:
            return
        linked = pd.concat([delivered.frames[one]["incident"] for one in records]).dropna()
        without = ~came.index.to_series().isin(linked)
        yield from _of_calls(delivered, without, "encounters")


def several_records_of_one_call(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    for name in EXTRACTS:
        if name in delivered.frames:
            rows = delivered.frames[name]
            further = rows["handling"] == "another_record"
            yield from hit_rows.more_than_before(
                delivered, rows, further, name, least=limits.least_share
            )


def fields_missing(delivered: Delivered) -> Iterator[Finding]:
    for name, rows in delivered.frames.items():
        missing = rows["handling"] == "required_field_missing"
        yield from _share(delivered, rows, missing, name, "")


def _numbers(delivered: Delivered, name: ExtractName) -> list[str]:
    """The fields by which the rows of an extract are known and linked."""
    numbers = ("record_number", "incident_number")
    return [field for field in delivered.of_kind(name, "identifier") if field in numbers]


def _written(delivered: Delivered, pattern: str) -> Iterator[Finding]:
    for name, rows in delivered.newest.items():
        for field in _numbers(delivered, name):
            hit = rows[field].str.fullmatch(pattern).fillna(False)
            if hit.any():
                yield hit_rows.among(rows, hit, name, field)


def _of_calls(delivered: Delivered, hit: pd.Series, name: ExtractName) -> Iterator[Finding]:
    month = delivered.rows.loc[hit.index, "month"]
    calls = pd.DataFrame({"delivery": month, "row": 0})
    for found in _share(delivered, calls, hit, name, ""):
        yield Finding(f"{found.measure} calls", name)


def _share(
    delivered: Delivered, rows: pd.DataFrame, hit: pd.Series, name: ExtractName, field: str
) -> Iterator[Finding]:
    """Where more rows than `not_linked` are hit, or far more than in the months before."""
    limits = delivered.limits
    yield from hit_rows.more_than_before(
        delivered,
        rows,
        hit,
        name,
        field,
        least=limits.least_share,
        above=lambda against, hits, of: (
            against is None and of >= FEWEST_ROWS and hits > limits.not_linked * of
        ),
    )


NUMBERS = "Export straight to CSV, with the numbers as text and not opened in a spreadsheet."
LINKS = "Look whether both files write the number of a call in the same way, and are of one month."
SHARE = ("not_linked", "least_share", "chance")
CHECKS = (
    Check(
        "numbers_with_decimals",
        "Numbers of calls and records have no decimals.",
        "repair and say",
        NUMBERS,
        numbers_with_decimals,
    ),
    Check(
        "shape_of_numbers",
        "Numbers of calls and records are written as in the months before.",
        "note",
        "Look whether letters or leading zeros were lost, or a second system sends rows.",
        shape_of_numbers,
        ("least_share", "fewest_months"),
    ),
    Check(
        "one_number_in_two_spellings",
        "A number is spelled in one way within a file.",
        "repair and say",
        "Look at the rows named: they count as one.",
        one_number_in_two_spellings,
    ),
    Check(
        "numbers_used_again",
        "The number of a call did not belong to a call of another time.",
        "stop",
        "Say in `extracts.incidents.numbers_begin_again` how often numbers begin again.",
        numbers_used_again,
        ("used_again",),
    ),
    Check(
        "fields_missing",
        "No more rows than before lack a field without which they cannot be counted.",
        "stop",
        "Look at the rows named, and whether the file ends as it should.",
        fields_missing,
        SHARE,
    ),
    Check(
        "units_not_linked",
        "Unit responses find their calls, as in the months before.",
        "stop",
        LINKS,
        partial(not_linked, name="units"),
        SHARE,
    ),
    Check(
        "encounters_not_linked",
        "Clinician encounters find their calls, as in the months before.",
        "stop",
        LINKS,
        partial(not_linked, name="encounters"),
        SHARE,
    ),
    Check(
        "care_records_not_linked",
        "EMS patient care records find their calls, as in the months before.",
        "stop",
        LINKS,
        partial(not_linked, name="epcr"),
        SHARE,
    ),
    Check(
        "calls_without_units",
        "Nearly every call has units, as in the months before.",
        "stop",
        "Export the unit log again, whole, and with numbers written as in the calls.",
        calls_without_units,
        SHARE,
    ),
    Check(
        "arrivals_without_record",
        "Where a team came there is a record of the contact, as in the months before.",
        "stop",
        "Export the records again, whole, and with numbers written as in the calls.",
        arrivals_without_record,
        SHARE,
    ),
    Check(
        "several_records_of_one_call",
        "No more records than before are further ones of a call.",
        "note",
        "Look whether a file is joined to itself, or two systems send the same contact.",
        several_records_of_one_call,
        ("least_share", "chance"),
    ),
)
