"""Which figures a published table makes: its breakdown, its headline through time, its times, its
money.
"""

from openresponse.release.store.published import Published
from openresponse.report.figures import bars, listing, money, times, trends
from openresponse.report.figures.figure import Figure
from openresponse.report.prose.readings import categories, cells

# The rows that have a bar where not all do, by category: definitions in use, side by side.
SIDE_BY_SIDE = {
    "diverted": [
        "calls",
        "team_associated",
        "team_not_cancelled",
        "no_police_at_first",
        "never_police",
        "in_place_of_police",
    ]
}


def of_table(published: Published, table: str, slice: dict[str, str] | None = None) -> list[Figure]:
    """The figures of one slice of a table; none where the table has no row for it."""
    kind = published.kind(table)
    if kind == "list":
        return [listing.figure(published, table)]
    if kind == "money":
        return [money.figure(published, table)]
    if cells(published, table, slice).empty:
        return []
    if kind == "times":
        return [
            times.figure(published, table, interval, slice)
            for interval in published.hierarchy(table, "interval").codes
        ]
    parts: list[dict[str, str] | None] = [(slice or {}) | part for part in _parts(published, table)]
    return [figure for one in parts or [slice] for figure in _of_counts(published, table, one)]


def _of_counts(published: Published, table: str, slice: dict[str, str] | None) -> list[Figure]:
    """The breakdown where there is more than one category, and the trend where there are periods
    enough.
    """
    figures = []
    if len(categories(published, table, slice).codes) > 1:
        drawn_alone = SIDE_BY_SIDE.get(published.category(table))
        figures.append(bars.figure(published, table, slice, codes=drawn_alone))
    drawn = trends.figure(published, table, slice)
    return [*figures, drawn] if drawn else figures


def _parts(published: Published, table: str) -> list[dict[str, str]]:
    """The slices of a table that stacks several counts; none where it does not."""
    category = published.category(table)
    hierarchies = published.resources[table]["openresponse"]["trees"]
    parts = [name.split(":", 1)[1] for name in hierarchies if name.startswith(f"{category}:")]
    columns = [
        dimension
        for dimension in published.dimensions(table)
        if parts and set(parts) <= set(published.hierarchy(table, dimension).codes)
    ]
    return [{columns[0]: part} for part in parts] if columns else []
