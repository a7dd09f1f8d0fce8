"""Every text has its Spanish, nothing is mixed silently, and what is said is true in each language."""

import json
import re
from datetime import date
from html.parser import HTMLParser
from string import Formatter

import pandas as pd
import pytest
from babel.messages.pofile import read_po

from openresponse import language
from openresponse.errors import ProgramError
from openresponse.language import translation
from openresponse.media.names import FRAME
from openresponse.program import load
from openresponse.release.history.register import Past
from openresponse.release.history.release_days import Announced, Entry
from openresponse.release.store.published import Published
from openresponse.report.pages import (
    brief,
    calendar,
    corrections,
    home,
    places,
    reference,
    site_pages,
)
from openresponse.report.prose import localized, sentences, words
from openresponse.website import translations
from openresponse.workflow import catalogues
from support import invented
from support.workspace import ROOT

LANGUAGES = [code for code in language.available() if code != language.SOURCE]
PUBLIC = ROOT / "tests" / "golden" / "public"
REASON = "Two calls, counted twice."
SIGNED = {"date": "2026-12-02", "reason": REASON, "decided_by": "Privacy officer"}
PAST = [
    Past(
        "2026-09",
        "2026-10-20",
        "retracted",
        "",
        (),
        None,
        None,
        SIGNED | {"release": "2026-09"},
        "a" * 64,
        "",
        "fictional data",
    ),
    Past(
        "2026-10",
        "2026-11-23",
        "superseded",
        "2026-10-r1",
        ("privacy officer", "program analyst"),
        None,
        None,
        None,
        "b" * 64,
        "a" * 64,
        "",
    ),
    Past(
        "2026-10-r1",
        "2026-12-01",
        "current",
        "",
        (),
        None,
        SIGNED | {"of": "2026-10"},
        None,
        "c" * 64,
        "b" * 64,
        "fictional data",
    ),
]
DAYS = Announced(
    load(ROOT / "program.yml").calendar,
    "America/New_York",
    21,
    (
        Entry(
            "2026-09",
            date(2026, 10, 20),
            True,
            {"announced": "2026-10-26", "published": "2026-10-20", "reason": REASON},
        ),
        Entry("2026-10", date(2026, 11, 23), True, state="superseded"),
        Entry("2026-11", date(2026, 12, 28), False),
        Entry("2027-12", date(2028, 1, 24), False),
    ),
)


@pytest.fixture(scope="module")
def golden():
    """A release of Boston's own program file, as it is published."""
    return Published.load(PUBLIC)


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request):
    with language.catalogue(request.param).open("rb") as file:
        return read_po(file, locale=request.param)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_pages_of_a_language_and_its_briefs_lack_no_text(golden, code, tmp_path, monkeypatch):
    """What is shown has no mark of a text that stands in English, nor have titles and descriptions,
    from which marks are taken.
    """
    for name in ("marked", "unmarked"):
        monkeypatch.setattr(language, name, lambda text, tag="": text)
    with language.speaking(code):
        release = localized.told(golden)
        written = [
            path.read_text(encoding="utf-8")
            for path in site_pages.spoken(release, tmp_path)[0]
            if path.suffix != ".png"
        ]
        written += [
            calendar.body(DAYS, fictional=True),
            calendar.body(DAYS, fictional=False),
            corrections.body(PAST, {"2026-10-r1": pd.DataFrame({"what": ["revised", "stands"]})}),
        ]
        written += [
            brief.html(release),
            brief.front_matter(release),
            json.dumps([brief._content(release), site_pages.frame(release)], ensure_ascii=False),
        ]
    found = set(re.findall(f"{language.FOREIGN}(.*?){language.ENDS}", "".join(written), flags=re.S))
    assert found <= {
        *golden.left_out.values(),
        REASON,
    }, "only reasons are written anew in each release, and stand in English"


def test_a_text_without_translation_is_marked():
    with language.speaking("es"):
        assert (
            language._("Never said before.")
            == f"{language.FOREIGN}Never said before.{language.ENDS}"
        )
        assert (
            language.ngettext("{n} bird", "{n} birds", 2, n=2)
            == f"{language.FOREIGN}2 birds{language.ENDS}"
        )


def test_what_is_fuzzy_counts_as_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(translation, "LOCALE", tmp_path)
    path = language.catalogue("es")
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid "Data"\nmsgstr "Datos"\n\n#, fuzzy\nmsgid "About"\nmsgstr "Sobre"\n',
        encoding="utf-8",
    )
    language.available.cache_clear()
    language.language.cache_clear()
    try:
        with language.speaking("es"):
            assert (
                language._("Data") == "Datos"
                and language._("About") == f"{language.FOREIGN}About{language.ENDS}"
            )
    finally:
        language.available.cache_clear()
        language.language.cache_clear()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_catalogue_has_every_text_of_the_code_translated(code):
    with language.catalogue(code).open("rb") as file:
        known = {
            message.id for message in read_po(file, locale=code) if catalogues.translated(message)
        }
    lacking = {
        message.id for message in catalogues.template(load(ROOT / "program.yml")) if message.id
    } - known
    assert not lacking, "run `make messages` and translate"


