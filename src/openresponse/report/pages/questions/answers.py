"""What answers a question; nothing where the release does not have it."""

from collections.abc import Callable

from openresponse.release.store.published import Published
from openresponse.report.pages.findings import Finding
from openresponse.report.prose import sentences
from openresponse.report.prose.faces import FACES, Face
from openresponse.report.prose.headlines import headline_interval, table_of, timed_tables
from openresponse.report.prose.readings import table_by

DISTRICT = "district"


def of_shares(*faces: tuple[str, Face]) -> Callable[[Published], list[Finding]]:
    """The newest share of each face, by the category of its table, and that of a year before."""

    def answer(published: Published) -> list[Finding]:
        tables = [(table_of(published, category, face), face) for category, face in faces]
        return [_share(published, table, face) for table, face in tables if table]

    return answer


def of_times(published: Published) -> list[Finding]:
    """The first clock of each table of times, the one that stands for all first."""
    return [
        Finding(sentences.times(published, table, interval))
        for table in timed_tables(published)
        if (interval := headline_interval(published, table))
    ]


def of_places(published: Published) -> list[Finding]:
    """The share of the whole city, and which district has the highest."""
    table, face = table_by(published, "service", (DISTRICT,)), FACES["service"]
    if not table:
        return []
    highest = sentences.rank(published, table, DISTRICT, face.code, face.of)
    return [Finding(sentences.answer(published, table, face), highest)]


def of_money(published: Published) -> list[Finding]:
    """What was spent, with what is left of the budget: neither is said alone."""
    return [Finding(sentences.money(published))] if "spending" in published.tables else []


def of_hours(published: Published) -> list[Finding]:
    table = table_by(published, "time_band", ("day_type",)) or table_by(published, "time_band", ())
    return [Finding(sentences.largest(published, table))] if table else []


def _share(published: Published, table: str, face: Face) -> Finding:
    before = sentences.year_before(published, table, face.code, face.of)
    return Finding(sentences.answer(published, table, face), before)
