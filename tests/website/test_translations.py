"""Pages in several languages, on a site small enough to see."""

import re

import pytest

from openresponse import language
from openresponse.website import finishing, translations

PAGE = (
    '<!doctype html><html lang="en"><head><title>Data – City</title></head><body><a class="skip"'
    ' href="#main">Skip to the content</a><header id="quarto-header"><nav><a class="nav-link"'
    ' href="{root}index.html">City</a><a class="nav-link"'
    ' href="{root}data.html">Data</a></nav></header><main id="main"><p>City</p><a'
    ' href="{root}methods.html#x">m</a><a'
    ' href="{root}data/latest/a.csv">CSV</a></main><footer>Data</footer></body></html>'
)
AROUND = {"es": {"City": "Ciudad", "Data": "Datos", "Skip to the content": "Ir al contenido"}}


@pytest.fixture
def joined(tmp_path):
    for name in (
        "index.html",
        "data.html",
        "methods.html",
        "es/index.html",
        "es/methods.html",
        "data/latest/a.csv",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(root="../" * name.count("/")), encoding="utf-8")

    def page(name, texts=AROUND):
        root = finishing.read((tmp_path / name).read_text(encoding="utf-8"))
        translations.join(root, name, translations.among(tmp_path, texts, "https://city.example/"))
        return finishing.written(root)

    return page


def test_a_page_of_another_language_has_its_frame_in_it_and_its_main_part_as_written(joined):
    text = joined("es/methods.html")
    assert (
        '<html lang="es">' in text
        and "<title>Data – Ciudad</title>" in text
        and "Ir al contenido" in text
        and "<footer>Datos</footer>" in text
    )
    assert "<main" in text and "<p>City</p>" in text


def test_a_link_leads_to_the_same_thing_in_the_language_or_says_that_it_does_not(joined):
    text = joined("es/index.html")
    assert (
        '<a href="methods.html#x">m</a>' in text
        and '<a class="nav-link" href="index.html" aria-current="page">Ciudad</a>' in text
    )
    assert (
        'href="../data.html" hreflang="en">Datos <span class="elsewhere">(en inglés)</span></a>'
        in text
    )
    assert '<a href="../data/latest/a.csv">CSV</a>' in text


def test_every_page_offers_every_language_and_marks_the_one_it_is_in(joined):
    assert (
        '<li><a href="methods.html" lang="en" hreflang="en" aria-current="true">English</a></li>'
        in joined("methods.html")
    )
    assert '<a href="es/methods.html" lang="es" hreflang="es">Español</a>' in joined("methods.html")
    assert '<a href="es/index.html" lang="es" hreflang="es">Español</a>' in joined("data.html"), (
        "to the home page where the page has no other language"
    )
    assert '<a href="../methods.html" lang="en" hreflang="en">English</a>' in joined(
        "es/methods.html"
    )


def test_search_engines_are_told_of_pages_in_two_languages_and_of_no_other(joined):
    for name in ("methods.html", "es/methods.html"):
        assert re.findall(
            r'hreflang="([\w-]+)" href="([^"]+)">', joined(name).split("</head>")[0]
        ) == [
            ("en", "https://city.example/methods.html"),
            ("es", "https://city.example/es/methods.html"),
            ("x-default", "https://city.example/methods.html"),
        ]
    assert 'rel="alternate"' not in joined("data.html")


def test_a_site_in_one_language_has_no_picker_and_no_alternates(joined):
    text = joined("methods.html", {})
    assert "hreflang" not in text and "languages" not in text


def test_what_a_catalogue_lacks_is_english_and_says_so(joined):
    lacking = f"{language.FOREIGN}Data{language.ENDS}"
    text = joined("es/methods.html", {"es": {**AROUND["es"], "Data": f"x {lacking} y"}})
    assert '<footer>x <span lang="en">Data</span> y</footer>' in text
    assert language.FOREIGN not in text and language.ENDS not in text