def test_a_translation_has_the_names_that_are_filled_in(catalogue):
    for message in catalogue:
        if message.id and catalogues.translated(message):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            wanted = names(ids[-1])
            assert all(names(text) == wanted for text in strings), message.id


def names(text: str) -> set[str]:
    return {name for _text, name, _form, _conversion in Formatter().parse(text) if name}


def test_a_translation_keeps_codes_and_tags(catalogue):
    for message in catalogue:
        if isinstance(message.id, str) and message.id and catalogues.translated(message):
            for kept in (r"`[^`]+`", r"</?\w+"):
                assert sorted(re.findall(kept, message.id)) == sorted(
                    re.findall(kept, message.string)
                ), message.id


def test_a_released_text_without_translation_stands_in_english_and_says_so(published, tmp_path):
    with language.speaking("es"):
        release = localized.told(published)
        release.package["openresponse"]["program"]["models"]["co_response"]["purpose"] = language._(
            "Two people <go>."
        )
        body, _drawn = home.body(release)
    assert '<p><span lang="en">Two people &lt;go&gt;.</span></p>' in language.marked(body)


def test_marks_go_from_attributes_and_titles():
    said = f"{language.FOREIGN}Calls{language.ENDS}"
    assert (
        language.marked(f'<a aria-label="{said}">{said}</a>')
        == '<a aria-label="Calls"><span lang="en">Calls</span></a>'
    )
    assert (
        language.marked(f"<title>{said}</title><text>{said}</text>", "tspan")
        == '<title>Calls</title><text><tspan lang="en">Calls</tspan></text>'
    )
    assert language.FOREIGN not in language.marked(
        f"<tspan>{language.FOREIGN}a</tspan><tspan>b{language.ENDS}</tspan>", "tspan"
    )


def test_codes_and_numbers_of_a_release_are_the_same_in_every_language(published):
    with language.speaking("es"):
        release = localized.told(published)
    assert release.tables["funnel"].equals(published.tables["funnel"])
    assert (
        release.hierarchy("funnel", "stage").codes == published.hierarchy("funnel", "stage").codes
    )
    assert release.hierarchy("funnel", "stage").labels["eligible"] == "Elegible para un piloto"
    assert published.hierarchy("funnel", "stage").labels["eligible"] == "Eligible for a pilot", (
        "the release itself is not changed"
    )


@pytest.mark.parametrize(
    "code, count, percent, dollars, period, day",
    [
        ("en", "12,345", "61.2%", "$1,750,000", "October 2026", "March 1, 2026"),
        ("es", "12,345", "61.2%", "$1,750,000", "octubre de 2026", "1 de marzo de 2026"),
    ],
)
def test_numbers_and_dates_are_written_as_in_the_united_states(
    code, count, percent, dollars, period, day
):
    with language.speaking(code):
        assert (
            words.count(12345),
            words.percent(0.612),
            words.dollars(1_750_000),
            words.period("2026-10"),
            words.day("2026-03-01"),
        ) == (count, percent, dollars, period, day)


@pytest.mark.parametrize(
    "difference, said",
    [
        (0.01, "1.0 punto porcentual"),
        (-0.023, "2.3 puntos porcentuales"),
        (0.001, "0.1 puntos porcentuales"),
    ],
)
def test_one_is_singular_in_spanish_too(difference, said):
    with language.speaking("es"):
        assert words.points(difference) == said
        assert (
            words.unit("incidents", 1) == "incidente" and words.unit("incidents", 2) == "incidentes"
        )


@pytest.mark.parametrize(
    "code, said",
    [
        ("2026-10", "en octubre de 2026, "),
        ("2026-Q3", "de julio a septiembre de 2026, "),
        ("2026", "en 2026, "),
    ],
)
def test_a_spanish_sentence_begins_with_its_period(code, said):
    with language.speaking("es"):
        assert words.when(code) == said


def test_english_is_spoken_again_afterwards():
    with pytest.raises(ZeroDivisionError), language.speaking("es"):
        raise ZeroDivisionError
    assert language.now().code == "en"


