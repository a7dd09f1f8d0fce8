"""Spending as a figure: to date by category, beside the announced budget; and as a table by model."""

import pandas as pd

from openresponse.language import _, pgettext
from openresponse.release.store.published import Published
from openresponse.report.charts import drawing
from openresponse.report.charts.svg import picture
from openresponse.report.figures import datatable
from openresponse.report.figures.figure import Figure, name
from openresponse.report.prose import sentences, words
from openresponse.report.prose.readings import ALL

Table = tuple[str, list[str], list[list[str]]]  # caption, columns, rows


def figure(published: Published, table: str = "spending") -> Figure:
    """Spent to date by category, beside the budget."""
    frame = published.tables[table]
    last = frame[(frame["period"] == frame["period"].max()) & (frame["model"] == ALL)]
    budget = published.program.get("budget")
    labels = {**published.hierarchy(table, "category").labels, ALL: _("Spent to date")}
    rows = (
        [
            {
                "code": "all",
                "label": _("Announced for fiscal year {year}", year=budget["fiscal_year"]),
                "depth": 0,
                "count": round(budget["amount"]),
            }
        ]
        if budget
        else []
    )
    rows += [
        {
            "code": "all" if r["category"] == ALL else "",
            "label": labels[r["category"]],
            "depth": int(r["category"] != ALL),
            "count": round(r["total_to_date"]),
        }
        for __, r in last.iterrows()
    ]
    drawn = pd.DataFrame(rows).assign(text=lambda f: [words.dollars(n) for n in f["count"]])
    said, identifier = sentences.money(published, table), name(table, "breakdown")
    caption = _("Spending, {span}", span=words.span(frame["period"].min(), frame["period"].max()))
    return Figure(
        identifier,
        table,
        said.rstrip("."),
        caption + ".",
        picture(drawing.bars(drawn), identifier, caption, said, published.fictional),
        _details(published, table, caption),
        published.definition(table),
    )


def by_model(published: Published, table: str = "spending") -> Table | None:
    """Caption, columns and rows: what each model cost in the newest month and to date, and its
    share of the budget; None where no model is told apart.
    """
    frame = published.tables[table]
    last = frame[(frame["period"] == frame["period"].max()) & (frame["category"] == ALL)]
    if set(last["model"]) == {ALL}:
        return None
    models, period, budget = (
        {**published.hierarchy(table, "model").labels, ALL: _("All models")},
        words.period(frame["period"].max()),
        published.program.get("budget"),
    )
    caption, columns = (
        _("Spending by model to the end of {period}", period=period),
        [_("Model"), words.initial(words.within(frame["period"].max())), _("To date")],
    )
    rows = [
        [models[r["model"]], *(_amount(r, name) for name in ("amount", "total_to_date"))]
        for __, r in last.iterrows()
    ]
    if budget:
        amount = words.dollars(budget["amount"])
        caption += ". " + _(
            "Shares are of the {amount} announced for fiscal year {year}",
            amount=amount,
            year=budget["fiscal_year"],
        )
        columns.append(_("Share of {amount}", amount=amount))
        for row, (__, r) in zip(rows, last.iterrows(), strict=True):
            row.append(_amount(r, "share_of_budget", words.percent))
    return caption, columns, rows


def _amount(row: pd.Series, name: str, form=words.dollars) -> str:
    return words.status(row[f"{name}_status"]) if pd.isna(row[name]) else form(row[name])


def _details(published: Published, table: str, caption: str) -> str:
    frame = published.tables[table]
    last = frame[frame["period"] == frame["period"].max()]
    models = {**published.hierarchy(table, "model").labels, ALL: _("All models")}
    kinds = {**published.hierarchy(table, "category").labels, ALL: pgettext("categories", "All")}
    rows = [
        [
            models[r["model"]],
            kinds[r["category"]],
            datatable.cell(r["amount"], r["amount_status"], words.dollars),
            datatable.cell(r["total_to_date"], r["total_to_date_status"], words.dollars),
        ]
        for __, r in last.iterrows()
    ]
    return datatable.html(
        caption, [_("Model"), _("Category"), _("In the month"), _("To date")], rows, {2, 3}
    )
