"""What a finished catalogue promises: every text is translated, and true in each language."""

import json
import re
from datetime import date
from html.parser import HTMLParser

import pandas as pd
import pytest
from babel.messages.pofile import read_po

from openresponse import language
from openresponse.errors import ProgramError
from openresponse.language import ENDS, FOREIGN, conventions
from openresponse.language.messages import texts, translated
from openresponse.media.names import FRAME
from openresponse.program import load
from openresponse.release.history.register import Past
from openresponse.release.history.release_days import Announced, Entry
from openresponse.release.store.published import Published
from openresponse.report.pages import brief, home, places, site_frame, site_pages
from openresponse.report.pages.brief import council_brief, printed_brief
from openresponse.report.pages.notices import calendar, corrections
from openresponse.report.pages.reference import about_page, methods_page, privacy_page
from openresponse.report.prose import sentences, words
from openresponse.report.prose.localized import localized
from openresponse.workflow import catalogues
from support import invented
from support.catalogues import explained, noting
from support.workspace import ROOT

PROGRAM = load(ROOT / "program.yml")
LANGUAGES = PROGRAM.program.languages[1:]
FINISHED = [code for code in LANGUAGES if not catalogues.is_draft(code)]
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
        (SIGNED | {"release": "2026-09"},),
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
        (),
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
        (),
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
def golden(golden_month):
    """A release of Boston's own program file, as it is published: made now, so that a stale golden
    file never looks like a missing translation.
    """
    return Published.load(golden_month)


@pytest.fixture(scope="module")
def written():
    """Every text of the code and of Boston's program."""
    return ids(catalogues.template(PROGRAM))


def ids(catalog) -> set[str]:
    return {texts(message.id)[0] for message in catalog if message.id}


def entries(code: str) -> set[str]:
    with language.catalogue(code).open("rb") as file:
        return ids(read_po(file))


@pytest.mark.parametrize("code", FINISHED)
def test_the_pages_of_a_language_and_its_briefs_lack_no_text(
    golden, written, code, tmp_path, monkeypatch
):
    """Titles and descriptions too, from which marks are taken."""
    for name in ("marked", "unmarked"):
        monkeypatch.setattr(language, name, lambda text, tag="": text)
    speaker, lacking = noting(code)
    with language.speaking(speaker):
        release = localized(golden)
        of_release = set(lacking)
        lacking.clear()
        shown = shown_in(release, tmp_path)
    lacking |= {text for text in of_release if f"{FOREIGN}{text}{ENDS}" in shown}
    # Only reasons are written anew in each release, and stand in English.
    lacking -= {*golden.left_out.values(), REASON}
    assert explained(lacking, written, entries(code)) == {}