def test_a_language_without_catalogue_is_refused(tmp_path):
    text = (
        (ROOT / "program.yml")
        .read_text(encoding="utf-8")
        .replace("languages: [en, es]", "languages: [en, ht]")
    )
    (tmp_path / "program.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ProgramError, match="program.languages.*there are en, es"):
        load(tmp_path / "program.yml")


# What stands around a page, on a site small enough to see.

PAGE = (
    '<!doctype html><html lang="en"><head><title>Data – City</title></head><body><a class="skip"'
    ' href="#main">Skip to the content</a><header id="quarto-header"><nav><a class="nav-link"'
    ' href="{root}index.html"><span class="menu-text">City</span></a><a class="nav-link"'
    ' href="{root}data.html"><span>Data</span></a></nav></header><main id="main"><p>City</p><a'
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
    translations.join(tmp_path, FRAME, "https://city.example/")
    return lambda name: (tmp_path / name).read_text(encoding="utf-8")


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
        and 'href="index.html" aria-current="page"' in text.replace('class="nav-link" ', "")
    )
    assert (
        'href="../data.html" hreflang="en"><span>Datos</span> <span class="elsewhere">(en'
        " inglés)</span></a>" in text
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


def test_a_site_in_one_language_has_no_picker(tmp_path):
    (tmp_path / "index.html").write_text(PAGE.format(root=""), encoding="utf-8")
    translations.join(tmp_path, {})
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == PAGE.format(root="")


# No English in a page of another language, but where it says so.

ENGLISH = re.compile(
    r"\b(the|and|of|was|were|with|what|which|this|that|than|from|not|calls?|police|month|share|who)\b",
    re.I,
)


class Read(HTMLParser):
    """The texts of a page that are not marked as being in another language."""

    def __init__(self, text):
        super().__init__()
        self.inside, self.said = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag not in ("br", "meta", "link", "path", "rect", "img", "input"):
            self.inside.append((tag, dict(attributes).get("lang") == "en" or tag == "code"))
        self.said += [value for name, value in attributes if name in ("aria-label", "alt", "title")]

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(marked for _tag, marked in self.inside):
            self.said.append(data)


def english(html):
    return [
        text
        for text in Read(html).said
        if ENGLISH.search(
            re.sub(
                r"NHS England, Making Data Count|Chinatown and Leather|Cell Size Suppression",
                "",
                text,
            )
        )
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_english_sentence_stands_unmarked_in_a_page_of_another_language(
    golden, published, code, tmp_path
):
    with language.speaking(code):
        for release in (localized.told(golden), localized.told(published)):
            of_places = [
                path.read_text(encoding="utf-8") for path in places.write(release, tmp_path)[0]
            ]
            for html in (
                home.body(release)[0],
                brief.html(release),
                reference.methods(release),
                reference.privacy(release),
                reference.about(release),
                *of_places,
            ):
                assert english(language.marked(html)) == []


def test_english_that_is_not_marked_is_found():
    assert english("<p>The police came.</p>") and not english(
        '<p><span lang="en">The police came.</span> <code>part of</code> Vino la policía.</p>'
    )


def test_the_frame_is_written_in_every_language(published, tmp_path):
    site_pages.settings(published, tmp_path, ["en", "es"])
    frame = json.loads((tmp_path / FRAME).read_text(encoding="utf-8"))
    assert (
        frame["es"]["Methods"] == "Métodos"
        and frame["es"]["Skip to the content"] == "Ir al contenido"
    )
    assert (
        frame["es"]["City of Boston, release 2026-10. Fictional data."]
        == "Ciudad de Boston, publicación 2026-10. Datos ficticios."
    )


def test_spanish_pages_are_the_same_bytes_twice(published, tmp_path):
    for folder in ("one", "two"):
        with language.speaking("es"):
            site_pages.spoken(localized.told(published), tmp_path / folder)
    files = sorted(
        path.relative_to(tmp_path / "one")
        for path in (tmp_path / "one").rglob("*")
        if path.is_file()
    )
    assert files and all(
        (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes()
        for path in files
    )


def test_the_brief_is_a_spanish_pdf_of_two_pages(published, tmp_path):
    pikepdf = pytest.importorskip("pikepdf")
    with language.speaking("es"):
        document, front = brief.write(localized.told(published), tmp_path)
    assert document.relative_to(
        tmp_path
    ).as_posix() == "es/briefs/2026-10.pdf" and "lang: es" in front.read_text(encoding="utf-8")
    with pikepdf.open(document) as pdf:
        assert (
            len(pdf.pages) == 2
            and str(pdf.Root.Lang).startswith("es")
            and "Informe de octubre de 2026" in str(pdf.docinfo["/Title"])
        )


@pytest.mark.parametrize("difference", [-0.021, 0.0, 0.021])
def test_the_same_month_last_year_is_told_where_the_table_reaches_back(published, difference):
    for code, more, less, same in (
        ("en", "more.", "less.", "the same."),
        ("es", "más.", "menos.", "es igual."),
    ):
        release = invented_year(published, difference)
        with language.speaking(code):
            said = sentences.year_before(localized.told(release), "responders", "police_on_scene")
        assert said.endswith(more if difference > 0 else less if difference < 0 else same), said
        assert ("2025" in said) and (("2.1" in said) == bool(difference))


def invented_year(published, difference):
    """The release, its last month's share that of a year before and something."""
    release = Published(published.folder, published.package)
    frame = release.tables["responders"].copy()
    here = (frame["model"] == "all") & (frame["responders"] == "police_on_scene")
    frame.loc[here & (frame["period"] == invented.MONTHS[-13]), "share_of_all"] = 0.5
    frame.loc[here & (frame["period"] == invented.MONTHS[-1]), "share_of_all"] = 0.5 + difference
    release.tables["responders"] = frame
    return release
