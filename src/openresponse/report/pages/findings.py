"""What comes first of a release: the findings of the home page and those of the brief."""

from dataclasses import dataclass
from itertools import islice

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.prose import sentences
from openresponse.report.prose.headlines import (
    headline,
    headline_interval,
    table_of,
    timed_table,
)
from openresponse.report.prose.readings import categories

MOST_ON_HOME, MOST_IN_BRIEF = 4, 4
TIMES = "times"
# Measures by the category of their table, in this order; the first that the release has.
FIRST_ON_HOME = ("stage", "responders", "outcome", TIMES)
IN_BRIEF = ("stage", "responders", "outcome", TIMES, "attendance", "followup", "police_role")
# Of a release without these.
FURTHER_IN_BRIEF = (
    "psychiatric_all_years",
    "psychiatric",
    "response_times_all_years",
    "volumes",
)


@dataclass(frozen=True)
class Finding:
    """level: the newest value. change: from the period before and from the year before, and whether
    it is a signal; or empty.
    """

    level: str
    change: str = ""

    def __str__(self) -> str:
        return f"{self.level} {self.change}".strip()


def on_home(published: Published) -> list[Finding]:
    """Up to four on the last period, from the tables that are there."""
    first = _tables(published, FIRST_ON_HOME)
    counted = [one for one in published.tables if published.kind(one) == "counts"]
    tables = dict.fromkeys([*first, *counted])
    return list(islice(filter(None, (_on_home(published, one) for one in tables)), MOST_ON_HOME))


def in_brief(published: Published) -> dict[str, Finding]:
    """Up to four, by the tables that they are from."""
    further = [one for one in FURTHER_IN_BRIEF if one in published.tables]
    tables = dict.fromkeys([*_tables(published, IN_BRIEF), *further])
    found = {table: _in_brief(published, table) for table in tables}
    kept = [(table, finding) for table, finding in found.items() if finding is not None]
    return dict(kept[:MOST_IN_BRIEF])


def _tables(published: Published, categories: tuple[str, ...]) -> list[str]:
    """The tables that these measures of the whole city are given from."""
    found = [
        timed_table(published) if category == TIMES else table_of(published, category)
        for category in categories
    ]
    return [table for table in found if table is not None]


def _on_home(published: Published, table: str) -> Finding | None:
    if published.kind(table) == "times":
        return _timed(published, table)
    if published.category(table) == "stage":
        return _counted(published, table, noun="calls")
    if chosen := headline(published, table):
        return _headlined(published, table, *chosen)
    return None if published.category(table) in FIRST_ON_HOME else _counted(published, table)


def _in_brief(published: Published, table: str) -> Finding | None:
    if published.kind(table) == "times":
        return _timed(published, table)
    if chosen := headline(published, table):
        return _headlined(published, table, *chosen)
    largest = sentences.largest(published, table)
    return Finding(_("{title}: {said}", title=published.title(table), said=largest))


def _timed(published: Published, table: str) -> Finding | None:
    interval = headline_interval(published, table)
    return Finding(sentences.times(published, table, interval)) if interval else None


def _headlined(published: Published, table: str, code: str, of: str) -> Finding:
    """A table's headline, its change, whether it is a signal, and the same month last year."""
    return Finding(
        sentences.level(published, table, code, of),
        _joined(
            sentences.change(published, table, code, of),
            sentences.year_before(published, table, code, of),
        ),
    )


def _counted(published: Published, table: str, noun: str | None = None) -> Finding:
    """How many there were. noun: what they are called, as `words.unit` knows it."""
    root = categories(published, table).roots[0]
    return Finding(
        sentences.counted(published, table, root, noun=noun),
        _joined(
            sentences.counted_change(published, table, root),
            sentences.counted_year_before(published, table, root),
        ),
    )


def _joined(*texts: str) -> str:
    return " ".join(filter(None, texts))
