"""Whether what occurred in every month before occurs still, also where it is rare."""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from openresponse.program import ExtractName
from openresponse.records.contact_records import EXTRACTS
from openresponse.records.plausibility import chance
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import PLANS, Delivered

# In less than one month of so many would chance alone do it.
STOPPED, NOTED = 1 / 1_000, 1 / 100
OPTIONAL = 1 / 20  # columns that may be absent are few, and a note costs a look
FEWEST_EVENTS = 3  # a month, before none of them is news
# What no arrest, force, injury or hold is called, by field; an arrest is an outcome too.
HARMLESS = {
    "arrest": ("no",),
    "force": ("no",),
    "injury": ("no",),
    "involuntary_hold": ("no_hold",),
}
Odds = tuple[float, float]  # least and most


def no_harm_recorded(delivered: Delivered, odds: Odds) -> Iterator[Finding]:
    for name in EXTRACTS:
        for field, code, hit in _harm(delivered, name):
            table = chance.by_month(hit, delivered.frames[name]["delivery"])
            yield from _none_now(delivered, table, Finding("", name, field, about=code), odds)


def values_vanish(delivered: Delivered, odds: Odds, may_be_absent: bool) -> Iterator[Finding]:
    for name, field, table in _cells(delivered, "readable"):
        column = delivered.program.extracts[name].columns[field]
        if may_be_absent == (not column.required or column.pattern is not None):
            yield from _none_now(delivered, table, Finding("", name, field), odds)


def empty_cells_vanish(delivered: Delivered) -> Iterator[Finding]:
    for name, field, table in _cells(delivered, "empty"):
        yield from _none_now(delivered, table, Finding("", name, field), (0, STOPPED))


def _none_now(
    delivered: Delivered, table: pd.DataFrame, found: Finding, odds: Odds
) -> Iterator[Finding]:
    """Where the newest month has none, and chance does that no less and no more often than so."""
    month = delivered.month
    if month not in table.index or table.loc[month, "hits"]:
        return
    if odds[0] <= chance.so_few(table, month, delivered.limits) < odds[1]:
        before = table[(table.index < month) & (table["rows"] > 0)]["hits"]
        usual = before.tail(delivered.limits.months_before).mean()
        if usual >= FEWEST_EVENTS:
            rows = table.loc[month, "rows"]
            measure = f"{chance.part(0, rows)}, usually about {usual:,.0f} a month"
            yield Finding(measure, found.extract, found.field, about=found.about)


def _harm(delivered: Delivered, name: ExtractName) -> Iterator[tuple[str, str, pd.Series]]:
    """Each kind of harm that an extract records, and the rows that have it."""
    for field, harmless in HARMLESS.items():
        if delivered.has(name, field):
            values = delivered.frames[name][field]
            for code in sorted(set(values.dropna()) - set(harmless)):
                yield field, str(code), (values == code).fillna(False)
    if delivered.has(name, "outcome"):
        yield "outcome", "arrest", (delivered.frames[name]["outcome"] == "arrest").fillna(False)


def _cells(delivered: Delivered, what: str) -> Iterator[tuple[ExtractName, str, pd.DataFrame]]:
    """How many cells of each column about calls are so, by delivery."""
    for (name, field), cells in delivered.cells.items():
        if name not in PLANS:
            yield name, field, cells[[what, "rows"]].set_axis(["hits", "rows"], axis="columns")


RECORDED = "Look whether the field is still filled in, and its code still exported."
COLUMN = "Export the column again; look at its heading, its codes and its `pattern`."
SURE, NOT_SURE = (0, STOPPED), (STOPPED, NOTED)
CHECKS = (
    Check(
        "no_harm_recorded",
        "Arrests, force, injuries and holds that every month before had do not vanish.",
        "stop",
        f"{RECORDED} Accept it where there truly was none.",
        partial(no_harm_recorded, odds=SURE),
        ("fewest_months",),
    ),
    Check(
        "no_harm_recorded_by_chance",
        "Arrests, force, injuries and holds do not vanish, though chance might do it.",
        "note",
        RECORDED,
        partial(no_harm_recorded, odds=NOT_SURE),
        ("fewest_months",),
    ),
    Check(
        "values_vanish",
        "A column that every month before had values in has some, also where they are rare.",
        "stop",
        COLUMN,
        partial(values_vanish, odds=SURE, may_be_absent=False),
        ("fewest_months",),
    ),
    Check(
        "optional_values_vanish",
        "A column that may be absent, or is cut by a pattern, has values as in the months before.",
        "note",
        COLUMN,
        partial(values_vanish, odds=(0, OPTIONAL), may_be_absent=True),
        ("fewest_months",),
    ),
    Check(
        "empty_cells_vanish",
        "A column that had empty cells in every month before has some.",
        "note",
        "Look whether a default was written where nothing is known, or rows are left out.",
        empty_cells_vanish,
        ("fewest_months",),
    ),
)
