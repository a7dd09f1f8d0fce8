"""The texts of one language, read from its catalogue and looked at before one of them is used."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from gettext import c2py
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from openresponse.errors import CatalogueError
from openresponse.language import placeholders


@dataclass(frozen=True)
class Messages:
    """Texts by context and English.

    forms: how the language says each, one text or as many as it has plural forms. plural: which of
    them goes with a number.
    """

    forms: Mapping[tuple[str, str], tuple[str, ...]]
    plural: Callable[[int], int]

    def get(self, text: str, context: str = "", number: int | None = None) -> str | None:
        """The text, in the form that goes with a number; None where the catalogue lacks it."""
        forms = self.forms.get((context, text))
        if forms is None:
            return None
        return forms[0 if number is None else self.plural(number)]

    def within(self, context: str) -> dict[str, str]:
        """The texts of one context by their English."""
        return {text: forms[0] for (of, text), forms in self.forms.items() if of == context}


NONE = Messages({}, c2py("n != 1"))


def read(path: Path, locale: Locale) -> Messages:
    """The texts that a catalogue has translated; CatalogueError where one cannot be used.

    locale: that of the language, whose plural forms count where the catalogue has no head.
    """
    try:
        with path.open("rb") as file:
            catalog = read_po(file, locale=locale, abort_invalid=True)
        plural = c2py(catalog.plural_expr)
    except (PoFileError, ValueError) as error:
        raise CatalogueError(
            f"{path}: not a catalogue ({error}). Mend it there, or bring it up to date with `make"
            " messages`."
        ) from error
    messages = [message for message in catalog if message.id and translated(message)]
    for message in messages:
        _check(path, message)
    return Messages(
        {
            (message.context or "", texts(message.id)[0]): texts(message.string)
            for message in messages
        },
        plural,
    )


def translated(message: Message) -> bool:
    """Whether a catalogue has it, in all its forms and beyond doubt."""
    return all(texts(message.string)) and not message.fuzzy


def texts(given: str | Sequence[str] | None) -> tuple[str, ...]:
    """One text, or the forms of one."""
    return (given or "",) if isinstance(given, str | None) else tuple(given)


def _check(path: Path, message: Message) -> None:
    english, given = texts(message.id), texts(message.string)
    wrong = next(filter(None, (placeholders.fault(english[-1], text) for text in given)), "")
    if wrong:
        raise CatalogueError(
            f"{path}: the translation of “{english[0]}” {wrong}. Correct it, or leave it empty."
        )
