"""How much of a catalogue is translated is reckoned, and a begun one says that it is a draft."""

from copy import deepcopy

import pytest
from babel.messages.catalog import Catalog

from openresponse import language
from openresponse.language.completeness import completeness, of_catalogue
from openresponse.program import load
from openresponse.workflow import catalogues as program_catalogues
from support import catalogues
from support.workspace import ROOT

PROGRAM = load(ROOT / "program.yml")
HOME, SHARED, METHODS = "report/pages/home.py", "report/prose/words.py", "report/pages/methods.py"
ENTRY = '#: {at}\nmsgid "{text}"\nmsgstr "{translation}"\n\n'


@pytest.fixture(autouse=True)
def locale(tmp_path, monkeypatch):
    catalogues.use(tmp_path / "locale", monkeypatch)


def write(*entries: tuple[str, str]) -> None:
    """A catalogue with a text for each place, translated or not."""
    path = catalogues.write("es", {})
    texts = (
        ENTRY.format(at=at, text=f"text {number}", translation=translation)
        for number, (at, translation) in enumerate(entries)
    )
    path.write_text(catalogues.HEAD + "".join(texts), encoding="utf-8")


@pytest.mark.parametrize(
    "entries, missing, pages",
    [
        ([(HOME, "x"), (SHARED, "x"), (METHODS, "x")], 0, {"home": 0, "methods": 0}),
        ([(HOME, ""), (SHARED, "x"), (METHODS, "x")], 1, {"home": 1, "methods": 0}),
        ([(HOME, "x"), (SHARED, ""), (METHODS, "x")], 1, {"home": 1, "methods": 1}),
        ([(f"{HOME} {METHODS}", ""), (SHARED, "x")], 1, {"home": 1, "methods": 1}),
        ([(f"{HOME} {SHARED}", ""), (HOME, "x"), (METHODS, "x")], 1, {"home": 1, "methods": 1}),
    ],
    ids=["all", "one of a page", "one of every page", "one of two pages", "one that is shared"],
)
def test_a_page_is_complete_where_its_own_and_the_shared_texts_are(entries, missing, pages):
    write(*entries)
    reached = completeness("es")
    assert (reached.texts, reached.missing, reached.pages) == (len(entries), missing, pages)
    assert reached.complete == [page for page, lacking in pages.items() if not lacking]


@pytest.fixture(scope="module")
def template() -> Catalog:
    """The catalogue that this site should have, with nothing translated."""
    return program_catalogues.template(PROGRAM)


def filled(template: Catalog, empty: str = "") -> Catalog:
    """It with everything translated, but for the texts that one place alone has."""
    catalog = deepcopy(template)
    for message in catalog:
        if {path for path, _line in message.locations} != {empty}:
            message.string = message.id
    return catalog


def test_every_page_of_the_site_is_a_kind_of_its_own(template):
    kinds = of_catalogue(filled(template))
    assert kinds.missing == 0 and kinds.complete == list(kinds.pages)
    assert {"home", "model", "methods", "privacy", "corrections", "district", "brief"} <= set(
        kinds.pages
    )


@pytest.mark.parametrize(
    "place, page",
    [
        ("report/pages/home.py", "home"),
        ("report/pages/reference/methods_page.py", "methods"),
        ("report/html/templates/methods.html", "methods"),
        ("report/pages/notices/corrections.py", "corrections"),
        ("report/html/templates/glossary.html", "glossary"),
    ],
)
def test_a_page_lacks_what_its_module_or_its_template_lacks_and_no_other_does(
    template, place, page
):
    reached = of_catalogue(filled(template, empty=place))
    assert reached.missing > 0
    assert set(reached.pages) - set(reached.complete) == {page}


@pytest.mark.parametrize(
    "place", ["report/pages/site_frame.py", "report/html/templates/parts.html"]
)
def test_no_page_is_complete_where_a_text_of_every_page_is_missing(template, place):
    assert of_catalogue(filled(template, empty=place)).complete == []


def test_a_begun_catalogue_is_a_draft_with_a_place_for_every_text():
    reached = program_catalogues.update("vi", PROGRAM)
    assert reached.missing == reached.texts > 800 and reached.complete == []
    assert program_catalogues.is_draft("vi")
    assert 'msgctxt "month"' not in language.catalogue("vi").read_text(encoding="utf-8")


def test_a_language_whose_months_cldr_does_not_have_gets_a_place_for_them():
    program_catalogues.update("ht", PROGRAM)
    assert language.catalogue("ht").read_text(encoding="utf-8").count('msgctxt "month"') == 12


def test_a_draft_is_finished_when_nothing_is_missing():
    program_catalogues.update("vi", PROGRAM)
    head = catalogues.HEAD.replace('"Content', f'{program_catalogues.DRAFT}"Content')
    catalogues.write_every("vi", str, head=head)
    assert program_catalogues.is_draft("vi")
    reached = program_catalogues.update("vi", PROGRAM)
    assert reached.missing == 0
    assert not program_catalogues.is_draft("vi")
