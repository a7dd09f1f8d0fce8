"""A few rows of a table as the data page shows them: the newest period, codes by their labels,
statuses in words. `sort.js` sorts them in the browser.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd

from openresponse.release.store.published import Published
from openresponse.release.tables.incident_rows import WITHHELD_CODE
from openresponse.report.figures import datatable
from openresponse.report.figures.datatable import Cell, Table
from openresponse.report.prose import words

ROWS = 8
NUMBERS = ("integer", "number")
# Left out: what is the same in every row of a period, and the parent of each code, which the
# description of the columns has.
LEFT_OUT = ("period", "part_of", "residents_year", "source")


def table(published: Published, name: str) -> Table:
    """The first rows of the newest period, in the order of the file; a value that is not shown says
    why.
    """
    frame, periods = published.tables[name], published.periods(name)
    newest = frame[frame["period"] == periods[-1]] if periods else frame
    fields = [
        field
        for field in published.resources[name]["schema"]["fields"]
        if field["name"] not in LEFT_OUT and not field["name"].endswith("_status")
    ]
    rows = [
        [_cell(row, field, published.kind(name)) for field in fields]
        for row in newest.head(ROWS).to_dict("records")
    ]
    shown = (
        f"All {len(rows)} rows"
        if len(rows) == len(newest)
        else f"The first {len(rows)} of {words.count(len(newest))} rows"
    )
    when = words.period(periods[-1]) if periods else "the release"
    return Table(
        caption=f"{shown} of {when}: {published.title(name)}",
        columns=[field["name"] for field in fields],
        rows=rows,
        numeric=frozenset(n for n, field in enumerate(fields) if field["type"] in NUMBERS),
        style="preview",
    )


def _cell(row: dict[str, Any], field: dict[str, Any], kind: str) -> str | Cell:
    """A number or a day with its plain value beside it, by which it is sorted; a code's label; why
    there is no value.
    """
    value, status = row[field["name"]], row.get(f"{field['name']}_status", "")
    if field["type"] == "date":
        return datatable.dated(value) or Cell("status", "not set")
    if field["type"] not in NUMBERS:
        labels = {code["value"]: code["label"] for code in field.get("categories", [])}
        label = labels.get(value, value)
        return Cell("status", label) if value == WITHHELD_CODE else label
    if pd.isna(value):
        return datatable.value(value, status or "x")
    note = words.STATUS_IN_FULL[status] if status else ""
    return Cell("number", _form(field, kind)(value), str(value), note)


def _form(field: dict[str, Any], kind: str) -> Callable[[Any], str]:
    if field["name"].startswith("share_"):
        return words.percent
    if field["type"] == "integer":
        return words.count
    return words.dollars if kind == "money" else words.decimal
