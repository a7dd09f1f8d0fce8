"""How a language writes months, days, numbers and lists: as CLDR has it, or as its catalogue does.

CLDR (https://cldr.unicode.org) has no months of some languages, and French ones of Haitian Creole.
The catalogue of such a language brings its own, as texts of the contexts below; any other may. Its
numbers are written as the country's.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global
from babel.dates import parse_pattern

from openresponse.errors import CatalogueError

COUNTRY = "US"  # a language is written as in the United States, where it has a way of its own there
ENGLISH = Locale("en", COUNTRY)
WIDTHS = {"month": "wide", "short month": "abbreviated"}  # by context, as CLDR calls them
FORMAT = "format"
MONTH, DAY = "{month} {year}", "{month} {day}, {year}"
PAIR, SERIES, LAST = "{first} and {second}", "{first}, {second}", "{others}, and {last}"
FIELDS = {"{month}": "MMMM", "{day}": "d", "{year}": "y"}
NUMBERS = (
    "number_symbols",
    "decimal_formats",
    "percent_formats",
    "currency_formats",
    "currency_symbols",
)
Own = Mapping[str, Mapping[str, str]]  # a catalogue's texts by context and English


def contexts() -> dict[str, tuple[str, ...]]:
    """The texts, by context, with which a catalogue says how its language is written."""
    months = {
        context: tuple(ENGLISH.months["format"][width].values())
        for context, width in WIDTHS.items()
    }
    return {**months, FORMAT: (MONTH, DAY, PAIR, SERIES, LAST)}


def locale_of(code: str) -> Locale:
    """CLDR's locale of a language; UnknownLocaleError where it has none."""
    name = code.replace("-", "_")
    try:
        return Locale.parse(f"{name}_{COUNTRY}")
    except UnknownLocaleError:
        return Locale.parse(name)


def is_borrowed(locale: Locale) -> bool:
    """Whether CLDR has no months of the language, or those of another, as `fr_HT` for `ht`."""
    other = get_global("parent_exceptions").get(locale.language, "")
    return "_" in other or localedata.load(str(locale))["months"]["format"]["wide"][1] == "M01"


def check(path: Path, locale: Locale, own: Own) -> None:
    """CatalogueError where it has some months of twelve, or lacks what CLDR does not have."""
    for context, wanted in contexts().items():
        lacking = [text for text in wanted if text not in own[context]]
        if lacking and (is_borrowed(locale) or (context in WIDTHS and own[context])):
            raise CatalogueError(
                f"{path}: of the {len(wanted)} texts with the context “{context}” it lacks"
                f" {'; '.join(lacking)}. Translate them all; `make messages` writes their places."
            )


class Conventions(Locale):
    """CLDR's locale of a language, with what its catalogue has of its own."""

    def __init__(self, locale: Locale, own: Own):
        super().__init__(locale.language, locale.territory, locale.script, locale.variant)
        data = _cldr(locale)
        if is_borrowed(locale):
            data |= {part: _cldr(ENGLISH)[part] for part in NUMBERS}
        self._own = localedata.LocaleDataDict(data)
        for context, width in WIDTHS.items():
            if names := own.get(context):
                in_order = [names[english] for english in contexts()[context]]
                for use in ("format", "stand-alone"):
                    self.months[use][width] = dict(enumerate(in_order, start=1))
        self._format(own.get(FORMAT, {}))

    @property
    def _data(self) -> localedata.LocaleDataDict:
        return self._own

    def _format(self, own: Mapping[str, str]) -> None:
        """Put the catalogue's own patterns in the place of CLDR's."""
        if MONTH in own:
            self.datetime_skeletons["yMMMM"] = parse_pattern(_fields(own[MONTH]))
        if DAY in own:
            self.date_formats["long"] = parse_pattern(_fields(own[DAY]))
        for english, places in ((PAIR, ["2"]), (SERIES, ["start", "middle"]), (LAST, ["end"])):
            if english in own:
                pattern = _places(english, own[english])
                self.list_patterns["standard"].update(dict.fromkeys(places, pattern))


def _cldr(locale: Locale) -> dict[Any, Any]:
    """A copy of a locale's data, since Babel writes what one locale resolves into data that others
    share: https://github.com/python-babel/babel/issues/1234
    """
    return deepcopy(localedata.load(str(locale)))


def _fields(text: str) -> str:
    """`{day} {month} {year}` as CLDR writes it: `d' 'MMMM' 'y`."""
    parts = re.split(r"(\{\w+\})", text)
    literal = ("'" + part.replace("'", "''") + "'" if part else "" for part in parts)
    return "".join(FIELDS.get(part, other) for part, other in zip(parts, literal, strict=True))


def _places(english: str, text: str) -> str:
    """A list's `{first} and {second}` as CLDR writes it: `{0} and {1}`."""
    names = re.findall(r"\{(\w+)\}", english)
    return text.format(**{name: f"{{{place}}}" for place, name in enumerate(names)})
