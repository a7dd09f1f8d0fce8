"""What comes first of a release: the findings of the home page and those of the brief."""

from dataclasses import dataclass
from itertools import islice

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.prose import sentences
from openresponse.report.prose.headlines import headline, headline_interval
from openresponse.report.prose.readings import categories

MOST_ON_HOME, MOST_IN_BRIEF = 4, 5
FIRST_ON_HOME = ("funnel", "responders", "outcomes")
# In this order; the first that the release has.
IN_BRIEF = (
    "funnel",
    "responders",
    "clinician_attendance",
    "outcomes",
    "team_times",
    "response_times",
    "followup",
    "police_role",
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
    rest = [table for table in published.tables if table not in FIRST_ON_HOME]
    timed = [table for table in rest if published.kind(table) == "times"]
    counted = [table for table in rest if published.kind(table) == "counts"]
    tables = [*FIRST_ON_HOME, *timed[:1], *counted]
    found = (_on_home(published, table) for table in tables if table in published.tables)
    return list(islice(filter(None, found), MOST_ON_HOME))


def in_brief(published: Published) -> list[Finding]:
    """Up to five, from the tables that are there."""
    found = (_in_brief(published, table) for table in IN_BRIEF if table in published.tables)
    return list(islice(filter(None, found), MOST_IN_BRIEF))


def _on_home(published: Published, table: str) -> Finding | None:
    if published.kind(table) == "times":
        return _timed(published, table)
    if table == "funnel":
        return _counted(published, table, noun="calls")
    if chosen := headline(published, table):
        return _headlined(published, table, *chosen)
    return None if table in FIRST_ON_HOME else _counted(published, table)


def _in_brief(published: Published, table: str) -> Finding | None:
    if published.kind(table) == "times":
        return _timed(published, table)
    if chosen := headline(published, table):
        return _headlined(published, table, *chosen)
    if published.kind(table) != "counts":
        return None
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
