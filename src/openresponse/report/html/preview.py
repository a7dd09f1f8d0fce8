"""A few rows of a table as the data page shows them: the newest period, codes by their labels,
statuses in words. `sort.js` sorts them in the browser.
"""

from collections.abc import Callable
from html import escape

import pandas as pd

from openresponse.release.store.published import Published
from openresponse.release.tables.incident_rows import NOT_TOLD
from openresponse.report.figures import datatable
from openresponse.report.prose import words

ROWS = 8
NUMBERS = ("integer", "number")
# Left out: what is the same in every row of a period, and the parent of each code, which the
# description of the columns tells.
LEFT_OUT = ("period", "part_of", "residents_year", "source")


def html(published: Published, table: str) -> str:
    """The first rows of the newest period, in the order of the file; a value that is not shown says
    why.
    """
    frame, periods = published.tables[table], published.periods(table)
    newest = frame[frame["period"] == periods[-1]] if periods else frame
    fields = [
        field
        for field in published.resources[table]["schema"]["fields"]
        if field["name"] not in LEFT_OUT and not field["name"].endswith("_status")
    ]
    rows = [
        [_cell(row, field, published.kind(table)) for field in fields]
        for row in newest.head(ROWS).to_dict("records")
    ]
    shown = (
        f"All {len(rows)} rows"
        if len(rows) == len(newest)
        else f"The first {len(rows)} of {words.count(len(newest))} rows"
    )
    caption = (
        f"{shown} of {words.period(periods[-1]) if periods else 'the release'}:"
        f" {published.title(table)}"
    )
    return datatable.html(
        caption,
        [field["name"] for field in fields],
        rows,
        {n for n, field in enumerate(fields) if field["type"] in NUMBERS},
        "preview",
    )


def _cell(row: dict, field: dict, kind: str) -> str:
    """A number or a day with its plain value beside it, by which it is sorted; a code's label; why
    there is no value.
    """
    value, status = row[field["name"]], row.get(f"{field['name']}_status", "")
    if field["type"] == "date":
        return datatable.day(value) or '<span class="status">not set</span>'
    if field["type"] not in NUMBERS:
        label = escape(
            {code["value"]: code["label"] for code in field.get("categories", [])}.get(value, value)
        )
        return f'<span class="status">{label}</span>' if value == NOT_TOLD else label
    if pd.isna(value):
        return datatable.cell(value, status or "x")
    said = f' <span class="status">{words.STATUS_IN_FULL[status]}</span>' if status else ""
    return f'<data value="{value}">{_form(field, kind)(value)}</data>{said}'


def _form(field: dict, kind: str) -> Callable[[float], str]:
    if field["name"].startswith("share_"):
        return words.percent
    if field["type"] == "integer":
        return words.count
    return words.dollars if kind == "money" else words.decimal
