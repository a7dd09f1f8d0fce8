"""A catalogue that cannot be used is refused in one sentence, with its file and what to do."""

import pytest

from openresponse import language
from openresponse.errors import CatalogueError, ProgramError
from openresponse.program import load
from support import catalogues
from support.workspace import ROOT

LANGUAGES = load(ROOT / "program.yml").program.languages[1:]


@pytest.fixture(autouse=True)
def locale(tmp_path, monkeypatch):
    catalogues.use(tmp_path / "locale", monkeypatch)


@pytest.mark.parametrize(
    "head, texts, wrong",
    [
        (
            catalogues.HEAD,
            'msgid "{n} calls"\nmsgstr "llamadas"\n',
            "“{n} calls” must have the names",
        ),
        (catalogues.HEAD, 'msgid "Data"\nDatos\n', "not a catalogue"),
        (
            catalogues.HEAD.replace("(n != 1)", "os.system"),
            'msgid "Data"\nmsgstr "Datos"\n',
            "not a catalogue",
        ),
        (
            catalogues.HEAD.replace("nplurals=2", "nplurals=many"),
            'msgid "Data"\nmsgstr "Datos"\n',
            "not a catalogue",
        ),
    ],
    ids=["a lost name", "a lost keyword", "a strange plural", "no number of plurals"],
)
def test_a_broken_catalogue_is_one_sentence(head, texts, wrong):
    path = language.catalogue("es")
    path.parent.mkdir(parents=True)
    path.write_text(head + texts, encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        language.language("es")
    sentence = str(error.value)
    assert sentence.startswith(f"{path}: ") and wrong in sentence and "\n" not in sentence
    assert sentence.endswith(("Correct it, or leave it empty.", "with `make messages`."))


def test_a_program_with_a_broken_catalogue_is_refused_when_it_is_loaded():
    for code in LANGUAGES:
        catalogues.write(code, {"{n} calls": "llamadas"})
    with pytest.raises(ProgramError, match="“{n} calls” must have the names of its English"):
        load(ROOT / "program.yml")