def shown_in(release, folder) -> str:
    """All that pages and brief say in the language spoken."""
    pages = [path for path in site_pages.spoken(release, folder)[0] if path.suffix != ".png"]
    return "".join(
        [
            *(path.read_text(encoding="utf-8") for path in pages),
            calendar.body(DAYS, fictional=True),
            calendar.body(DAYS, fictional=False),
            corrections.body(PAST, {"2026-10-r1": pd.DataFrame({"what": ["revised", "stands"]})}),
            brief.html(release),
            brief.front_matter(release),
            json.dumps(
                [
                    printed_brief.content(release, council_brief.of_release(release)),
                    site_frame.frame(release),
                ],
                ensure_ascii=False,
            ),
        ]
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_catalogue_has_a_place_for_every_text_of_the_code_and_no_other(written, code):
    own = {text for texts in conventions.contexts().values() for text in texts}
    assert written <= entries(code), "the catalogue is older than the code: run `make messages`"
    assert entries(code) <= written | own, "the catalogue is older than the code: `make messages`"


@pytest.mark.parametrize("code", FINISHED)
def test_a_finished_catalogue_has_every_text_translated(code):
    with language.catalogue(code).open("rb") as file:
        missing = [m.id for m in read_po(file) if m.id and not translated(m)]
    assert missing == [], "translate"


def test_a_stale_golden_month_or_catalogue_does_not_look_like_a_missing_translation():
    assert explained({"Data"}, {"Data"}, {"Data"}) == {"translate": ["Data"]}
    (catalogue,) = explained({"Data"}, {"Data"}, set())
    (golden,) = explained({"Data"}, set(), {"Data"})
    assert "make messages" in catalogue and "golden" in golden


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_keeps_codes_and_tags(code):
    for (_context, english), forms in language.language(code).messages.forms.items():
        for kept in (r"`[^`]+`", r"</?\w+"):
            wanted = sorted(re.findall(kept, english))
            assert all(sorted(re.findall(kept, text)) == wanted for text in forms), english


def test_a_released_text_without_translation_stands_in_english_and_says_so(published, tmp_path):
    with language.speaking("es"):
        release = localized(published)
        release.package["openresponse"]["program"]["models"]["co_response"]["purpose"] = language._(
            "Two people <go>."
        )
        body, _drawn = home.body(release)
    assert '<p><span lang="en">Two people &lt;go&gt;.</span></p>' in language.marked(body)


def test_codes_and_numbers_of_a_release_are_the_same_in_every_language(published):
    with language.speaking("es"):
        release = localized(published)
    assert release.tables["funnel"].equals(published.tables["funnel"])
    assert (
        release.hierarchy("funnel", "stage").codes == published.hierarchy("funnel", "stage").codes
    )
    assert release.hierarchy("funnel", "stage").labels["eligible"] == "Elegible para un piloto"
    assert published.hierarchy("funnel", "stage").labels["eligible"] == "Eligible for a pilot", (
        "the release itself is not changed"
    )


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


def test_a_language_without_catalogue_is_refused(tmp_path):
    text = (ROOT / "program.yml").read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^(\s+languages:).*$", r"\1 [en, xx]", text)
    assert changed != text
    (tmp_path / "program.yml").write_text(changed, encoding="utf-8")
    there = ", ".join(language.available())
    with pytest.raises(ProgramError, match=f"program.languages.*there are {there}"):
        load(tmp_path / "program.yml")


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


@pytest.mark.parametrize("code", FINISHED)
def test_no_english_sentence_stands_unmarked_in_a_page_of_another_language(
    golden, published, code, tmp_path
):
    with language.speaking(code):
        for release in (localized(golden), localized(published)):
            of_places = [
                path.read_text(encoding="utf-8") for path in places.write(release, tmp_path)[0]
            ]
            for html in (
                home.body(release)[0],
                brief.html(release),
                methods_page.body(release),
                privacy_page.body(release),
                about_page.body(release),
                *of_places,
            ):
                assert english(language.marked(html)) == []


def test_english_that_is_not_marked_is_found():
    assert english("<p>The police came.</p>") and not english(
        '<p><span lang="en">The police came.</span> <code>part of</code> Vino la policía.</p>'
    )


def test_the_frame_is_written_in_every_language(published, tmp_path):
    site_frame.settings(published, tmp_path, PROGRAM.program.languages)
    frame = json.loads((tmp_path / FRAME).read_text(encoding="utf-8"))
    assert (
        frame["es"]["Methods"] == "Métodos"
        and frame["es"]["Skip to the content"] == "Ir al contenido"
    )
    assert (
        frame["es"]["Open Response demonstration, release 2026-10. Fictional data."]
        == "Demostración de Open Response, publicación 2026-10. Datos ficticios."
    )


def test_spanish_pages_are_the_same_bytes_twice(published, tmp_path):
    for folder in ("one", "two"):
        with language.speaking("es"):
            site_pages.spoken(localized(published), tmp_path / folder)
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
        document, front = brief.write(localized(published), tmp_path)
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
            said = sentences.year_before(localized(release), "responders", "police_on_scene")
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
