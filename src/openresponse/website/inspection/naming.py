"""Which figure a sentence is about, by the names in it and above it, in one language."""

import re
from dataclasses import dataclass

from openresponse import language
from openresponse.language import unmarked
from openresponse.website.inspection.published_figure import UNKNOWN, UNNAMED, Figure
from openresponse.website.inspection.reading import Sentence, blank, plain
from openresponse.website.inspection.spoken_figures import Figures


@dataclass(frozen=True)
class Place:
    """What is around a sentence.

    above: the headings over it and its paragraph, as `plain` gives them. period: the one it tells
    of where it names none. table: the one it is about, where that is known. groups: the
    codes of those that the paragraph names in words of its own.
    """

    above: str
    period: str
    table: str | None
    groups: set[str]


class Naming:
    """What the codes of a release are called in a language."""

    def __init__(self, figures: Figures, code: str):
        self._first = figures.first
        with language.speaking(code):
            self._labels = {
                key: {plain(language._(label)) for label in labels}
                for key, labels in figures.labels.items()
            }
            texts = {unmarked(language._(text)) for text in figures.texts} | figures.texts
        names = [text for text in texts if re.search(r"\d", text) and re.search(r"[^\W\d_]", text)]
        ordered = map(re.escape, sorted(names, key=len, reverse=True))
        self._names = re.compile(
            "|".join(rf"(?<!\w){name}(?!\w)" for name in ordered) or "(?!)", re.I
        )

    def hidden(self, text: str) -> str:
        """A text without the names that have digits, which are no figures."""
        return self._names.sub(blank, text)

    def is_meant(self, figure: Figure, place: Place) -> bool:
        """Whether the figure is of the table that is shown, and each part that it is of is named in
        the paragraph or above it.
        """
        if place.table not in (None, figure.table):
            return False
        parts = [
            (column, code)
            for column, code in figure.slice
            if column not in UNNAMED
            and (column, code) not in self._first
            and (column != figure.category or (figure.is_rated and code != UNKNOWN))
        ]
        return all(
            any(
                name in place.above for name in (plain(code), *self._labels.get((column, code), ()))
            )
            or code in place.groups
            for column, code in parts
        )

    def is_named(self, figure: Figure, sentence: Sentence) -> bool:
        """A number that stands alone is that of the whole, or of the group in quotation marks."""
        if sentence.quoted:
            category = figure.category or ""
            code = dict(figure.slice).get(category, "")
            return sentence.quoted in self._labels.get((category, code), ())
        return figure.is_whole
