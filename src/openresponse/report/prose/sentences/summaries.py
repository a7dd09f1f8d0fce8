"""What is said of a whole release: money, what is provisional, how much is withheld."""

import math

import pandas as pd

from openresponse import language
from openresponse.language import _, ngettext
from openresponse.release.store.published import Published
from openresponse.release.tables import columns
from openresponse.release.tables.loss import loss
from openresponse.report.prose import words
from openresponse.tables.hierarchy import ALL


def money(published: Published, table: str = "spending", model: str = ALL) -> str:
    """Spent to date, of one model or of all; of all against the budget, with what is left of it."""
    frame = published.tables[table]
    of_all = frame[(frame["model"] == model) & (frame["category"] == ALL)]
    if of_all.empty:
        return ""
    total = of_all.sort_values("period").iloc[-1]
    values = {
        "period": words.period(total["period"]),
        "spent": words.dollars(total["total_to_date"]),
        "amount": words.dollars(total["amount"]),
    }
    if model != ALL or not published.program.get("budget"):
        return _(
            "By the end of {period}, {spent} had been spent; {amount} of it in that month.",
            **values,
        )
    spent = _(
        "By the end of {period}, {spent} had been spent, {share} of the {budget} announced;"
        " {amount} of it in that month.",
        share=words.percent(total["share_of_budget"]),
        budget=words.dollars(total["budget"]),
        **values,
    )
    return " ".join(filter(None, (spent, _left(total), _other_years(published, table))))


def _is_of_other_years(published: Published, table: str = "spending") -> bool:
    """Whether nothing was booked in the fiscal year, from July to June, that the budget is for."""
    year = int(published.program["budget"]["fiscal_year"])
    periods = published.periods(table)
    return periods[0] > f"{year}-06" or periods[-1] < f"{year - 1}-07"


def _left(total: pd.Series) -> str:
    """What is left of the budget, and how long that lasts at the newest month's rate."""
    left = float(total["budget"] - total["total_to_date"])
    if left <= 0 or total["amount"] <= 0:
        return ""
    months = math.ceil(left / total["amount"])
    return ngettext(
        "{left} of it is left: at the rate of that month, enough for less than {months} month.",
        "{left} of it is left: at the rate of that month, enough for less than {months} months.",
        months,
        left=words.dollars(left),
        months=months,
    )


def _other_years(published: Published, table: str) -> str:
    year = published.program["budget"]["fiscal_year"]
    if not _is_of_other_years(published, table):
        return _("The budget was for fiscal year {year}.", year=year)
    periods = published.periods(table)
    return _(
        "The budget was for fiscal year {year}; what is booked here is from {span}.",
        year=year,
        span=words.span(periods[0], periods[-1]),
    )


def provisional(published: Published, grains: tuple[str, ...] = ("month", "quarter")) -> str:
    """Which periods of these grains a revision may still change; empty where it may none."""
    marked: dict[str, set[str]] = {}
    for table, frame in published.tables.items():
        is_open = frame.filter(regex="_status$").eq(columns.PROVISIONAL).any(axis=1)
        if is_open.any():
            marked.setdefault(published.grain(table), set()).update(frame["period"][is_open])
    periods = [
        words.stretch(min(marked[grain]), max(marked[grain])) for grain in grains if grain in marked
    ]
    if not periods:
        return ""
    return _(
        "Figures of {periods} are provisional: a revision may still change them.",
        periods=language.listed(periods),
    )


def withheld(published: Published) -> str:
    """How much of the tables is withheld for privacy."""
    losses = loss(published)
    cells = _(
        "{n} of {of} values in the files of counts and times are withheld for privacy.",
        n=words.count(int(losses["withheld"].sum())),
        of=words.count(int(losses["values"].sum())),
    )
    monthly = losses[[published.grain(table) == "month" for table in losses["table"]]]
    monthly = monthly[monthly["counted"] > 0]
    if monthly.empty:
        return cells
    shown = monthly.set_index("table").eval("inside / counted")
    least = _(
        "Of the tables by month, “{title}” withholds most: {share} of what it counts is shown in"
        " full detail.",
        title=published.title(shown.idxmin()),
        share=words.percent(shown.min()),
    )
    return f"{cells} {least}"
