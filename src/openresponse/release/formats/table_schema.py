"""The Table Schema of a public table: the type of each column, its codes and their meaning, and
what always holds in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.release.tables.columns import SOURCE, STATUS, keys
from openresponse.tables.hierarchy import Hierarchy, Node
from openresponse.tables.months import MONTH

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
DESCRIPTIONS = {
    "period": (
        "Month (2026-10), quarter (2026-Q3), calendar year (2026) or span of years (2010/2020)"
    ),
    "part_of": "The code this row is part of; empty for the whole",
    "share_of_part": "Proportion of the row's `part_of`",
    "share_of_all": "Proportion of the whole",
    "timed": "Those with both moments, in a possible order and at most a day apart",
    "not_timed": "The others: a moment is missing or impossible",
    "share_not_timed": "Proportion of all that could not be timed",
    "median_minutes": "Half took this long or less",
    "p90_minutes": "Nine in ten took this long or less",
    "unit_hours": (
        "Hours that all units together spent, of those timed: never add agencies that may be in one"
        " car"
    ),
    "residents": "Residents of the area, from the source named in the program",
    "rate_per_10000": "Per 10,000 residents",
    "amount": "Dollars booked in the period; add up only rows in which `is_sum` is `no`",
    "is_sum": "`yes` where the row is the sum of other rows of the table, `no` where it is not",
    "total_to_date": "Dollars booked up to the end of the period",
    "budget": "Dollars announced in all, the same in every row: never add them",
    "planned": "Day it was planned for; empty where none is set",
    "actual": "Day it happened; empty where it has not",
    SOURCE: "Whose figures these are; the words `fictional data` where they are invented",
}
PERIODS = {"month": MONTH, "quarter": r"\d{4}-Q[1-4]", "year": r"\d{4}"}
DAYS = ("planned", "actual")  # columns of the table of milestones
STATUS_OF = "_status"
KEYED = ("counts", "times", "money")  # kinds of table in which a row is known by its codes


@dataclass(frozen=True)
class _Table:
    """What the fields of a table share: the codes of each column, the key, and its kind."""

    codes: Mapping[str, list[Node]]
    key: list[str]
    rule: Rule
    kind: str
    grain: str

    @property
    def groups(self) -> list[str]:
        """Every code that another one is part of."""
        parents = (node.parent for nodes in self.codes.values() for node in nodes)
        return list(dict.fromkeys(parent for parent in parents if parent))


def schema(
    frame: pd.DataFrame, hierarchies: Mapping[str, Hierarchy], rule: Rule, *, kind: str, grain: str
) -> dict[str, Any]:
    """A Frictionless Table Schema. An empty cell is a value that is missing, never an empty text.

    hierarchies: by column; those of a stacked category as `column:part`. kind: of the table, see
    `Published.kind`.
    """
    codes = {
        column: [
            node
            for name, hierarchy in hierarchies.items()
            if name.split(":")[0] == column
            for node in hierarchy.nodes
        ]
        for column in frame
    }
    table = _Table(codes, keys(frame) if kind in KEYED else [], rule, kind, grain)
    content = {
        "$schema": PROFILE,
        "fields": [_field(column, frame[column], table) for column in frame],
        "missingValues": [""],
    }
    return content | ({"primaryKey": table.key} if table.key else {})


def _field(column: str, values: pd.Series, table: _Table) -> dict[str, Any]:
    kind = "date" if column in DAYS else _type(values)
    field: dict[str, Any] = {
        "name": column,
        "title": column.replace("_", " ").capitalize(),
        "type": kind,
    }
    if description := _description(column, table):
        field["description"] = description
    labels = (
        {code: label for code, label in STATUS.items() if code}
        if column.endswith(STATUS_OF)
        else {node.code: node.label for node in table.codes[column]}
    )
    if labels:
        field["categories"] = [{"value": code, "label": label} for code, label in labels.items()]
    holds = _constraints(column, kind, table) | ({"enum": list(labels)} if labels else {})
    return field | ({"constraints": holds} if holds else {})


def _description(column: str, table: _Table) -> str:
    if column in DESCRIPTIONS:
        return DESCRIPTIONS[column]
    if column.endswith(STATUS_OF):
        return f"Why `{column.removesuffix(STATUS_OF)}` is as it is"
    if column.startswith("share_") and table.kind != "money":
        return f"Proportion, {table.rule.share_decimals} decimals"
    return ""


def _constraints(column: str, kind: str, table: _Table) -> dict[str, Any]:
    """What always holds in a column, beside its codes."""
    holds: dict[str, Any] = {}
    if column in (*table.key, "period", SOURCE) or table.codes[column]:
        holds["required"] = True
    if column == "period" and table.grain in PERIODS:
        holds["pattern"] = PERIODS[table.grain]
    elif column == "part_of":
        holds["enum"] = table.groups
    elif kind in ("integer", "number") and table.kind != "money":  # a booking may be taken back
        holds["minimum"] = 0
        if column.startswith("share_"):
            holds["maximum"] = 1
    return holds


def _type(values: pd.Series) -> str:
    if pd.api.types.is_integer_dtype(values):
        return "integer"
    return "number" if pd.api.types.is_float_dtype(values) else "string"
