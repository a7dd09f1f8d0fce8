"""Residents and rates per 10,000 of them, as a table under the counts."""

import pandas as pd

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.release.tables.rate_intervals import RATE
from openresponse.report.figures.datatable import Table, value
from openresponse.report.prose import words
from openresponse.report.prose.readings import categories, cells


def tables(
    published: Published, table: str, slice: dict[str, str] | None, caption: str
) -> list[Table]:
    """One table of the last period's rates, or none where the table has no rates."""
    frame = cells(published, table, slice)
    if RATE not in frame:
        return []
    frame = frame[frame["period"] == frame["period"].max()]
    labels, category = categories(published, table, slice).labels, published.category(table)
    rows = [
        [
            labels[row[category]],
            value(row["residents"], "x" if pd.isna(row["residents"]) else ""),
            value(row[RATE], row[f"{RATE}_status"], words.decimal),
        ]
        for row in frame.to_dict("records")
    ]
    columns = [
        _(category.replace("_", " ").capitalize()),
        _("Residents ({year})", year=int(frame["residents_year"].iloc[0])),
        _("Per 10,000 residents"),
    ]
    return [Table(_("{caption}: rates", caption=caption), columns, rows, frozenset({1, 2}))]
