"""Whether the cells of each column could be read, and as many are filled as always."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from openresponse.records.plausibility import chance, hit_rows
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered
from openresponse.records.schema import FIELDS

Value = dict[str, Any]  # one row of `Delivered.values`
TYPING_ERRORS = 2  # unreadable cells that are no pattern, in however small a file
FEWEST_CELLS = 20  # of a column without one value, before anything can be said of it
ERRORS = r"^#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|#+)$"  # what a spreadsheet leaves behind
BROKEN = "\ufffd|\u00c3[\u0080-\u00bf]|\u00e2\u20ac"  # UTF-8 read as Windows-1252, or the reverse


def unreadable(delivered: Delivered, kind: str) -> Iterator[Finding]:
    every = kind == "amount"
    for value in _newest(delivered, kind):
        filled = value["readable"] + value["unreadable"]
        most = 0 if every else max(delivered.limits.unreadable * filled, TYPING_ERRORS)
        if value["unreadable"] > most:
            measure = f"{chance.part(value['unreadable'], filled)} of the filled cells"
            yield _finding(measure, value)


def unknown_codes(delivered: Delivered) -> Iterator[Finding]:
    for value in _newest(delivered, "code"):
        if value["unreadable"] > delivered.program.unknown_code_limit * value["rows"]:
            listed = delivered.listed(value["extract"], value["field"])
            measure = f"{chance.part(value['unreadable'], value['rows'])} not listed"
            yield _finding(f"{measure}; listed are {', '.join(listed)}", value)


def more_unknown_codes(delivered: Delivered) -> Iterator[Finding]:
    least = delivered.limits.unknown_change
    for value in _newest(delivered, "code"):
        against = _against(delivered, value, "unreadable")
        if chance.differs(against, delivered.limits, least, side=1):
            yield _finding(f"{against} not listed", value)


def empty_cells(delivered: Delivered) -> Iterator[Finding]:
    for value in _newest(delivered):
        against = _against(delivered, value, "empty")
        if chance.differs(against, delivered.limits, delivered.limits.least_share):
            yield _finding(f"{against} empty", value)


def column_without_values(delivered: Delivered) -> Iterator[Finding]:
    for value in _newest(delivered):
        rule = FIELDS[value["extract"]][value["field"]]
        if rule.is_relied_on and value["empty"] == value["rows"] >= FEWEST_CELLS:
            yield _finding(f"all {value['rows']:,} cells are empty", value)


def spreadsheet_errors(delivered: Delivered) -> Iterator[Finding]:
    yield from _with_text(delivered, ERRORS, "identifier", "text")


def broken_letters(delivered: Delivered) -> Iterator[Finding]:
    yield from _with_text(delivered, BROKEN, "text")


def more_cells_than_headings(delivered: Delivered) -> Iterator[Finding]:
    for name, rows in delivered.newest.items():
        hit = rows["malformed"].fillna(False).astype(bool)
        if hit.any():
            yield hit_rows.among(rows, hit, name)


def _with_text(delivered: Delivered, pattern: str, *kinds: str) -> Iterator[Finding]:
    for name, rows in delivered.newest.items():
        for field in delivered.of_kind(name, *kinds):
            hit = rows[field].str.contains(pattern, regex=True).fillna(False)
            if hit.any():
                yield hit_rows.among(rows, hit, name, field)


def _newest(delivered: Delivered, *kinds: str) -> list[Value]:
    """The values of each column of the newest delivery, of these kinds where any are given."""
    values = delivered.values[delivered.values["delivery"] == delivered.month]
    return [
        value
        for value in values.to_dict("records")
        if not kinds or FIELDS[value["extract"]][value["field"]].kind in kinds
    ]


def _against(delivered: Delivered, value: Value, what: str) -> chance.Against | None:
    cells = delivered.cells[value["extract"], value["field"]]
    table = cells[[what, "rows"]].set_axis(["hits", "rows"], axis="columns")
    return chance.share(table, delivered.month, delivered.limits)


def _finding(measure: str, value: Value) -> Finding:
    return Finding(measure, value["extract"], value["field"], rows=tuple(value["first"]))


FORMAT = "Set `extracts.EXTRACT.columns.FIELD.format`"
CHECKS = (
    Check(
        "times_unreadable",
        "The times of a column can be read.",
        "stop",
        f"{FORMAT}, or list the words that mean nothing under `missing`.",
        partial(unreadable, kind="time"),
        ("unreadable",),
    ),
    Check(
        "dates_unreadable",
        "The dates of a column can be read.",
        "stop",
        f"{FORMAT}, or list the words that mean nothing under `missing`.",
        partial(unreadable, kind="date"),
        ("unreadable",),
    ),
    Check(
        "ages_unreadable",
        "Ages can be read.",
        "stop",
        "Deliver plain numbers, say their unit, or list words that mean nothing under `missing`.",
        partial(unreadable, kind="age"),
        ("unreadable",),
    ),
    Check(
        "amounts_unreadable",
        "Every amount of money can be read.",
        "stop",
        "Say in the column's entry how amounts are written, or correct the cells.",
        partial(unreadable, kind="amount"),
    ),
    Check(
        "unknown_codes",
        "Few cells of a column hold a code that the program file does not list.",
        "stop",
        "Add the new code to `extracts.EXTRACT.columns.FIELD.codes`.",
        unknown_codes,
        ("unknown_code_limit",),
    ),
    Check(
        "more_unknown_codes",
        "No more codes are unknown than in the months before.",
        "stop",
        "Add the new code to `extracts.EXTRACT.columns.FIELD.codes`.",
        more_unknown_codes,
        ("unknown_change", "chance"),
    ),
    Check(
        "empty_cells",
        "As large a share of a column is empty as in the months before.",
        "stop",
        "Export the column again; list words that stand for nothing under `missing`.",
        empty_cells,
        ("least_share", "chance"),
    ),
    Check(
        "column_without_values",
        "A column that figures need is not empty throughout.",
        "stop",
        "Export the column, or map the field to the column that holds it.",
        column_without_values,
    ),
    Check(
        "spreadsheet_errors",
        "No cell holds the error of a spreadsheet, such as a missing reference.",
        "stop",
        "Export straight to CSV, without opening the file in a spreadsheet.",
        spreadsheet_errors,
    ),
    Check(
        "more_cells_than_headings",
        "No row has more cells than the file has headings.",
        "set aside",
        "Put texts that hold the separator into quotation marks, and export the file again.",
        more_cells_than_headings,
    ),
    Check(
        "broken_letters",
        "Texts that are published have no broken letters.",
        "note",
        "Set `extracts.EXTRACT.encoding`, or correct the text.",
        broken_letters,
    ),
)
