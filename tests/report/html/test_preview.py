import pandas as pd
import pytest

from openresponse.release.store.published import Published
from openresponse.report.figures.datatable import Cell
from openresponse.report.html import preview
from openresponse.report.pages.reference import data_page
from openresponse.report.prose import words
from support.workspace import ROOT


@pytest.fixture(scope="module")
def golden():
    """A release as it is published, with the kinds and codes of all columns."""
    return Published.load(ROOT / "tests" / "golden" / "public")


def column(view, name):
    """The cells of a table's column."""
    return [row[list(view.columns).index(name)] for row in view.rows]


def changed(published, table, **columns):
    """The release with values of one table put in."""
    other = Published(published.folder, published.package)
    other.__dict__["tables"] = published.tables | {table: published.tables[table].assign(**columns)}
    return other


def test_a_preview_is_the_first_rows_of_the_newest_period_as_published(golden):
    frame = golden.tables["funnel"].query(f"period == '{golden.month}'")
    view = preview.table(golden, "funnel")
    assert len(view.rows) == preview.ROWS < len(frame)
    assert view.caption.startswith(
        f"The first {preview.ROWS} of {len(frame)} rows of {words.period(golden.month)}"
    )
    labels = golden.hierarchy("funnel", "stage").labels
    first = frame.head(preview.ROWS)
    assert column(view, "stage") == [labels[stage] for stage in first["stage"]]
    numbers = column(view, "incidents")
    for value, cell in zip(first["incidents"], numbers, strict=True):
        if pd.notna(value):
            assert (cell.kind, cell.value, cell.text) == ("number", str(value), words.count(value))
    assert any(cell.kind == "number" for cell in numbers)


@pytest.mark.parametrize(
    ("status", "word"), [("c", "withheld"), ("x", "not available"), ("z", "not applicable")]
)
def test_what_is_not_shown_is_a_word_and_no_number(golden, status, word):
    hidden = changed(golden, "funnel", incidents=None, incidents_status=status)
    assert set(column(preview.table(hidden, "funnel"), "incidents")) == {Cell("status", word)}


def test_a_status_of_a_shown_value_is_beside_it_in_words(golden):
    shown = changed(golden, "funnel", incidents=0, incidents_status="p")
    assert set(column(preview.table(shown, "funnel"), "incidents")) == {
        Cell("number", "0", "0", "provisional")
    }


def test_a_day_that_is_not_set_is_a_word_and_one_that_is_is_sorted_as_a_day(golden):
    planned = ["2027-01-31", *[""] * (len(golden.tables["milestones"]) - 1)]
    view = preview.table(changed(golden, "milestones", planned=planned), "milestones")
    first, *rest = column(view, "planned")
    assert first == Cell("day", "January 31, 2027", "2027-01-31")
    assert set(rest) == {Cell("status", "not set")}


def test_every_table_of_the_data_page_has_its_preview(golden):
    described = {one.name: one.preview for one in data_page.view(golden).tables}
    assert described == {name: preview.table(golden, name) for name in golden.tables}
