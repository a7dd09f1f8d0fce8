"""How one language writes numbers, days and periods, read back: by its locale and its catalogue."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import get_currency_symbol

from openresponse import language
from openresponse.website.inspection.reading import wording
from openresponse.website.inspection.reading.patterns import END, START, forms, pattern

YEAR = r"(?:19|20)\d\d"
MOMENTS = (r"\d\d:\d\d(?::\d\d)?", r"\d{4}-\d\d(?:-\d\d|-r\d+)?")  # and names of releases
SAMPLE = date(2222, 10, 31)  # no two of its parts are written alike
Span = tuple[int, int]
Reader = tuple[re.Pattern, Callable[[re.Match], str]]  # of a period, and what its code is
# A year, after all other periods are read.
ALONE: Reader = (
    re.compile(rf"(?<![$.,]){START}(?P<year>{YEAR})(?!%|[.,]\d){END}"),
    "{year}".format_map,
)


@dataclass(frozen=True)
class Mention:
    """A number or a period in a sentence.

    kind: `count`, `share`, `points`, `decimal`, `dollars`, `period`, or how a rounded share is said
    (`wording.ROUNDED`), whose value is its fraction such as `8/10`. text: as it is written, from
    `start` to `end`.
    """

    kind: str
    value: int | str
    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return self.start, self.end


class Grammar:
    """Reads the numbers and periods of one language, and English periods among them: a catalogue
    that lacks a period leaves it in English.
    """

    def __init__(self, code: str):
        self.code, locale = code, language.language(code).locale
        symbols = locale.number_symbols["latn"]
        self._group, self._point = symbols["group"], symbols["decimal"]
        group = r"\s" if self._group.isspace() else re.escape(self._group)
        digits = rf"(?:\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+)(?:{re.escape(self._point)}\d+)?"
        dollar = rf"(?:\$|{re.escape(get_currency_symbol('USD', locale))})"
        self._number = re.compile(
            rf"{START}(?<![^\W\d_]-)(?:(?P<dollars>{dollar}\s?{digits}|{digits}\s?{dollar})"
            rf"|(?P<share>%\s?{digits}|{digits}\s?%)|(?P<number>{digits}))"
        )
        self._months = _months(locale)
        self._day = re.compile("|".join(self._days(locale)), re.I)
        self._periods = list(self._readers(locale))
        if code != language.SOURCE:
            self._periods += Grammar(language.SOURCE)._periods
        self._periods.append(ALONE)
        self._points = [
            re.compile(START + pattern(form, size=digits), re.I)
            for form in sorted(forms(wording.POINTS, code), key=len, reverse=True)
        ]

        self._rounded = [
            (relation, re.compile(START + pattern(form, n=r"\d+", of=r"\d+"), re.I))
            for relation, texts in wording.ROUNDED.items()
            for text in texts
            for form in forms(text, code)
        ]

    def mentions(self, text: str) -> list[Mention]:
        """Its numbers and periods, in their order; days are neither."""
        mentions, text = [], self._day.sub(blank, text)
        for relation, rounded in self._rounded:
            for match in rounded.finditer(text):
                fraction = f"{match['n']}/{match['of']}"
                mentions.append(Mention(relation, fraction, *match.span(), match[0]))
            text = rounded.sub(blank, text)
        for reader, code in self._periods:
            mentions += [Mention("period", code(m), *m.span(), m[0]) for m in reader.finditer(text)]
            text = reader.sub(blank, text)
        for points in self._points:
            for match in points.finditer(text):
                size = f"{float(self._plain(match['size'])):.1f}"
                mentions.append(Mention("points", size, *match.span(), match[0]))
            text = points.sub(blank, text)
        mentions += [
            Mention(*self._value(match), *match.span(), match[0])
            for match in self._number.finditer(text)
        ]
        return sorted(mentions, key=lambda mention: mention.start)

    def _value(self, number: re.Match) -> tuple[str, int | str]:
        """Kind and value of a number."""
        kind = number.lastgroup or ""
        plain = self._plain(number[0])
        if kind == "share" or not plain.isdigit():
            return ("decimal" if kind == "number" else kind), plain
        return ("count" if kind == "number" else kind), int(plain)

    def _plain(self, number: str) -> str:
        digits = number.replace(self._group, "").replace(self._point, ".")
        return re.sub(r"[^\d.]", "", digits)

    @property
    def _month(self) -> str:
        names = sorted(self._months, key=len, reverse=True)
        return rf"(?:{'|'.join(map(re.escape, names))})\.?"

    def _days(self, locale: Locale) -> Iterator[str]:
        """Patterns of a moment or a day: as the locale writes it, and with the day first."""
        yield from (START + moment + END for moment in MOMENTS)
        text = self._template(format_date(SAMPLE, "long", locale=locale)).replace("31", "{day}")
        for order in (text, "{day} {month} {year}"):
            read = pattern(order, day=r"\d{1,2}", month=self._month, year=r"\d{4}")
            yield START + re.sub(r"\?P<\w+>", "?:", read) + END

    def _readers(self, locale: Locale) -> Iterator[Reader]:
        """Those of a quarter, a month and several years."""
        month, four = self._month, r"\d{4}"
        for form in forms(wording.QUARTER, self.code):
            yield self._reader(form, self._quarter, first=month, last=month, year=four)
        for form in forms(wording.NUMBERED_QUARTER, self.code):
            yield self._reader(form, "{year}-Q{number}".format_map, number="[1-4]", year=four)
        text = self._template(format_skeleton("yMMMM", SAMPLE, locale=locale))
        for order in dict.fromkeys((text, "{month} {year}")):
            yield self._reader(order, self._month_code, month=month, year=four)
        for form in forms(wording.YEARS, self.code):
            yield self._reader(form, "{first}/{last}".format_map, first=YEAR, last=YEAR)

    def _reader(self, text: str, code: Callable[[re.Match], str], **names: str) -> Reader:
        return re.compile(START + pattern(text, **names) + END, re.I), code

    def _quarter(self, match: re.Match) -> str:
        return f"{match['year']}-Q{(self._number_of(match['last']) + 2) // 3}"

    def _month_code(self, match: re.Match) -> str:
        return f"{match['year']}-{self._number_of(match['month']):02d}"

    def _number_of(self, month: str) -> int:
        return self._months[month.lower().rstrip(".")]

    def _template(self, sample: str) -> str:
        """What the locale made of `SAMPLE`, with names for its month and year."""
        names = [name for name, number in self._months.items() if number == SAMPLE.month]
        written = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        text = re.sub(rf"(?:{written})\.?", "{month}", sample, count=1, flags=re.I)
        return text.replace(str(SAMPLE.year), "{year}")


def blank(match: re.Match) -> str:
    """What was read is not read again, and nothing else moves."""
    return "…" * len(match[0])


def _months(locale: Locale) -> dict[str, int]:
    """Names of the months, long and short, within a date and alone."""
    return {
        name.lower().rstrip("."): number
        for context in ("format", "stand-alone")
        for width in ("abbreviated", "wide")
        for number, name in locale.months[context][width].items()
    }
