"""A sentence as a reader takes it apart: its numbers and periods in their order, and which of them
belong together.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from babel.dates import get_month_names

from openresponse import language

POINTS = r"\s*(?:percentage points?|puntos? porcentual(?:es)?)"
SENTENCE = re.compile(r"(?<=[.?!])\s+(?=\w|[¿¡“])")
BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Said:
    """A number or a period in a sentence. kind: `count`, `share`, `points`, `decimal`, `dollars` or
    `period`. text: as it stands there.
    """

    kind: str
    value: int | str
    start: int
    end: int
    text: str


class Grammar:
    """How a language writes numbers and periods: the marks and months of its locale, with the words
    of English and Spanish.

    number, date: patterns of one of each.
    """

    def __init__(self, code: str):
        locale = language.language(code).locale
        group, point = (
            re.escape(locale.number_symbols["latn"][name]) for name in ("group", "decimal")
        )
        self._symbols = (
            locale.number_symbols["latn"]["group"],
            locale.number_symbols["latn"]["decimal"],
        )
        self.number = rf"\$?(?<![^\W_])(?<![^\W\d_]-)(?:\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+)(?:{point}\d+)?(?:\s?%)?"
        months = {
            name.lower(): number
            for width in ("wide", "abbreviated")
            for number, name in get_month_names(width, locale=locale).items()
        }
        self._months = {name.rstrip("."): number for name, number in months.items()}
        month = "|".join(sorted(map(re.escape, self._months), key=len, reverse=True))
        self.date = re.compile(
            rf"\b\d{{1,2}} (?:de )?(?:{month})\b\.? (?:de )?\d{{4}}\b|\b(?:{month}) \d{{1,2}},"
            r" \d{4}\b",
            re.I,
        )
        self._period = re.compile(
            rf"\b(?P<first>{month}) \w+ (?P<last>{month}) (?:de"
            rf" )?(?P<in>\d{{4}})\b|\b(?P<month>{month}) (?:de )?(?P<of>\d{{4}})\b"
            rf"|\b(?:quarter|trimestre) (?P<quarter>[1-4]) (?:of|de) (?P<year>\d{{4}})\b"
            r"|\b(?P<from>(?:19|20)\d\d) (?:to|a)"
            r" (?P<to>(?:19|20)\d\d)\b|(?<![\w$.,])(?P<alone>(?:19|20)\d\d)(?![\w%]|[.,]\d)",
            re.I,
        )

    def said(self, sentence: str) -> list[Said]:
        """Its numbers and periods, in their order."""
        found = [
            Said("period", self._code(one), *one.span(), one[0])
            for one in self._period.finditer(sentence)
        ]
        rest = self._period.sub(lambda one: " " * len(one[0]), sentence)
        for one in re.finditer(rf"({self.number})({POINTS})?", rest):
            kind, value = self.value(one[1])
            found.append(
                Said(
                    "points" if one[2] else kind,
                    f"{float(value):.1f}" if one[2] else value,
                    *one.span(),
                    one[0].strip(),
                )
            )
        return sorted(found, key=lambda one: one.start)

    def value(self, number: str) -> tuple[str, int | str]:
        """Kind and value of a number."""
        group, point = self._symbols
        plain = number.replace(group, "").replace(point, ".").strip("$% \u00a0\u202f")
        if number.endswith("%"):
            return "share", plain
        if number.startswith("$"):
            return "dollars", int(plain) if plain.isdigit() else plain
        return ("count", int(plain)) if plain.isdigit() else ("decimal", plain)

    def _code(self, found: re.Match) -> str:
        """The code of a period: `2026-10`, `2026-Q3`, `2026`, `2010/2020`."""
        if found["first"]:
            return f"{found['in']}-Q{(self._months[found['last'].lower()] + 2) // 3}"
        if found["month"]:
            return f"{found['of']}-{self._months[found['month'].lower()]:02d}"
        if found["quarter"]:
            return f"{found['year']}-Q{found['quarter']}"
        return f"{found['from']}/{found['to']}" if found["from"] else found["alone"]


def keys(said: list[Said], sentence: str) -> list[tuple[tuple, str]]:
    """What the figures are looked up by, and the words for it: a share with the two counts in the
    brackets after it, and every other number.
    """
    keys, paired = [], set()
    for one in said:
        if one.kind == "share":
            brackets = next((b for b in BRACKETS.finditer(sentence) if b.start() >= one.end), None)
            counts = [
                n
                for n in said
                if n.kind == "count" and brackets and brackets.start() < n.start < brackets.end()
            ]
            if len(counts) == 2 and not any(
                n.kind == "share" and one.end <= n.start < brackets.start() for n in said
            ):
                keys.append(
                    (
                        ("parted", one.value, *(n.value for n in counts)),
                        sentence[one.start : counts[1].end],
                    )
                )
                paired |= {one, *counts}
    return keys + [
        ((one.kind, one.value), one.text)
        for one in said
        if one.kind != "period" and one not in paired
    ]


def compared(said: list[Said], sentence: str) -> tuple[Said, Said] | None:
    """A period and the one number in brackets right after it: what the sentence compares with."""
    for period, number in pairwise(said):
        if (
            period.kind == "period"
            and number.kind in ("count", "share")
            and sentence[period.end : number.start] == " ("
            and sentence[number.end : number.end + 1] == ")"
        ):
            return period, number
    return None


def parts(said: list[Said], sentence: str) -> list[list[Said]]:
    """The numbers of a sentence, by the figure they are of: several brackets with a rate in each
    are of as many figures.
    """
    brackets = [
        [one for one in said if found.start() < one.start < found.end()]
        for found in BRACKETS.finditer(sentence)
    ]
    rated = [found for found in brackets if any(one.kind == "decimal" for one in found)]
    if len(rated) < 2:
        return [said]
    period = [one for one in said if one.kind == "period"][:1]
    rest = [
        one for one in said if one.kind != "period" and not any(one in found for found in rated)
    ]
    return [period + found for found in [*rated, *([rest] if rest else [])]]


def plain(text: str) -> str:
    """A text as it is compared: small letters, words apart by one space."""
    return " ".join(re.sub(r"[-_\ue000\ue001]", " ", text.lower().replace("\u00ad", "")).split())
