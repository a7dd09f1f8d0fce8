"""Whether people in the records can be the people who were met."""

from collections.abc import Iterator

from openresponse.records import deidentification
from openresponse.records.contact_records import EXTRACTS
from openresponse.records.plausibility import chance, hit_rows
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered

FEWEST_RECORDS = 20  # of a month, before one person or age can have too many of them
ONE_AGE = 0.25  # a share of one age that no population has
OLDEST = 120
TYPING_ERRORS = 2  # ages so many of which are no pattern


def one_person_too_often(delivered: Delivered) -> Iterator[Finding]:
    for name in EXTRACTS:
        if not delivered.has(name, "person"):
            continue
        rows = delivered.newest[name].dropna(subset=["person"])
        same = rows["person"].map(rows["person"].value_counts())
        # Nobody is met every day, and in a month with few records nobody has most of them.
        most = min(delivered.limits.one_person * len(rows), delivered.days)
        if len(rows) >= FEWEST_RECORDS and same.max() > most:
            hit = same == same.max()
            measure = chance.part(same.max(), len(rows))
            yield Finding(measure, name, "person", rows=chance.numbers(rows, hit))


def impossible_ages(delivered: Delivered) -> Iterator[Finding]:
    for name in EXTRACTS:
        if delivered.has(name, "age"):
            rows = delivered.newest[name].dropna(subset=["age"])
            hit = ~rows["age"].between(0, OLDEST)
            most = max(delivered.limits.impossible_ages * len(rows), TYPING_ERRORS)
            if hit.sum() > most:
                yield hit_rows.among(rows, hit, name, "age")


def ages_of_zero(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    for name in EXTRACTS:
        if delivered.has(name, "age"):
            rows = delivered.frames[name].dropna(subset=["age"])
            yield from hit_rows.more_than_before(
                delivered, rows, rows["age"] == 0, name, "age", least=limits.unknown_change
            )


def one_age(delivered: Delivered) -> Iterator[Finding]:
    for name in EXTRACTS:
        if delivered.has(name, "age"):
            rows = delivered.newest[name].dropna(subset=["age"])
            same = rows["age"].map(rows["age"].value_counts())
            if len(rows) >= FEWEST_RECORDS and same.max() > ONE_AGE * len(rows):
                hit = same == same.max()
                measure = chance.part(same.max(), len(rows))
                yield Finding(measure, name, "age", rows=chance.numbers(rows, hit))


def ages_move(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    for name in EXTRACTS:
        if not delivered.has(name, "age"):
            continue
        rows = delivered.frames[name].dropna(subset=["age"])
        lowest = 0
        for upper, band in deidentification.AGE_BANDS:
            inside = rows["age"].between(lowest, upper, inclusive="left")
            against = hit_rows.against_before(delivered, rows, inside, delivered.changed)
            if chance.differs(against, limits, limits.least_share):
                yield Finding(str(against), name, "age", about=band)
            lowest = upper


def met_without_outcome(delivered: Delivered) -> Iterator[Finding]:
    limits = delivered.limits
    for name in EXTRACTS:
        if not delivered.has(name, "contact", "outcome"):
            continue
        met = delivered.frames[name]
        met = met[(met["contact"] == "contact_made").fillna(False)]
        yield from hit_rows.more_than_before(
            delivered, met, met["outcome"].isna(), name, "outcome", least=limits.least_share
        )


def followed_up_years_later(delivered: Delivered) -> Iterator[Finding]:
    for name in EXTRACTS:
        if not delivered.has(name, "followed_up_on") or "incident" not in delivered.frames[name]:
            continue
        rows = delivered.newest[name].dropna(subset=["followed_up_on", "incident"])
        local = delivered.of_calls(rows, "local").dt.tz_localize(None)
        days = (rows["followed_up_on"] - local).dt.days
        hit = days.abs() > delivered.limits.longest_gap
        if hit.any():
            yield hit_rows.among(rows, hit, name, "followed_up_on")


CHECKS = (
    Check(
        "one_person_too_often",
        "No one number of a person has a large share of a month's contacts.",
        "stop",
        "List the word that stands for an unknown person under `missing` of the column.",
        one_person_too_often,
        ("one_person",),
    ),
    Check(
        "impossible_ages",
        "Ages lie between 0 and 120.",
        "stop",
        "Say in which unit ages are; list numbers that stand for not known under `missing`.",
        impossible_ages,
        ("impossible_ages",),
    ),
    Check(
        "ages_of_zero",
        "No more people than in the months before are not yet one year old.",
        "note",
        "Look whether 0 stands for not known: leave it empty, or list it under `missing`.",
        ages_of_zero,
        ("unknown_change", "chance"),
    ),
    Check(
        "one_age",
        "No one age has a quarter of the records.",
        "note",
        "List a number that stands for not known under `missing` of the column.",
        one_age,
    ),
    Check(
        "ages_move",
        "Each group of ages has about the share that it had in the months before.",
        "stop",
        "Look whether ages are now in months, or a default is written.",
        ages_move,
        ("least_share", "chance"),
    ),
    Check(
        "met_without_outcome",
        "No more contacts than before are without an outcome.",
        "stop",
        "Export the column of outcomes again, or list its new codes.",
        met_without_outcome,
        ("least_share", "chance"),
    ),
    Check(
        "followed_up_years_later",
        "No follow-up is more than a year from its call.",
        "note",
        "Look at the rows named: a wrong year, or a date that stands for none.",
        followed_up_years_later,
        ("longest_gap",),
    ),
)
