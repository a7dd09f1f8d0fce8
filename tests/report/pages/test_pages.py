import re

import pandas as pd
import pytest

from openresponse.media.names import FICTIONAL
from openresponse.report.figures import bars, datatable, listing
from openresponse.report.pages import brief, site_pages
from openresponse.report.pages.brief import worth_asking
from openresponse.report.pages.reference import about_page, data_page, methods_page, privacy_page
from openresponse.tables import process_limits
from support import invented, markup


def test_every_page_is_written(pages):
    out, paths = pages
    names = {str(p.relative_to(out)) for p in paths}
    assert {
        "index.qmd",
        "models/co-response.qmd",
        "models/alternative-response.qmd",
        "models/peer-led.qmd",
        "briefs/index.qmd",
        "data.qmd",
        "methods.qmd",
        "privacy.qmd",
        "about.qmd",
        "_program.yml",
        "_before.html",
    } <= names
    assert all(p.is_file() for p in paths)


def test_pages_are_the_same_bytes_twice(published, pages, tmp_path):
    out, paths = pages
    for path in site_pages.write(published, tmp_path):
        assert path.read_bytes() == (out / path.relative_to(tmp_path)).read_bytes()


def test_a_release_with_few_tables_makes_its_pages(real_city, tmp_path):
    names = {str(p.relative_to(tmp_path)) for p in site_pages.write(real_city, tmp_path)}
    assert "index.qmd" in names and FICTIONAL not in (tmp_path / "_before.html").read_text()
    assert "Milestones" not in (tmp_path / "data.qmd").read_text()


def test_every_table_is_on_the_data_page_with_its_definition_and_file(published, pages):
    text = (pages[0] / "data.qmd").read_text()
    for table in published.tables:
        assert f'id="{table}"' in text and f'href="data/latest/{table}.csv"' in text


def test_a_citation_names_publisher_day_release_table_and_the_address_that_stays(published):
    assert (
        data_page.citation(published, "funnel", "https://city.example/")
        == "Open Response demonstration (November 23, 2026): Boston crisis response pilots, release"
        " 2026-10. Fictional data. Table “What happened to every call”,"
        " https://city.example/data/2026-10/funnel.csv"
    )


def test_a_row_of_money_is_told_by_all_its_columns(published, pages):
    assert "One row is one month, model, category." in (pages[0] / "data.qmd").read_text()


def test_the_planned_model_has_milestones_and_no_chart(pages):
    text = (pages[0] / "models" / "peer-led.qmd").read_text()
    assert (
        "First call" in text
        and "not set" in text
        and "February 1, 2027" in text
        and "<svg" not in text
    )


def test_methods_and_privacy_follow_the_constants(published, monkeypatch):
    assert f"{process_limits.LIMIT} times the average move" in methods_page.body(published)
    monkeypatch.setattr(process_limits, "LIMIT", 3.14)
    assert "3.14 times the average move" in methods_page.body(published)
    assert f"<dd>{published.rule['threshold']}</dd>" in privacy_page.body(published)


def test_a_table_has_caption_scopes_and_a_box_that_scrolls_with_the_keyboard(published):
    html = markup.tables(bars.figure(published, "funnel"))
    assert (
        "<caption>" in html
        and 'scope="col"' in html
        and 'scope="row"' in html
        and 'tabindex="0"' in html
    )


def test_a_withheld_cell_says_so_and_is_no_number(published):
    assert datatable.value(pd.NA, "c") == datatable.Cell("status", "withheld")


def test_a_marked_cell_shows_its_letter_and_the_caption_says_what_it_means():
    rows = [["May", datatable.value(12, "p")], ["June", datatable.value(9, "")]]
    html = markup.table(datatable.Table("Calls", ["Month", "Calls"], rows))
    assert "<td>12 [p]</td>" in html and "<td>9</td>" in html
    assert 'Calls<span class="marks">[p] provisional</span></caption>' in html and "[r]" not in html


def test_a_figure_carries_definition_and_download(published):
    html = markup.figure(bars.figure(published, "funnel"))
    for part in (
        "Counts",
        "Share of",
        "Leaves out",
        "Not recorded",
        'href="data/latest/funnel.csv"',
        'href="figures/funnel-breakdown.svg"',
    ):
        assert part in html


def test_text_from_a_release_is_escaped(published):
    table = datatable.breakdown(_one_row("<b>"), "caption", "incidents")
    assert "&lt;b&gt;" in markup.table(table)


def test_text_of_a_milestone_is_escaped_and_its_days_are_not_broken(published):
    altered = invented.altered(published, "milestones", note="R&D <b>", status="<i>")
    html = markup.tables(listing.figure(altered, "milestones"))
    assert (
        "R&amp;D &lt;b&gt;" in html
        and "&lt;i&gt;" in html
        and '<td><time datetime="2022-12-01">December 1, 2022</time></td>' in html
    )


def _one_row(label):
    return pd.DataFrame(
        [
            {
                "code": "a",
                "label": label,
                "depth": 0,
                "above": "",
                "count": 12,
                "status": "",
                "share_of_part": pd.NA,
                "share_of_part_status": "z",
                "share_of_all": pd.NA,
                "share_of_all_status": "z",
            }
        ]
    )


def test_the_web_brief_has_its_parts(published):
    html = brief.html(published)
    for title in (
        "Findings",
        "Signal or normal variation",
        "Where the money went",
        "The other measures",
        "Worth asking",
        "What the figures do not say",
    ):
        assert f">{title}</h2>" in html
    assert (
        len(worth_asking.questions(published)) == 3 and len(re.findall("<li><strong>", html)) == 4
    )


@pytest.mark.parametrize(
    "code, status", [("c", "withheld"), ("x", "not available"), ("z", "not applicable")]
)
def test_the_question_on_eligible_calls_says_why_their_number_is_not_shown(published, code, status):
    frame = published.tables["funnel"]
    row = (frame["stage"] == "team_not_sent") & (frame["period"] == frame["period"].max())
    unit = published.unit("funnel")
    held = invented.altered(
        published,
        "funnel",
        **{unit: frame[unit].mask(row), f"{unit}_status": frame[f"{unit}_status"].mask(row, code)},
    )
    asked = worth_asking.questions(held)[0]
    assert asked.startswith(
        f"In October 2026, some eligible calls got no team; how many is {status}. "
    )


def test_a_demonstration_says_that_no_city_published_it_and_a_city_does_not(published, real_city):
    assert "No city has published it" in about_page.body(published)
    assert "demonstration" not in about_page.body(real_city)
