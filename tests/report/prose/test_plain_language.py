"""What a resident reads first is plain: school grade 8 or below, measured on whole pages without
their tables and pictures.
"""

import re
from html import unescape

import pytest
import textstat

from openresponse import language
from openresponse.report.pages import brief, home
from openresponse.report.pages.reference import methods_page
from openresponse.report.prose.localized import localized

HARDEST = 8.0  # school grade, Flesch and Kincaid 1975
# Szigriszt Pazos 1993, on the scale INFLESZ (Barrio Cantalejo 2008): above 65 is "rather easy",
# above 55 "normal".
EASY_SPANISH = 65.0


def prose(html: str) -> str:
    """The sentences of a page. A decimal point ends no sentence, and what ends a paragraph ends
    one.
    """
    html = re.sub(
        r"<table.*?</table>|<svg.*?</svg>|<details.*?</details>|<dl.*?</dl>|<h\d.*?</h\d>|<p"
        r" class=.files.*?</p>",
        " ",
        html,
        flags=re.S,
    )
    text = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</(?:p|li|span)>", ". ", html)))
    text = re.sub(r"(?<=\d)[.,](?=\d)", "", text)
    return re.sub(r"\s+", " ", re.sub(r"\s*\.(?:\s*\.)+", ".", text)).strip()


@pytest.fixture(params=["home", "brief"])
def page(request, published):
    """A page's body in the language spoken."""
    return {
        "home": lambda: home.body(localized(published))[0],
        "brief": lambda: brief.html(localized(published)),
    }[request.param]


def test_english_is_plain(page):
    assert textstat.flesch_kincaid_grade(prose(page())) <= HARDEST


def test_spanish_is_plain(page):
    textstat.set_lang("es")
    try:
        with language.speaking("es"):
            assert textstat.szigriszt_pazos(prose(page())) >= EASY_SPANISH
    finally:
        textstat.set_lang("en_US")


def test_the_measure_finds_what_is_not_plain():
    hard = (
        "Notwithstanding methodological heterogeneity, multidisciplinary interventions demonstrated"
        " statistically indistinguishable effectiveness concerning institutionalization,"
        " interoperability considerations notwithstanding."
    )
    assert textstat.flesch_kincaid_grade(hard) > HARDEST


def test_numbers_and_tables_are_no_sentences():
    assert (
        prose(
            "<p>It was 62.5% of 1,204.</p><table><tr><td>a</td></tr></table><ul><li>Two</li></ul>"
        )
        == "It was 625% of 1204. Two."
    )


def test_limits_are_plain():
    assert textstat.flesch_kincaid_grade(" ".join(methods_page.LIMITS)) <= HARDEST
