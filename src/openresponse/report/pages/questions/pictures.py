"""The pictures of each question, the main one first; at most `MOST` beside it."""

from openresponse.release.store.published import Published
from openresponse.report.figures import bars, money, place_shares, table_figures, times, trends
from openresponse.report.figures.figure import Figure
from openresponse.report.prose.faces import FACES
from openresponse.report.prose.headlines import headline_interval, table_of, timed_tables
from openresponse.report.prose.readings import table_by

MOST = 4
# The steps of each call.
STEPS = ["calls", "eligible", "team_sent", "arrived", "contact_made"]


def right_help(published: Published) -> list[Figure]:
    return _some(
        funnel(published),
        _breakdown(published, "attendance"),
        trend(published, "attendance"),
        trend(published, "responders"),
        _breakdown(published, "diverted") or _breakdown(published, "police_role"),
    )


def funnel(published: Published) -> Figure | None:
    """The main steps of the newest period; None where the release has no funnel."""
    table = table_of(published, "stage")
    return bars.figure(published, table, codes=STEPS, kind="steps") if table else None


def how_long(published: Published) -> list[Figure]:
    """The clock that stands for each table of times first, then time on scene, then the others."""
    tables = timed_tables(published)
    first = [(table, headline_interval(published, table)) for table in tables]
    rest = [
        (table, interval)
        for table in [*_on_scene(published, tables), *tables]
        for interval in published.hierarchy(table, "interval").codes
    ]
    ordered = dict.fromkeys([*first, *rest])
    return _some(
        *(times.figure(published, table, interval) for table, interval in ordered if interval)
    )


def _on_scene(published: Published, timed: list[str]) -> list[str]:
    """The tables of times of the whole city that no clock from the call is in."""
    return [
        table
        for table in published.tables
        if published.kind(table) == "times"
        and table not in timed
        and list(published.dimensions(table)) == ["interval"]
    ]


def what_happens(published: Published) -> list[Figure]:
    return _some(
        _breakdown(published, "outcome"),
        trend(published, "outcome"),
        _breakdown(published, "followup"),
        trend(published, "repeat"),
        _breakdown(published, "applicant"),
    )


def fair(published: Published) -> list[Figure]:
    districts = table_by(published, "service", ("district",))
    groups = table_by(published, "group", ("characteristic",))
    return _some(
        place_shares.figure(published, districts, FACES["service"]) if districts else None,
        *(table_figures.of_table(published, groups) if groups else []),
    )


def cost(published: Published) -> list[Figure]:
    return [money.figure(published)] if "spending" in published.tables else []


def when(published: Published) -> list[Figure]:
    """Of all days first, then of each kind of day where those are told apart."""
    by_day = table_by(published, "time_band", ("day_type",))
    if by_day:
        days = published.hierarchy(by_day, "day_type").codes
        return _some(*(bars.figure(published, by_day, {"day_type": day}) for day in days))
    table = table_by(published, "time_band", ())
    return [bars.figure(published, table)] if table else []


def _breakdown(published: Published, category: str) -> Figure | None:
    table = table_of(published, category)
    return bars.figure(published, table) if table else None


def trend(published: Published, category: str) -> Figure | None:
    """The table of the whole city through time; None where that cannot be drawn."""
    table = table_of(published, category)
    return trends.figure(published, table) if table else None


def _some(*figures: Figure | None) -> list[Figure]:
    return [figure for figure in figures if figure is not None][: MOST + 1]
