"""What the eye should rest on in a table, and the table that a measure is given from."""

from openresponse.release.store.published import Published
from openresponse.report.prose.faces import ABOUT, FACES, INTERVALS, Face
from openresponse.report.prose.readings import GRAINS, categories
from openresponse.tables.hierarchy import ALL


def headline(
    published: Published, table: str, slice: dict[str, str] | None = None
) -> tuple[str, str] | None:
    """The table's headline (code, whole), or None where it has no such category."""
    codes = categories(published, table, slice).codes
    face = FACES.get(published.category(table))
    faces = ABOUT if face is None else (face,)
    return next(((one.code, one.of) for one in faces if one.code in codes), None)


def headline_interval(published: Published, table: str) -> str | None:
    """The same of a table of times."""
    codes = published.hierarchy(table, "interval").codes
    return next((interval for interval in INTERVALS if interval in codes), None)


def table_of(published: Published, category: str, face: Face | None = None) -> str | None:
    """The table that a measure of the whole city is given from: of the shortest periods that its
    face allows, or else of any; None where there is none. face: that of the category, where no
    other is given.
    """
    finest = GRAINS.index((face or FACES[category]).grain)
    fits = [
        table
        for table in published.tables
        if published.kind(table) == "counts"
        and published.category(table) == category
        and _has_whole(published, table)
    ]
    return min(
        fits,
        key=lambda table: (
            GRAINS.index(published.grain(table)) < finest,
            _coarseness(published, table),
        ),
        default=None,
    )


def slices_of(published: Published, table: str) -> list[dict[str, str] | None]:
    """The slices of the whole city: one, or one for each event that is asked for."""
    if "event" not in published.dimensions(table):
        return [None]
    return [{"event": code} for code in published.hierarchy(table, "event").codes if code != ALL]


def timed_table(published: Published) -> str | None:
    """The table that tells the time of the whole city, where there is one."""
    return next(iter(timed_tables(published)), None)


def timed_tables(published: Published) -> list[str]:
    """The tables of times: those with the first of `INTERVALS` first, and of those the one of the
    shortest periods.
    """
    clocks = {
        table: INTERVALS.index(interval)
        for table in published.tables
        if published.kind(table) == "times" and (interval := headline_interval(published, table))
    }
    return sorted(clocks, key=lambda table: (clocks[table], _coarseness(published, table)))


def _coarseness(published: Published, table: str) -> tuple[int, int]:
    return GRAINS.index(published.grain(table)), len(published.dimensions(table))


def _has_whole(published: Published, table: str) -> bool:
    """Whether it holds the whole city; events are asked of all contacts each."""
    return all(
        dimension == "event" or ALL in published.hierarchy(table, dimension).codes
        for dimension in published.dimensions(table)
    )
