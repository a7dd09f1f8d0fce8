"""A table of plain rows as a figure: what was planned and reached, what a revision changed."""

import pandas as pd

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.release.tables import revisions
from openresponse.report.figures.datatable import Cell, Table, dated, value
from openresponse.report.figures.figure import Figure, identifier
from openresponse.report.prose import definitions, words

MOST_ROWS = 500  # of changed figures on a page; the file has all
LAST = "9999"  # after every day
CODES = ("status",)  # columns whose texts are of this project, and are translated


def figure(published: Published, table: str) -> Figure:
    """The rows as they stand, without a picture."""
    revised = table == revisions.TABLE
    return Figure(
        name=identifier(table, "list"),
        table=table,
        title=published.title(table),
        tables=(changed(published) if revised else _plain(published, table),),
        definition=definitions.in_words(published, table),
        note=more(published) if revised else "",
    )


def changed(published: Published) -> Table:
    """The figures that a revision changed, or left as they were; for pages in English alone."""
    rows = [
        [
            f"{row['table']}: {row['row']}" if row["row"] else row["table"],
            words.period(row["period"]),
            row["column"],
            value(row["earlier"], "", _number),
            value(row["now"], row["now_status"], _number),
            revisions.WHAT[row["what"]],
        ]
        for row in published.tables[revisions.TABLE].head(MOST_ROWS).to_dict("records")
    ]
    columns = ["Row", "Period", "Column", "Earlier", "Now", "What"]
    return Table("Changed figures", columns, rows, frozenset({3, 4}))


def more(published: Published) -> str:
    """How many changed figures stand in the file alone; empty where the page has all."""
    left = len(published.tables[revisions.TABLE]) - MOST_ROWS
    return f"{words.count(left)} more stand in {revisions.TABLE}.csv." if left > 0 else ""


def _plain(published: Published, table: str) -> Table:
    """Texts and days."""
    frame = published.tables[table].drop(columns="source").filter(regex="^(?!.*_status$)")
    frame = _in_order(frame)
    days = {
        field["name"]
        for field in published.resources[table]["schema"]["fields"]
        if field["type"] == "date"
    }
    rows = [
        [_cell(name, text, days) for name, text in row.items()] for row in frame.to_dict("records")
    ]
    columns = [_(name.replace("_", " ").capitalize()) for name in frame]
    return Table(published.title(table), columns, rows)


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """By the day something was done, or else is planned for; what has no day comes last."""
    if not {"planned", "actual"} <= set(frame):
        return frame
    day = frame["actual"].where(frame["actual"] != "", frame["planned"]).replace("", LAST)
    return frame.iloc[day.argsort(kind="stable")]


def _cell(name: str, text: str, days: set[str]) -> str | Cell:
    if name in days:
        return dated(text) or _("not set")
    return _(text) if name in CODES else text


def _number(number: float) -> str:
    return words.count(number) if float(number).is_integer() else words.decimal(number)
