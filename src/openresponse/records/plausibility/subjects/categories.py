"""Whether codes are as frequent as they were: none new, none gone, none moved beyond chance."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from openresponse.program import ExtractName
from openresponse.records import eligibility
from openresponse.records.plausibility import chance, hit_rows
from openresponse.records.plausibility.chance import Against
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered
from openresponse.records.schema import FIELDS

ALMOST_NONE = 0.25  # of the usual share
FEWEST_ROWS = 200  # of one code alone, before that is strange
# What a call is about and where, which no launch of a model changes; who is sent it does.
OF_THE_CALL = ("code", "district", "neighborhood")
FEWEST_CALLS = 50  # of a month, before one of them must be eligible


def code_appears(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    for name, field, code, table in delivered.codes:
        against = against_before(delivered, field, table)
        new = against and against.usual == 0
        if new and chance.differs(against, limits, limits.unknown_change):
            yield Finding(str(against), name, field, about=code)


def code_disappears(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    for name, field, code, table in delivered.codes:
        against = against_before(delivered, field, table)
        if against is None or against.hits:
            continue
        # As rare by chance as so many standard errors.
        if against.usual * (against.rows or 0) > 0.5 * limits.chance**2:
            yield Finding(str(against), name, field, about=code)


def code_almost_gone(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    for name, field, code, table in codes_and_models(delivered):
        against = against_before(delivered, field, table)
        if against is None or against.share > ALMOST_NONE * against.usual:
            continue
        odds = chance.so_few(table, delivered.month, limits, _compared_since(delivered, field))
        gone_and_said = field and not against.hits  # by `code_disappears`
        if not gone_and_said and odds < np.exp(-0.5 * limits.chance**2):
            yield Finding(str(against), name, field, about=code)


def category_moves(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    for name, field, code, table in delivered.codes:
        against = against_before(delivered, field, table)
        if against and against.hits and chance.differs(against, limits, limits.least_share):
            yield Finding(str(against), name, field, about=code)


def one_code_only(delivered: Delivered) -> Iterator[Finding]:
    for name, rows in delivered.newest.items():
        for field in delivered.coded(name):
            if not FIELDS[name][field].is_relied_on:
                continue
            filled = rows[field].dropna()
            forms = delivered.program.extracts[name].columns[field].forms
            allowed = {code for form in forms for code in form.codes.values()}
            if len(filled) >= FEWEST_ROWS and filled.nunique() == 1 and len(allowed) > 2:
                yield Finding(f"all {len(filled):,} rows", name, field, about=str(filled.iloc[0]))


def no_eligible_calls(delivered: Delivered) -> Iterator[Finding]:
    rows, operating = delivered.rows, delivered.program.operating
    if "model" not in rows:
        return
    month = rows[rows["month"] == delivered.month]
    begun = [
        code
        for code, model in operating.items()
        if model.launched is not None and model.launched <= delivered.month
    ]
    if begun and len(month) >= FEWEST_CALLS and not month["model"].isin(begun).any():
        yield Finding(f"none of {len(month):,} calls", "incidents", "code")


def unit_of_two_types(delivered: Delivered) -> Iterator[Finding]:
    if not delivered.has("units", "unit_type"):
        return
    units = delivered.newest["units"]
    hit = units.groupby("unit")["unit_type"].transform("nunique") > 1
    if hit.any():
        yield hit_rows.among(units, hit, "units", "unit_type")


def areas_of_other_months(delivered: Delivered) -> Iterator[Finding]:
    areas = delivered.program.areas
    for field, of_kind in (("district", areas.districts), ("neighborhood", areas.neighborhoods)):
        rows = delivered.newest.get("incidents", pd.DataFrame())
        if delivered.has("incidents", field) and "month" in rows:
            hit = eligibility.out_of_time(rows, field, of_kind)
            if hit.any():
                yield hit_rows.among(rows, hit, "incidents", field)


def codes_and_models(
    delivered: Delivered,
) -> Iterator[tuple[ExtractName, str, str, pd.DataFrame]]:
    """Each code of each column, and each model, with its `hits` among the `rows` by month."""
    yield from delivered.codes
    yield from _models(delivered)


def _models(delivered: Delivered) -> Iterator[tuple[ExtractName, str, str, pd.DataFrame]]:
    """Each model, with how many of a month's calls are eligible for it: no column of its own."""
    if "model" in delivered.rows:
        models = delivered.rows["model"]
        for code in sorted(models.dropna().unique()):
            table = chance.by_month((models == code).fillna(False), delivered.rows["month"])
            if delivered.month in table.index:
                yield delivered.counted, "", str(code), table


def against_before(delivered: Delivered, field: str, table: pd.DataFrame) -> Against | None:
    """How often a code or a model is named now, against the deliveries that it is compared with.
    table: see `codes_and_models`.
    """
    since = _compared_since(delivered, field)
    return chance.share(table, delivered.month, delivered.limits, since)


def _compared_since(delivered: Delivered, field: str) -> str:
    """The first month with which a field is compared."""
    return "" if field in OF_THE_CALL else delivered.changed


CODES = "Look whether a code was renamed in the system, and at `codes` of the column."
CHECKS = (
    Check(
        "code_appears",
        "No code is new.",
        "note",
        "Say on the methods page what is new, where the city began to record it.",
        code_appears,
        ("unknown_change", "chance"),
    ),
    Check(
        "code_disappears",
        "No code is gone that was there in the months before.",
        "stop",
        CODES,
        code_disappears,
        ("chance",),
    ),
    Check(
        "code_almost_gone",
        "No code and no model has almost no rows, where it had many in the months before.",
        "stop",
        CODES,
        code_almost_gone,
        ("chance",),
    ),
    Check(
        "category_moves",
        "Each code has about the share of its column that it had in the months before.",
        "stop",
        CODES,
        category_moves,
        ("least_share", "chance"),
    ),
    Check(
        "one_code_only",
        "A column of codes does not hold one code throughout.",
        "note",
        "Look whether a default was written, or the export is limited to one kind.",
        one_code_only,
    ),
    Check(
        "no_eligible_calls",
        "Some calls are eligible for a model that operates.",
        "stop",
        "Look at `dispatch_codes` and the codes of the column, and at the days of launch.",
        no_eligible_calls,
    ),
    Check(
        "areas_of_other_months",
        "Calls name the districts and neighborhoods that there were in their month.",
        "repair and say",
        "Nothing, where an old code became one new one: it is read as that. Others are not"
        " recorded; look at `valid_from`, `valid_to` and `was` of the area.",
        areas_of_other_months,
    ),
    Check(
        "unit_of_two_types",
        "A unit is of one type.",
        "note",
        "Look at the rows named, and whether one car holds people of two agencies.",
        unit_of_two_types,
    ),
)
