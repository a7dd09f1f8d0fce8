"""Shifts that are small beside a whole column, and still more than chance."""

from collections.abc import Iterator

from openresponse.records.plausibility import chance, hit_rows
from openresponse.records.plausibility.chance import Against
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered
from openresponse.records.plausibility.subjects import categories

FEWEST = 20  # rows that a code usually has, before chance is as likely up as down
STEP = 5  # minutes to which people and systems round


def shares_shift(delivered: Delivered) -> Iterator[Finding]:
    for found, against in _shifted(delivered):
        if abs(against.sure) > delivered.limits.chance:
            yield found


def shares_shift_by_less(delivered: Delivered) -> Iterator[Finding]:
    for found, against in _shifted(delivered):
        if abs(against.sure) <= delivered.limits.chance:
            yield found


def times_rounded(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    for name, rows in delivered.frames.items():
        for field in delivered.moments(name):
            given = rows.dropna(subset=[field])
            even = given[field].dt.minute % STEP == 0
            if not (given["delivery"] == delivered.month).any():
                continue
            against = hit_rows.against_before(delivered, given, even)
            if chance.differs(against, limits, limits.least_share):
                yield Finding(f"{against} on a multiple of {STEP} minutes", name, field)


def _shifted(delivered: Delivered) -> Iterator[tuple[Finding, Against]]:
    """Each code and each model whose share is another than in the months before, by the part of it
    that the program file says, and less than `category_moves` stops.
    """
    limits = delivered.limits
    for name, field, code, table in categories.codes_and_models(delivered):
        against = categories.against_before(delivered, field, table)
        if against is None or not against.hits or against.usual * (against.rows or 0) < FEWEST:
            continue
        change = abs(against.share - against.usual)
        if change < limits.shift * against.usual or abs(against.sure) <= limits.shift_chance:
            continue
        if not field or change < limits.least_share:
            yield Finding(str(against), name, field, about=code), against


LOOK = (
    "Look whether codes were mapped, chosen or exported in another way; if the city works in"
    " another way now, accept it with the reason."
)
CHECKS = (
    Check(
        "shares_shift",
        "Each code and each model has about the share that it had, also where that is small.",
        "stop",
        LOOK,
        shares_shift,
        ("shift", "chance"),
    ),
    Check(
        "shares_shift_by_less",
        "No code and no model has a share that chance would hardly give it.",
        "note",
        LOOK,
        shares_shift_by_less,
        ("shift", "shift_chance"),
    ),
    Check(
        "times_rounded",
        "Times are written to the minute as in the months before.",
        "stop",
        "Export the times as the system keeps them, and look at the `format` of the column.",
        times_rounded,
        ("least_share", "chance"),
    ),
)
