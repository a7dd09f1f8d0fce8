"""The language that is being written: one catalogue of texts for each.

English is the source: a text stands in the code in English and is looked up when it is written.
What a catalogue lacks stays English and is marked as English, so that nothing is mixed silently and
a screen reader says it right.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "en"
LOCALE = Path(__file__).with_name("locale")
DOMAIN = "openresponse"
COUNTRY = "US"  # a language is written as in the United States, where it has a way of its own there
# Around a text that stands in English among another language's; no catalogue and no release has
# these characters.
FOREIGN, ENDS = "\ue000", "\ue001"


@dataclass(frozen=True)
class Language:
    """A language by its BCP 47 code, such as `es` or `zh-Hant`, and its texts."""

    code: str
    texts: NullTranslations

    @property
    def locale(self) -> Locale:
        return locale_of(self.code)

    @property
    def name(self) -> str:
        """What its speakers call it."""
        name = Locale.parse(self.code, sep="-").get_display_name()
        return name[:1].upper() + name[1:]

    @property
    def folder(self) -> str:
        """Where the site has its pages: the first folder for the source, `es/` for Spanish."""
        return "" if self.code == SOURCE else f"{self.code}/"

    @property
    def root(self) -> str:
        """The way from there back to the first folder."""
        return "../" if self.folder else ""


class Untranslated(NullTranslations):
    """Stands behind a catalogue: what it lacks is given in English and marked as such."""

    def gettext(self, message):
        return f"{FOREIGN}{message}{ENDS}"

    def ngettext(self, one, many, n):
        return self.gettext(one if n == 1 else many)

    def pgettext(self, context, message):
        return self.gettext(message)


@cache
def language(code: str) -> Language:
    """A language that has a catalogue; LookupError where it has none."""
    if code == SOURCE:
        return Language(code, NullTranslations())
    if code not in available():
        raise LookupError(
            f"{code} is not a language with a catalogue; allowed are {', '.join(available())}"
        )
    with catalogue(code).open("rb") as file:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(file, locale=str(locale_of(code))))  # without what is fuzzy
    compiled.seek(0)
    texts = GNUTranslations(compiled)
    texts.add_fallback(Untranslated())
    return Language(code, texts)


@cache
def available() -> tuple[str, ...]:
    """The codes of the languages that have a catalogue, the source first."""
    return (
        SOURCE,
        *sorted(
            path.name.replace("_", "-")
            for path in LOCALE.iterdir()
            if catalogue(path.name).is_file()
        ),
    )


def catalogue(code: str) -> Path:
    return LOCALE / code.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def locale_of(code: str) -> Locale:
    name = code.replace("-", "_")
    try:
        return Locale.parse(f"{name}_{COUNTRY}")
    except UnknownLocaleError:
        return Locale.parse(name)


_SOURCE = language(SOURCE)
_NOW: ContextVar[Language] = ContextVar("language", default=_SOURCE)


@contextmanager
def speaking(spoken: str | Language) -> Iterator[Language]:
    """Within it every text, number and date is written in that language."""
    token = _NOW.set(language(spoken) if isinstance(spoken, str) else spoken)
    try:
        yield _NOW.get()
    finally:
        _NOW.reset(token)


def now() -> Language:
    return _NOW.get()


def _(text: str, /, **named) -> str:
    """The text in the language spoken, its `{names}` filled in. A text from a release is looked up
    in the same way.
    """
    found = now().texts.gettext(text) if text else text
    return found.format(**named) if named else found


def ngettext(one: str, many: str, number: int, /, **named) -> str:
    """The form that goes with `number`, its `{names}` filled in."""
    return now().texts.ngettext(one, many, number).format(**named)


def pgettext(context: str, text: str, /, **named) -> str:
    """A text that other languages say differently by context."""
    found = now().texts.pgettext(context, text)
    return found.format(**named) if named else found


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Marks a constant as a text of the catalogue; it is looked up where it is written."""
    return text


def marked(html: str, tag: str = "span") -> str:
    """HTML in which what stands in English says so; within attributes and titles, which have no
    tags, the marks go.
    """
    html = re.sub(
        r"<title\b.*?</title>|<desc\b.*?</desc>|<[^<>]*>",
        lambda found: unmarked(found[0]),
        html,
        flags=re.S,
    )
    if tag == "tspan":  # lines of a picture's text are elements of their own
        html = re.sub(
            f"{FOREIGN}([^<>{FOREIGN}{ENDS}]*){ENDS}", rf'<tspan lang="{SOURCE}">\1</tspan>', html
        )
        return unmarked(html)
    return html.replace(FOREIGN, f'<{tag} lang="{SOURCE}">').replace(ENDS, f"</{tag}>")


def unmarked(text: str) -> str:
    """A text where no mark can stand, such as a title."""
    return text.replace(FOREIGN, "").replace(ENDS, "")
