"""A language needs nothing but its catalogue to be inspected: what it writes is read back."""

import pytest

from openresponse import language
from openresponse.language import ENDS, FOREIGN
from openresponse.program import load
from openresponse.report.prose import words
from openresponse.website.inspection.reading import Paragraphs, unwrapped, wording
from openresponse.workflow import catalogues as template
from support import catalogues
from support.workspace import ROOT

# Periods as a translator might say them; Chinese puts no spaces between words.
PERIODS = {
    "en": {},
    "es": {
        "{first} to {last} {year}": "{first} a {last} de {year}",
        "quarter {number} of {year}": "trimestre {number} de {year}",
        "{first} to {last}": "{first} a {last}",
    },
    "vi": {
        "{first} to {last} {year}": "{first} đến {last} năm {year}",
        "quarter {number} of {year}": "quý {number} năm {year}",
        "{first} to {last}": "{first} đến {last}",
    },
    "ht": {
        "{first} to {last} {year}": "{first} rive {last} {year}",
        "quarter {number} of {year}": "trimès {number} nan ane {year}",
        "{first} to {last}": "{first} rive {last}",
    },
    "fr": {
        "{first} to {last} {year}": "de {first} à {last} {year}",
        "quarter {number} of {year}": "{number}e trimestre {year}",
        "{first} to {last}": "{first} à {last}",
    },
    "ru": {
        "{first} to {last} {year}": "{first} – {last} {year} г.",
        "quarter {number} of {year}": "{number} квартал {year} г.",
        "{first} to {last}": "{first} – {last}",
    },
    "zh-Hant": {
        "{first} to {last} {year}": "{year}年{first}至{last}",
        "quarter {number} of {year}": "{year}年第{number}季",
        "{first} to {last}": "{first}至{last}",
    },
}


@pytest.fixture(params=PERIODS)
def code(request, tmp_path, monkeypatch):
    catalogues.use(tmp_path / "locale", monkeypatch)
    if request.param != "en":
        own = catalogues.CREOLE if request.param == "ht" else None
        catalogues.write(request.param, PERIODS[request.param], own)
    return request.param


def read(code: str, text: str) -> list[tuple]:
    plain, english = unwrapped(" ".join(text.split()))
    sentences = Paragraphs(code).read(plain, english)
    return [(one.kind, one.value) for sentence in sentences for one in sentence.mentions]


@pytest.mark.parametrize("month", range(1, 13))
def test_every_period_is_read_back(code, month):
    codes = [f"2026-{month:02d}", f"2026-Q{(month + 2) // 3}", "2026", "2010/2020"]
    with language.speaking(code):
        written = [words.period(one) for one in codes]
        short = words.short_period(codes[0])
    assert [read(code, text) for text in written] == [[("period", one)] for one in codes]
    assert read(code, short) == [("period", codes[0])]


def test_a_numbered_quarter_is_read_back(code):
    with language.speaking(code):
        assert read(code, words.span("2026-Q1", "2026-Q3")) == [
            ("period", "2026-Q1"),
            ("period", "2026-Q3"),
        ]


def test_every_kind_of_number_is_read_back(code):
    with language.speaking(code):
        for text, mention in (
            (words.count(1470), ("count", 1470)),
            (words.count(982), ("count", 982)),
            (words.percent(0.668), ("share", "66.8")),
            (words.decimal(14.6), ("decimal", "14.6")),
            (words.decimal(1234.5), ("decimal", "1234.5")),
            (words.dollars(1_750_000), ("dollars", 1_750_000)),
        ):
            assert read(code, f"({text})") == [mention]


def test_a_day_is_no_figure(code):
    with language.speaking(code):
        assert read(code, f"({words.day('2026-10-31')})") == []


def test_what_is_in_english_is_read_as_english(code):
    with language.speaking(code):
        own = words.count(12345)
    english = "In October 2026 there were 1,470 calls (66.8%)."
    text = f"({own}) {FOREIGN}{english}{ENDS}" if code != "en" else f"({own}) {english}"
    assert read(code, text) == [
        ("count", 12345),
        ("period", "2026-10"),
        ("count", 1470),
        ("share", "66.8"),
    ]


def test_a_sentence_that_is_more_in_one_language_is_not_less_in_another(code):
    if code != "en":
        changes = {
            "That is {n} more than {within} ({before})": "+ {n} / {within} ({before})",
            "That is {n} fewer than {within} ({before})": "− {n} / {within} ({before})",
        }
        own = catalogues.CREOLE if code == "ht" else None
        catalogues.write(code, PERIODS[code] | changes, own)
    with language.speaking(code):
        given = {"n": words.count(42), "within": words.period("2026-09"), "before": words.count(12)}
        more = language._("That is {n} more than {within} ({before})", **given)
        less = language._("That is {n} fewer than {within} ({before})", **given)
    directions = [
        [sentence.directions for sentence in Paragraphs(code).read(" ".join(text.split()), [])]
        for text in (more, less)
    ]
    assert directions == [[{1}], [{-1}]]


def test_every_text_that_the_inspection_knows_is_said_by_the_code():
    """One that is not would be read nowhere, and its figures refused on every page."""
    said = {message.id for message in template.template(load(ROOT / "program.yml")) if message.id}
    known = [
        wording.QUARTER,
        wording.NUMBERED_QUARTER,
        wording.YEARS,
        wording.POINTS,
        *wording.FIXED,
        *wording.MORE,
        *wording.LESS,
        *(text for texts in wording.GROUPS.values() for text in texts),
        *(text for one in wording.COUNTED for text in one.texts),
    ]
    joints = {text for one in wording.COUNTED if len(one.texts) > 1 for text in one.texts[1::2]}
    assert [text for text in known if text not in said | joints] == []
