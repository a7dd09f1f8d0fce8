"""A paragraph taken apart into sentences, each part of it read in the language it is in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from openresponse.language import ENDS, FOREIGN, SOURCE
from openresponse.website.inspection.reading import wording
from openresponse.website.inspection.reading.grammar import Grammar, Mention, Span
from openresponse.website.inspection.reading.patterns import (
    NUMBER,
    SENTENCES,
    counted,
    forms,
    numerals,
    pattern,
    sentences,
)
from openresponse.website.inspection.reading.sentence import Sentence, Tally
from openresponse.website.inspection.reading.wording import Text


class Paragraphs:
    """Reads the paragraphs of pages in one language, and what stands in English on them."""

    def __init__(self, code: str):
        self._own, self._english = Grammar(code), Grammar(SOURCE)
        self._codes = tuple(dict.fromkeys((code, SOURCE)))
        self._fixed = _any(
            numeral
            for text in wording.FIXED
            for code in self._codes
            for numeral in numerals(text, code)
        )
        self._counted = [
            (one, [re.compile(p, re.I) for p in counted(one.texts, one.names, self._codes)])
            for one in wording.COUNTED
        ]
        self._directions = [
            (direction, _any([pattern(form, before=NUMBER)]))
            for direction, texts in ((1, wording.MORE), (-1, wording.LESS))
            for form in self._forms(texts)
        ]
        self._groups = {
            code: _any(pattern(sentences(form)[0]) for form in self._forms(texts))
            for code, texts in wording.GROUPS.items()
        }

    def read(self, text: str, english: list[Span]) -> Iterator[Sentence]:
        """The sentences of a text. english: the parts of it that are in English."""
        whole = text
        text = self._fixed.sub(lambda match: re.sub(r"\d", "…", match[0]), text)
        mentions = self._mentions(text, english)
        periods = [one.span for one in mentions if one.kind == "period"]
        words = _without(whole, periods)  # some periods have a stop of their own
        tallies = self._tallies(words, mentions)
        counted = [span for tally in tallies for span in tally.spans]
        directions = [
            (match.start(), direction)
            for direction, reader in self._directions
            for match in reader.finditer(words)
        ]
        for start, end in _bounds(words):
            yield Sentence(
                text[start:end],
                [
                    replace(one, start=one.start - start, end=one.end - start)
                    for one in mentions
                    if start <= one.start < end and not _within(one, counted)
                ],
                [tally for tally in tallies if start <= tally.spans[0][0] < end],
                {direction for at, direction in directions if start <= at < end},
            )

    def groups(self, text: str) -> set[str]:
        """The codes of the groups that a text names in words of its own."""
        return {code for code, reader in self._groups.items() if reader.search(text)}

    def _forms(self, texts: Iterable[Text]) -> list[str]:
        return [form for text in texts for code in self._codes for form in forms(text, code)]

    def _tallies(self, text: str, mentions: list[Mention]) -> list[Tally]:
        """What the text counts over many figures; each of its numbers once."""
        tallies = []
        for one, readers in self._counted:
            for match in (match for reader in readers for match in reader.finditer(text)):
                spans = [match.span(name) for name in one.names]
                numbers = (m.value for span in spans for m in mentions if _within(m, [span]))
                tallies.append(Tally(one.what, tuple(numbers), match[0], spans))
                text = _without(text, spans)
        return tallies

    def _mentions(self, text: str, english: list[Span]) -> list[Mention]:
        own = self._own.mentions(_without(text, english))
        other = self._english.mentions(_only(text, english)) if english else []
        return sorted([*own, *other], key=lambda mention: mention.start)


def unwrapped(text: str) -> tuple[str, list[Span]]:
    """A text without its marks, and where it is in English."""
    plain, spans = "", []
    for part in re.split(f"({FOREIGN}[^{ENDS}]*{ENDS})", text):
        inner = part.strip(FOREIGN + ENDS)
        if part.startswith(FOREIGN):
            spans.append((len(plain), len(plain) + len(inner)))
        plain += inner
    return plain, spans


def _any(patterns: Iterable[str]) -> re.Pattern:
    return re.compile("|".join(re.sub(r"\?P<\w+>", "?:", p) for p in patterns) or "(?!)", re.I)


def _within(mention: Mention, spans: list[Span]) -> bool:
    return any(start <= mention.start < end for start, end in spans)


def _bounds(text: str) -> Iterator[Span]:
    start = 0
    for match in SENTENCES.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _without(text: str, spans: list[Span]) -> str:
    for start, end in spans:
        text = text[:start] + "…" * (end - start) + text[end:]
    return text


def _only(text: str, spans: list[Span]) -> str:
    kept = _without(text, [(0, len(text))])
    for start, end in spans:
        kept = kept[:start] + text[start:end] + kept[end:]
    return kept
