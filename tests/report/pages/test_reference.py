"""The pages that explain a release: what their view models hold, and that labels are no markup."""

import json
import re
from html import unescape

import pytest
import yaml

from openresponse import language
from openresponse.release.store.published import Published
from openresponse.report.pages.reference import (
    about_page,
    accessibility_statement,
    citations,
    data_page,
    glossary,
    methods_page,
    privacy_page,
)

ADDRESS = "https://city.example/"
LABEL = "R&D <b>"


def labeled(published, **program):
    """The release with other facts of its program."""
    facts = published.package["openresponse"]
    facts = {**facts, "program": {**published.program, **program}}
    return Published(published.folder, {**published.package, "openresponse": facts})


def test_the_data_page_has_every_table_with_all_its_columns_and_files(published):
    page = data_page.view(published, ADDRESS)
    assert [one.name for one in page.tables] == list(published.tables)
    for one in page.tables:
        fields = published.resources[one.name]["schema"]["fields"]
        columns = [field["name"] for field in fields if not field["name"].endswith("_status")]
        assert [row[0].text for row in one.columns.rows] == columns
        assert [link.href for link in one.files] == [
            f"data/latest/{one.name}.{kind}" for kind in ("csv", "parquet")
        ]


def test_a_file_of_all_tables_is_saved_under_the_name_of_its_release(published):
    links = [row[0].links[0] for row in data_page.view(published).whole.rows]
    saved = {link.href: link.saved_as for link in links if link.saved_as}
    assert saved == {
        "data/latest/tables.xlsx": "open-response-2026-10.xlsx",
        "data/latest/release.zip": "open-response-2026-10.zip",
    }


def test_the_examples_of_the_data_page_name_the_address_of_the_site(published):
    codes = re.findall(r"<pre[^>]*><code>(.*?)</code>", data_page.body(published, ADDRESS), re.S)
    assert len(codes) == 5 + 3 and all(f"{ADDRESS}data/" in unescape(code) for code in codes)


def test_a_release_is_cited_in_the_forms_that_reference_managers_read(published):
    forms = citations.forms(labeled(published, name="R&D {in} 50%_"), ADDRESS)
    day, release = published.package["created"][:10], published.name
    assert "title = {{R\\&D \\{in\\} 50\\%\\_, release " + release in forms["BibTeX"]
    assert forms["BibTeX"].count("{") == forms["BibTeX"].count("}")
    ris = dict(line.split("  - ") for line in forms["RIS"].splitlines()[:-1])
    assert (ris["TY"], ris["DA"]) == ("DATA", day.replace("-", "/"))
    assert forms["RIS"].splitlines()[-1].strip() == "ER  -"
    cff = yaml.safe_load(forms["CITATION.cff"])
    assert (cff["cff-version"], cff["date-released"], cff["version"]) == ("1.2.0", day, release)
    assert cff["url"] == ris["UR"] == f"{ADDRESS}data/{release}/"
    assert all(
        "url" not in text and "UR" not in text for text in citations.forms(published, "").values()
    )


def test_methods_follow_the_release_and_link_to_columns_in_their_own_language_alone(published):
    assert {one.href for one in methods_page.view(published).definitions} == {
        f"data.html#{table}" for table in published.tables
    }
    with language.speaking("es"):
        assert {one.href for one in methods_page.view(published).definitions} == {""}


def test_how_much_is_withheld_is_said_of_every_table_of_counts(published, real_city):
    for release in (published, real_city):
        shown = {row[0] for row in privacy_page.view(release).loss.rows}
        counted = {t for t in release.tables if release.kind(t) in ("counts", "times")}
        assert {release.title(table) for table in counted} <= shown


def test_who_publishes_says_no_money_and_no_days_where_the_program_has_none(published):
    page = about_page.view(labeled(published, budget=None, calendar=None, note=""))
    assert (page.money, page.settle_days, page.note) == ("", None, "")
    html = about_page.body(labeled(published, budget=None, calendar=None, note=""))
    assert 'id="money"' not in html and 'id="calendar"' not in html


def test_a_label_of_a_program_is_no_markup(published):
    escaped = "R&amp;D &lt;b&gt;"
    other = labeled(published, city=LABEL, contact=LABEL, note=LABEL)
    assert about_page.body(other).count(escaped) == 3 and LABEL not in about_page.body(other)
    text = data_page.body(other, ADDRESS)
    assert LABEL not in text
    (description,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert json.loads(description)["spatialCoverage"] == LABEL


@pytest.mark.parametrize("code", language.available())
def test_each_word_of_the_glossary_is_explained_once(published, code):
    with language.speaking(code):
        html = language.marked(glossary.body(published))
    words, meanings = (re.findall(rf"<{tag}>(.+?)</{tag}>", html, re.S) for tag in ("dt", "dd"))
    assert len(words) == len(set(words)) == len(meanings)


def test_the_glossary_has_only_words_of_what_the_city_has(published):
    hold = {"label": "5150", "law": "section 5150 of the Welfare and Institutions Code"}
    text = glossary.body(labeled(published, involuntary_hold=hold, models={}, residents_source=""))
    assert "<dt>5150</dt>" in text and "Institutions Code" in text
    for word in ("Section 12", "911", "o-response", "lternative response", "eer-led", "residents"):
        assert word not in text


def test_what_is_in_english_alone_is_said_where_there_are_other_languages():
    assert "in Spanish yet" in accessibility_statement.body(["en", "es"])
    assert "translator" not in accessibility_statement.body(["en"])
