"""The measures that no finding of the brief is about, welcome or not: none is left out."""

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.figures.datatable import Cell, Table, value
from openresponse.report.pages.brief import unwelcome
from openresponse.report.prose import words
from openresponse.report.prose.faces import FACES, MEASURES, OF_EVENT, Face
from openresponse.report.prose.headlines import slices_of, table_of
from openresponse.report.prose.readings import Reading, series


def table(published: Published, shown: set[str]) -> Table | None:
    """A row for each measure that the release has, but for the faces of the tables already shown;
    None without any.
    """
    rows = [
        row
        for category, face in MEASURES
        if (source := table_of(published, category, face))
        and not (source in shown and face is FACES[category])
        for slice in slices_of(published, source)
        if (row := _row(published, source, face, slice))
    ]
    if not rows:
        return None
    columns = [
        _("What"),
        _("When"),
        _("Share"),
        _("Number"),
        _("Out of"),
        _("Before"),
        _("Wanted"),
    ]
    caption = _("What is meant to become more or less, in the latest period")
    return Table(caption, columns, rows, frozenset({2, 3, 4, 5}))


def _row(
    published: Published, source: str, face: Face, slice: dict[str, str] | None
) -> list[str | Cell]:
    readings = series(published, source, face.code, face.of, slice)
    if not readings or readings[-1].period != published.periods(source)[-1]:
        return []
    newest = readings[-1]
    before, _is_a_year = unwelcome.compared_with(published, source, face, slice, readings)
    return [
        _(OF_EVENT.get((slice or {}).get("event", ""), face).short),
        words.short_period(newest.period),
        value(newest.share, newest.share_status, words.percent),
        value(newest.value, newest.status),
        value(newest.of, newest.of_status),
        _earlier(before),
        _(face.wanted),
    ]


def _earlier(before: Reading | None) -> str | Cell:
    """The share compared with, and of which period it is."""
    if before is None:
        return Cell("status", words.status("x"))
    shown = value(before.share, before.share_status, words.percent)
    if not isinstance(shown, str):
        return shown
    return f"{words.short_period(before.period)}: {shown}"
