"""The texts that a catalogue should have."""

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from openresponse import language
from openresponse.language import messages
from openresponse.program import load
from openresponse.workflow import catalogues
from support.workspace import ROOT

CODE = ROOT / "src" / "openresponse"
TEMPLATES = CODE / "report" / "html" / "templates"


def test_the_texts_of_a_template_are_found():
    found = catalogues.of_template(
        '{{ _("One") }}<p title="{{ pgettext("words", "Two") }}">{% call a(_("Three") | upper) %}'
        '{{ ngettext("{n} bird", "{n} birds", n, n=n) }}{% endcall %}'
        """{{ _markup('See <a href="{root}">four'
                      '</a>', root=root) }}</p>{{ other("Five") }}"""
    )
    assert set(found) == {
        ("One", None),
        ("Two", "words"),
        ("Three", None),
        (("{n} bird", "{n} birds"), None),
        ('See <a href="{root}">four</a>', None),
    }


@pytest.fixture(scope="module")
def template() -> Catalog:
    return catalogues.template(load(ROOT / "program.yml"))


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.stem)
def test_the_texts_of_every_template_are_in_the_template_of_catalogues(template, path):
    """Counted without the code under test: each mark of a text, with its first words."""
    texts = ["".join(text) for message in template for text in (messages.texts(message.id))]
    marked = re.findall(r"""\b(?:_|_markup|ngettext)\(\s*["']([^"'\\]+)""", path.read_text("utf-8"))
    assert [text for text in marked if not any(one.startswith(text) for one in texts)] == []


@pytest.mark.parametrize("code", language.available()[1:])
def test_a_catalogue_names_only_places_that_exist(code):
    with language.catalogue(code).open("rb") as file:
        named = {path for message in read_po(file) for path, _line in message.locations}
    assert {path for path in named - {catalogues.RELEASES} if not (CODE / path).is_file()} == set()
