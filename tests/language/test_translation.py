"""A text is written in the language spoken, or in English throughout and marked as such."""

import os

import pytest

from openresponse import language
from openresponse.errors import CatalogueError
from openresponse.language import ENDS, FOREIGN
from openresponse.report.prose import words
from support import catalogues


@pytest.fixture(autouse=True)
def locale(tmp_path, monkeypatch):
    catalogues.use(tmp_path / "locale", monkeypatch)


def english(text: str) -> str:
    return f"{FOREIGN}{text}{ENDS}"


def test_a_text_without_translation_is_marked():
    catalogues.write("es", {"Data": "Datos"})
    with language.speaking("es"):
        assert language._("Data") == "Datos"
        assert language._("Never said before.") == english("Never said before.")


@pytest.mark.parametrize(
    "forms", [None, ("", ""), ("{n} pájaro", "")], ids=["no entry", "an empty entry", "half of one"]
)
def test_a_plural_without_all_its_forms_is_marked(forms):
    catalogues.write("es", {("{n} bird", "{n} birds"): forms} if forms else {})
    with language.speaking("es"):
        assert language.ngettext("{n} bird", "{n} birds", 2, n=2) == english("2 birds")
        assert language.ngettext("{n} bird", "{n} birds", 1, n=1) == english("1 bird")


def test_what_is_fuzzy_counts_as_missing():
    path = catalogues.write("es", {"Data": "Datos"})
    text = path.read_text(encoding="utf-8")
    path.write_text(text + '\n#, fuzzy\nmsgid "About"\nmsgstr "Sobre"\n', encoding="utf-8")
    with language.speaking("es"):
        assert language._("Data") == "Datos"
        assert language._("About") == english("About")


def test_what_is_filled_into_an_english_text_is_written_as_english_does():
    catalogues.write("vi", {"in {period}": "trong {period}"})
    with language.speaking("vi"):
        text = language._(
            "There were {n} calls ({share}) {within}, by {day}; {amount} spent on {things}.",
            n=words.count(12345),
            share=words.percent(0.612),
            within=words.within("2026-10"),
            day=words.day("2026-03-01"),
            amount=words.dollars(1_750_000),
            things=language.listed(["A", "B"]),
        )
        assert words.within("2026-10") == "trong tháng 10 năm 2026"
    assert text == english(
        "There were 12,345 calls (61.2%) in October 2026, by March 1, 2026; $1,750,000 spent on A"
        " and B."
    )


def test_a_sentence_within_an_english_one_is_english_too():
    catalogues.write("vi", {"in {period}": "trong {period}", "{n} calls": "{n} cuộc gọi"})
    with language.speaking("vi"):
        calls = words.sentence(language._("{n} calls", n=words.count(1000)))
        assert calls == "1.000 cuộc gọi."
        assert language._("Once more: {text}", text=calls) == english("Once more: 1,000 calls.")


def test_what_has_no_english_keeps_its_language_and_is_not_marked():
    catalogues.write("es", {})
    with language.speaking("es"):
        assert language._("The reason: {reason}.", reason="la lluvia") == (
            f"{english('The reason: ')}la lluvia{english('.')}"
        )


def test_a_changed_catalogue_is_read_again():
    path = catalogues.write("es", {"Data": "Datos"})
    with language.speaking("es"):
        assert language._("Data") == "Datos"
    catalogues.write("es", {"Data": "Cifras"})
    os.utime(path, ns=(0, 0))
    with language.speaking("es"):
        assert language._("Data") == "Cifras"


def test_a_new_catalogue_is_a_new_language():
    assert language.available() == ("en",)
    catalogues.write("zh-Hant", {})
    assert language.available() == ("en", "zh-Hant")
    with pytest.raises(LookupError, match="vi is not a language with a catalogue; allowed are en"):
        language.language("vi")


def test_the_language_before_is_spoken_again_afterwards():
    catalogues.write("es", {})
    with pytest.raises(ZeroDivisionError), language.speaking("es"):
        raise ZeroDivisionError
    assert language.now().code == "en"


def test_an_unknown_code_is_refused_with_its_file():
    path = catalogues.write("xq", {})
    with pytest.raises(CatalogueError) as error:
        language.language("xq")
    assert str(error.value).startswith(
        f"{path}: CLDR does not know the language xq. Name the folder"
    )


def test_marks_go_from_attributes_and_titles():
    calls = english("Calls")
    assert (
        language.marked(f'<a aria-label="{calls}">{calls}</a>')
        == '<a aria-label="Calls"><span lang="en">Calls</span></a>'
    )
    assert (
        language.marked(f"<title>{calls}</title><text>{calls}</text>", "tspan")
        == '<title>Calls</title><text><tspan lang="en">Calls</tspan></text>'
    )
    assert FOREIGN not in language.marked(
        f"<tspan>{FOREIGN}a</tspan><tspan>b{ENDS}</tspan>", "tspan"
    )
