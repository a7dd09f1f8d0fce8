"""The language that is being written.

English is the source: a text stands in the code in English and is looked up when it is written.
What a catalogue lacks stays English, with what is filled in, and is marked as English, so that
nothing is mixed silently and a screen reader says it right.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property, partial, wraps
from pathlib import Path
from typing import Any, ParamSpec

from babel import Locale, UnknownLocaleError

from openresponse.errors import CatalogueError
from openresponse.language import conventions, messages
from openresponse.language.marking import ENDS, FOREIGN, SOURCE
from openresponse.language.messages import Messages

LOCALE = Path(__file__).with_name("locale")
DOMAIN = "openresponse"
P = ParamSpec("P")


@dataclass(frozen=True)
class Language:
    """A language by its BCP 47 code, such as `es` or `zh-Hant`, and its texts."""

    code: str
    messages: Messages

    @cached_property
    def locale(self) -> Locale:
        own = {context: self.messages.within(context) for context in conventions.contexts()}
        return conventions.Conventions(conventions.locale_of(self.code), own)

    @property
    def name(self) -> str:
        """What its speakers call it."""
        name = Locale.parse(self.code, sep="-").get_display_name() or self.code
        return name[:1].upper() + name[1:]

    @property
    def folder(self) -> str:
        """Where the site has its pages: the first folder for the source, `es/` for Spanish."""
        return "" if self.code == SOURCE else f"{self.code}/"

    @property
    def root(self) -> str:
        """The way from there back to the first folder."""
        return "../" if self.folder else ""


class Text(str):
    """A text that can be written again, in the language of the sentence that it is put in.

    code: the language it is written in.
    """

    code: str
    again: Callable[[], "Text"]


def language(code: str) -> Language:
    """A language that has a catalogue; LookupError where it has none, CatalogueError where that
    cannot be used.
    """
    if code == SOURCE:
        return ENGLISH
    path = catalogue(code)
    if not path.is_file():
        raise LookupError(
            f"{code} is not a language with a catalogue; allowed are {', '.join(available())}"
        )
    at = path.stat()
    return _read(code, path, (at.st_mtime_ns, at.st_size))


@cache
def _read(code: str, path: Path, _version: tuple[int, int]) -> Language:
    """version: of the file, so that a changed one is read again."""
    try:
        locale = conventions.locale_of(code)
    except (UnknownLocaleError, ValueError) as error:
        raise CatalogueError(
            f"{path}: CLDR does not know the language {code}. Name the folder by a code such as es"
            " or zh_Hant."
        ) from error
    read = Language(code, messages.read(path, locale))
    conventions.check(path, locale, {c: read.messages.within(c) for c in conventions.contexts()})
    return read


def available() -> tuple[str, ...]:
    """The codes of the languages that have a catalogue, the source first."""
    names = (path.name for path in LOCALE.iterdir() if catalogue(path.name).is_file())
    return (SOURCE, *sorted(name.replace("_", "-") for name in names))


def written_texts() -> str:
    """Every text that a page can hold beside its figures, in all languages, as catalogues have it.

    In it stand numbers that no release has, as that of a law.
    """
    return "\n".join(
        line
        for code in available()
        if code != SOURCE
        for line in catalogue(code).read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )


def catalogue(code: str) -> Path:
    return LOCALE / code.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.po"


ENGLISH = Language(SOURCE, messages.NONE)
_NOW: ContextVar[Language] = ContextVar("language", default=ENGLISH)


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


def written(write: Callable[P, str]) -> Callable[P, Text]:
    """What the function gives can be written again in another language, with what it is given."""

    @wraps(write)
    def remembered(*args: P.args, **named: P.kwargs) -> Text:
        text = Text(write(*map(_here, args), **{name: _here(one) for name, one in named.items()}))
        text.code, text.again = now().code, partial(remembered, *args, **named)
        return text

    return remembered


def _here(value: Any) -> Any:
    """A text, or a list of texts, as the language spoken writes it; anything else as it is."""
    if isinstance(value, list):
        return [_here(one) for one in value]
    return value.again() if isinstance(value, Text) and value.code != now().code else value


@written
def _(text: str, /, **named: Any) -> str:
    """The text in the language spoken, its `{names}` filled in. A text from a release is looked up
    in the same way.
    """
    translation = now().messages.get(text) if text else text
    return _in_english(text, named) if translation is None else _filled(translation, named)


@written
def ngettext(one: str, many: str, number: int, /, **named: Any) -> str:
    """The form that goes with `number`, its `{names}` filled in."""
    translation = now().messages.get(one, number=number)
    text = one if number == 1 else many
    return _in_english(text, named) if translation is None else _filled(translation, named)


@written
def pgettext(context: str, text: str, /, **named: Any) -> str:
    """A text that other languages say differently by context."""
    translation = now().messages.get(text, context)
    return _in_english(text, named) if translation is None else _filled(translation, named)


def _in_english(text: str, named: dict[str, Any]) -> str:
    """The text and what is filled in in English; within another language marked as such.

    What cannot be written again keeps its language, and stands outside the marks.
    """
    if now().code == SOURCE:
        return _filled(text, named)
    kept = {name: f"{ENDS}{one}{FOREIGN}" if _stays(one) else one for name, one in named.items()}
    with speaking(ENGLISH):
        return f"{FOREIGN}{_(text, **kept)}{ENDS}".replace(FOREIGN + ENDS, "")


def _stays(value: Any) -> bool:
    """Whether it is words in a language, and not known in any other."""
    return type(value) is str and any(map(str.isalpha, value))


def _filled(text: str, named: dict[str, Any]) -> str:
    return text.format(**named) if named else text


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Marks a constant as a text of the catalogue; it is looked up where it is written."""
    return text
