"""Catalogues made for a test, in a folder of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from openresponse import language
from openresponse.language import Language, conventions, translation
from openresponse.language.messages import Messages, texts

Id = str | tuple[str, str]  # a text in English; of a number for one and for several
HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
with language.catalogue("es").open("rb") as file:
    IDS: list[tuple[str | None, Id]] = [
        (message.context, message.id) for message in read_po(file, locale="es") if message.id
    ]
# How Haitian Creole is written, of which CLDR has only the French.
CREOLE = {
    "month": [
        "janvye",
        "fevriye",
        "mas",
        "avril",
        "me",
        "jen",
        "jiyè",
        "out",
        "septanm",
        "oktòb",
        "novanm",
        "desanm",
    ],
    "short month": [
        "jan",
        "fev",
        "mas",
        "avr",
        "me",
        "jen",
        "jiy",
        "out",
        "sep",
        "okt",
        "nov",
        "des",
    ],
    "format": [
        "{month} {year}",
        "{day} {month} {year}",
        "{first} ak {second}",
        "{first}, {second}",
        "{others} ak {last}",
    ],
}


def use(folder: Path, monkeypatch) -> None:
    """From here on the languages with a catalogue are those that are written into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(translation, "LOCALE", folder)


def write(
    code: str,
    translations: Mapping[Id, str | tuple[str, ...]],
    own: Mapping[str, list[str]] | None = None,
    head: str = HEAD,
) -> Path:
    """A catalogue of a few texts. own: how its language is written, by context."""
    made = Catalog()
    for english, translation_ in translations.items():
        made.add(english, translation_)
    for context, given in (own or {}).items():
        for english, text in zip(conventions.contexts()[context], given, strict=False):
            made.add(english, text, context=context)
    return _save(code, made, head)


def write_every(
    code: str,
    translate: Callable[[str], str],
    own: Mapping[str, list[str]] | None = None,
    head: str = HEAD,
) -> Path:
    """A catalogue of every text of the code. translate: gives an empty text for one it lacks."""
    made = Catalog()
    for context, english in IDS:
        forms = tuple(map(translate, texts(english)))
        made.add(english, forms if isinstance(english, tuple) else forms[0], context=context)
    for context, given in (own or {}).items():
        for english, text in zip(conventions.contexts()[context], given, strict=True):
            made.add(english, text, context=context)
    return _save(code, made, head)


def _save(code: str, made: Catalog, head: str) -> Path:
    path = language.catalogue(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(head.encode())
        write_po(file, made, omit_header=True)
    return path


@dataclass(frozen=True)
class Noting(Messages):
    """The texts of a catalogue, and which were asked for in vain."""

    lacking: set[str] = field(default_factory=set)

    def get(self, text: str, context: str = "", number: int | None = None) -> str | None:
        translation_ = super().get(text, context, number)
        if translation_ is None:
            self.lacking.add(text)
        return translation_


def noting(code: str) -> tuple[Language, set[str]]:
    """A language that notes what its catalogue lacks, and the set where it does."""
    known = language.language(code).messages
    messages = Noting(known.forms, known.plural)
    return Language(code, messages), messages.lacking


def explained(lacking: set[str], written: set[str], entries: set[str]) -> dict[str, list[str]]:
    """What is to be done about texts without translation. written: those of code and program;
    entries: those that have a place in the catalogue.
    """
    causes = {
        "no code says this any more: renew the golden month (python -m support.golden)": (
            lacking - written
        ),
        "the catalogue is older than the code: run `make messages`": lacking & written - entries,
        "translate": lacking & written & entries,
    }
    return {remedy: sorted(texts) for remedy, texts in causes.items() if texts}
