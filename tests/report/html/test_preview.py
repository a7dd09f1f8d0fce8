import re

import pandas as pd
import pytest

from openresponse.release.store.published import Published
from openresponse.report.html import preview
from openresponse.report.pages import reference
from openresponse.report.prose import words
from support.workspace import ROOT


@pytest.fixture(scope="module")
def golden():
    """A release as it is published, with the kinds and codes of all columns."""
    return Published.load(ROOT / "tests" / "golden" / "public")


def body(html):
    """The cells of each row, and the columns' names."""
    columns = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', html)
    rows = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        for row in re.findall(r"<tr>(.*?)</tr>", html.split("<tbody>")[1])
    ]
    return columns, rows


def changed(published, table, **columns):
    """The release with values of one table put in."""
    other = Published(published.folder, published.package)
    other.__dict__["tables"] = published.tables | {table: published.tables[table].assign(**columns)}
    return other


def test_a_preview_is_the_first_rows_of_the_newest_period_as_published(golden):
    frame = golden.tables["funnel"].query(f"period == '{golden.month}'")
    columns, rows = body(preview.html(golden, "funnel"))
    assert (
        len(rows) == preview.ROWS < len(frame)
        and f"The first {preview.ROWS} of {len(frame)} rows of {words.period(golden.month)}"
        in preview.html(golden, "funnel")
    )
    labels = golden.hierarchy("funnel", "stage").labels
    for row, shown in zip(frame.to_dict("records"), rows, strict=False):
        assert shown[columns.index("stage")] == labels[row["stage"]]
        if pd.notna(row["incidents"]):
            assert shown[columns.index("incidents")].startswith(
                f'<data value="{row["incidents"]}">{words.count(row["incidents"])}</data>'
            )
    assert any("<data" in row[columns.index("incidents")] for row in rows)


@pytest.mark.parametrize(
    ("status", "said"), [("c", "withheld"), ("x", "not available"), ("z", "not applicable")]
)
def test_what_is_not_shown_is_a_word_and_no_number(golden, status, said):
    columns, rows = body(
        preview.html(changed(golden, "funnel", incidents=None, incidents_status=status), "funnel")
    )
    assert {row[columns.index("incidents")] for row in rows} == {
        f'<span class="status">{said}</span>'
    }


def test_a_status_of_a_shown_value_stands_beside_it_in_words(golden):
    columns, rows = body(
        preview.html(changed(golden, "funnel", incidents=0, incidents_status="p"), "funnel")
    )
    assert {row[columns.index("incidents")] for row in rows} == {
        '<data value="0">0</data> <span class="status">provisional</span>'
    }


def test_a_day_that_is_not_set_is_a_word_and_one_that_is_is_sorted_as_a_day(golden):
    planned = ["2027-01-31", *[""] * (len(golden.tables["milestones"]) - 1)]
    columns, rows = body(preview.html(changed(golden, "milestones", planned=planned), "milestones"))
    shown = [row[columns.index("planned")] for row in rows]
    assert shown[0] == '<time datetime="2027-01-31">January 31, 2027</time>' and set(shown[1:]) == {
        '<span class="status">not set</span>'
    }


def test_every_table_of_the_data_page_has_its_preview(golden):
    html = reference.data(golden)
    for table in golden.tables:
        assert (
            preview.html(golden, table) in re.search(rf'id="{table}">.*?</section>', html, re.S)[0]
        ), table
