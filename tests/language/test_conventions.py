"""Months, days, numbers and lists are written as CLDR has them, or as the catalogue does."""

from datetime import date

import pytest

from openresponse import language
from openresponse.errors import CatalogueError
from openresponse.report.prose import words
from support import catalogues

OCTOBER, MARCH = date(2026, 10, 1), date(2026, 3, 1)


@pytest.fixture(autouse=True)
def locale(tmp_path, monkeypatch):
    catalogues.use(tmp_path / "locale", monkeypatch)


@pytest.mark.parametrize(
    "code, count, percent, dollars, period, day, three",
    [
        ("en", "12,345", "61.2%", "$1,750,000", "October 2026", "March 1, 2026", "A, B, and C"),
        (
            "es",
            "12,345",
            "61.2%",
            "$1,750,000",
            "octubre de 2026",
            "1 de marzo de 2026",
            "A, B y C",
        ),
        (
            "vi",
            "12.345",
            "61,2%",
            "1.750.000\xa0US$",
            "tháng 10 năm 2026",
            "1 tháng 3, 2026",
            "A, B và C",
        ),
        ("ht", "12,345", "61.2%", "$1,750,000", "oktòb 2026", "1 mas 2026", "A, B ak C"),
    ],
)
def test_each_language_is_written_as_its_readers_do(
    code, count, percent, dollars, period, day, three
):
    if code != "en":
        catalogues.write(code, {}, catalogues.CREOLE if code == "ht" else None)
    with language.speaking(code):
        assert (
            words.count(12345),
            words.percent(0.612),
            words.dollars(1_750_000),
            words.period("2026-10"),
            words.day("2026-03-01"),
            language.listed(["A", "B", "C"]),
        ) == (count, percent, dollars, period, day, three)


def test_haitian_creole_has_months_of_its_own_and_no_french_ones():
    catalogues.write(
        "ht", {"{first} to {last} {year}": "{first} rive {last} {year}"}, catalogues.CREOLE
    )
    with language.speaking("ht"):
        assert words.period("2026-Q3") == "jiyè rive septanm 2026"
        assert words.short_period("2026-10") == "okt 2026"
        assert language.listed(["A", "B"]) == "A ak B"
        assert language.named("es") == "Español", "its own speakers' word, not the French one"


@pytest.mark.parametrize(
    "code, own, lacking",
    [
        ("ht", {}, "of the 12 texts with the context “month” it lacks January; February"),
        ("quc", {}, "of the 12 texts with the context “month” it lacks January; February"),
        (
            "ht",
            catalogues.CREOLE | {"month": catalogues.CREOLE["month"][:11]},
            "of the 12 texts with the context “month” it lacks December.",
        ),
        (
            "ht",
            catalogues.CREOLE | {"format": catalogues.CREOLE["format"][:4]},
            "of the 5 texts with the context “format” it lacks {others}, and {last}.",
        ),
        (
            "vi",
            {"short month": ["Th1", "Th2"]},
            "of the 12 texts with the context “short month” it lacks Mar; Apr",
        ),
    ],
)
def test_a_catalogue_without_all_its_months_is_refused_in_one_sentence(code, own, lacking):
    path = catalogues.write(code, {}, own)
    with pytest.raises(CatalogueError) as error:
        language.language(code)
    assert str(error.value).startswith(f"{path}: {lacking}")
    assert str(error.value).endswith("Translate them all; `make messages` writes their places.")


def test_a_catalogue_may_correct_cldr():
    catalogues.write("es", {}, {"format": ["{month} del {year}"]})
    with language.speaking("es"):
        assert language.month(OCTOBER) == "octubre del 2026"
        assert language.day(MARCH) == "1 de marzo de 2026"


def test_one_language_s_months_do_not_get_into_another_s():
    for code in ("zh-Hant", "kea", "es"):
        catalogues.write(code, {})
    names = {}
    for code in ("zh-Hant", "kea", "es"):
        with language.speaking(code):
            names[code] = language.month_name(OCTOBER)
    assert names == {"zh-Hant": "10月", "kea": "Otubru", "es": "octubre"}
