"""What is said of a whole release: money, what is provisional, how much is withheld."""

from openresponse import language
from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.release.tables.loss import loss
from openresponse.report.prose import words
from openresponse.tables.hierarchy import ALL


def money(published: Published, table: str = "spending") -> str:
    """Spent to date against the budget."""
    frame = published.tables[table]
    of_all = frame[(frame["model"] == ALL) & (frame["category"] == ALL)]
    total = of_all.sort_values("period").iloc[-1]
    values = {
        "period": words.period(total["period"]),
        "spent": words.dollars(total["total_to_date"]),
        "amount": words.dollars(total["amount"]),
    }
    if not published.program.get("budget"):
        return _(
            "By the end of {period}, {spent} had been spent; {amount} of it in that month.",
            **values,
        )
    return _(
        "By the end of {period}, {spent} had been spent, {share} of the {budget} announced;"
        " {amount} of it in that month.",
        share=words.percent(total["share_of_budget"]),
        budget=words.dollars(total["budget"]),
        **values,
    )


def provisional(published: Published, grains: tuple[str, ...] = ("month", "quarter")) -> str:
    """Which newest periods of these grains may still change; empty where none may."""
    newest = dict(
        sorted(
            (published.grain(table), published.periods(table)[-1])
            for table in published.tables
            if published.periods(table) and _is_provisional(published, table)
        )
    )
    periods = [words.period(newest[grain]) for grain in grains if grain in newest]
    if not periods:
        return ""
    return _(
        "Figures of {periods} are provisional: records may still come late and change them.",
        periods=language.listed(periods),
    )


def withheld(published: Published) -> str:
    """How much of the tables is withheld for privacy."""
    losses = loss(published)
    cells = _(
        "{n} of {of} figures in the tables are withheld for privacy.",
        n=words.count(int(losses["withheld"].sum())),
        of=words.count(int(losses["cells"].sum())),
    )
    monthly = losses[[_is_of_all_by_month(published, table) for table in losses["table"]]]
    if monthly.empty or not monthly["counted"].sum():
        return cells
    least = _(
        "Each monthly table of the whole city shows at least {share} of what it counts.",
        share=words.percent((monthly["inside"] / monthly["counted"]).min()),
    )
    return f"{cells} {least}"


def _is_provisional(published: Published, table: str) -> bool:
    frame = published.tables[table]
    newest = frame[frame["period"] == published.periods(table)[-1]]
    return bool(newest.filter(regex="_status$").eq("p").any(axis=None))


def _is_of_all_by_month(published: Published, table: str) -> bool:
    return published.grain(table) == "month" and "model" not in published.dimensions(table)
