"""The Table Schema of a public table: the type of each column, its codes and their meaning, and
what always holds in it.
"""

from collections.abc import Mapping

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.release.tables.protected import SOURCE, STATUS, keys
from openresponse.tables.hierarchy import Tree
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
    "residents": "Residents of the area, from the source named in the program",
    "rate_per_10000": "Per 10,000 residents",
    "amount": "Dollars booked in the period",
    "total_to_date": "Dollars booked up to the end of the period",
    "budget": "Dollars announced",
    "planned": "Day it was planned for; empty where none is set",
    "actual": "Day it happened; empty where it has not",
    SOURCE: "Whose figures these are; the words `fictional data` where they are invented",
}
PERIODS = {"month": MONTH, "quarter": r"\d{4}-Q[1-4]", "year": r"\d{4}"}
DAYS = ("planned", "actual")
KEYED = ("counts", "times", "money")  # kinds of table in which a row is known by its codes


def schema(
    frame: pd.DataFrame, trees: Mapping[str, Tree], rule: Rule, kind: str, grain: str
) -> dict:
    """A Frictionless Table Schema. An empty cell is a value that is missing, never an empty text.

    trees: by column; those of a stacked category as `column:part`. kind: of the table, see
    `Published.kind`.
    """
    key = keys(frame) if kind in KEYED else []
    codes = {
        column: [
            node
            for name, tree in trees.items()
            if name.split(":")[0] == column
            for node in tree.nodes
        ]
        for column in frame
    }
    content = {
        "$schema": PROFILE,
        "fields": [
            _field(column, frame[column], codes, rule, kind, grain, key) for column in frame
        ],
        "missingValues": [""],
    }
    return content | ({"primaryKey": key} if key else {})


def _field(
    column: str,
    values: pd.Series,
    codes: Mapping[str, list],
    rule: Rule,
    kind: str,
    grain: str,
    key: list[str],
) -> dict:
    field = {
        "name": column,
        "title": column.replace("_", " ").capitalize(),
        "type": "date" if column in DAYS else _type(values),
    }
    known, holds = {node.code: node.label for node in codes[column]}, {}
    if column in key or column in ("period", SOURCE) or known:
        holds["required"] = True
    if column == "period" and grain in PERIODS:
        holds["pattern"] = PERIODS[grain]
    elif column == "part_of":
        holds["enum"] = list(
            dict.fromkeys(node.parent for nodes in codes.values() for node in nodes if node.parent)
        )
    elif column.endswith("_status"):
        field["description"] = f"Why `{column.removesuffix('_status')}` is as it is"
        known = {code: label for code, label in STATUS.items() if code}
    elif field["type"] in ("integer", "number") and kind != "money":  # a booking may be taken back
        holds["minimum"] = 0
        if column.startswith("share_"):
            holds["maximum"] = 1
            field["description"] = f"Proportion, {rule.share_decimals} decimals"
    if known:
        field["categories"] = [{"value": code, "label": label} for code, label in known.items()]
        holds["enum"] = list(known)
    if column in DESCRIPTIONS:
        field["description"] = DESCRIPTIONS[column]
    return field | ({"constraints": holds} if holds else {})


def _type(values: pd.Series) -> str:
    if pd.api.types.is_integer_dtype(values):
        return "integer"
    return "number" if pd.api.types.is_float_dtype(values) else "string"
