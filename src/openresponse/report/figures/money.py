"""Spending as a figure: to date by category, beside the announced budget; and as a table by
model.
"""

from collections.abc import Callable

import pandas as pd

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.charts import bar_chart
from openresponse.report.charts.svg import picture
from openresponse.report.figures.datatable import Table, value
from openresponse.report.figures.figure import Figure, identifier
from openresponse.report.prose import definitions, sentences, words
from openresponse.tables.hierarchy import ALL


def figure(published: Published, table: str = "spending") -> Figure:
    """Spent to date by category, beside the budget."""
    periods = published.periods(table)
    sentence, name = sentences.money(published, table), identifier(table, "breakdown")
    caption: str = _("Spending, {span}", span=words.span(periods[0], periods[-1]))
    drawn = bar_chart.bars(_bars(published, table))
    return Figure(
        name=name,
        table=table,
        title=sentence.rstrip("."),
        detail=caption + ".",
        picture=picture(drawn, name, caption, sentence, published.fictional),
        tables=(_by_category(published, table, caption),),
        definition=definitions.in_words(published, table),
    )


def by_model(published: Published, table: str = "spending") -> Table | None:
    """What each model cost in the newest month and to date, and its share of the budget; None where
    no model is told apart.
    """
    last = _last(published, table)
    last = last[last["category"] == ALL]
    if set(last["model"]) == {ALL}:
        return None
    period = published.periods(table)[-1]
    models = {**published.hierarchy(table, "model").labels, ALL: _("Spending in all")}
    caption: str = _("Spending by model to the end of {period}", period=words.period(period))
    columns = [_("Model"), words.initial(words.within(period)), _("To date")]
    shown: list[tuple[str, Callable[[float], str]]] = [
        ("amount", words.dollars),
        ("total_to_date", words.dollars),
    ]
    if budget := published.program.get("budget"):
        amount = words.dollars(budget["amount"])
        caption += ". " + _(
            "Shares are of the {amount} announced for fiscal year {year}",
            amount=amount,
            year=budget["fiscal_year"],
        )
        columns.append(_("Share of {amount}", amount=amount))
        shown.append(("share_of_budget", words.percent))
    rows = [
        [
            models[row["model"]],
            *(value(row[name], row[f"{name}_status"], form) for name, form in shown),
        ]
        for row in last.to_dict("records")
    ]
    return Table(caption, columns, rows, frozenset(range(1, len(columns))))


def _last(published: Published, table: str) -> pd.DataFrame:
    frame = published.tables[table]
    return frame[frame["period"] == frame["period"].max()]


def _bars(published: Published, table: str) -> pd.DataFrame:
    """The budget, where there is one, then what was spent of it."""
    last, budget = _last(published, table), published.program.get("budget")
    last = last[last["model"] == ALL]
    labels = {**published.hierarchy(table, "category").labels, ALL: _("Spent to date")}
    codes = [ALL if code == ALL else "" for code in last["category"]]
    rows = pd.DataFrame(
        {
            "code": codes,
            "label": last["category"].map(labels),
            "depth": [int(code != ALL) for code in codes],
            "count": last["total_to_date"].round().astype(int),
        }
    )
    if budget:
        label = _("Announced for fiscal year {year}", year=budget["fiscal_year"])
        announced = {"code": ALL, "label": label, "depth": 0, "count": round(budget["amount"])}
        rows = pd.concat([pd.DataFrame([announced]), rows], ignore_index=True)
    return rows.assign(text=[words.dollars(amount) for amount in rows["count"]])


def _by_category(published: Published, table: str, caption: str) -> Table:
    models = {**published.hierarchy(table, "model").labels, ALL: _("Spending in all")}
    kinds = {**published.hierarchy(table, "category").labels, ALL: _("Its sum")}
    rows = [
        [
            models[row["model"]],
            kinds[row["category"]],
            value(row["amount"], row["amount_status"], words.dollars),
            value(row["total_to_date"], row["total_to_date_status"], words.dollars),
        ]
        for row in _last(published, table).to_dict("records")
    ]
    if budget := published.program.get("budget"):
        announced = _("Announced for fiscal year {year}", year=budget["fiscal_year"])
        absent = value(None, "z")
        rows = [[announced, absent, absent, words.dollars(budget["amount"])], *rows]
    columns = [_("Model"), _("Category"), _("In the month"), _("To date")]
    return Table(caption, columns, rows, frozenset({2, 3}))
