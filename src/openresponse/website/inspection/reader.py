"""Sentences read beside the figures of a release: every number must be that of a figure.

A number belongs to the period that is named with it, a share to the two counts in the brackets
after it, and what is said to be more or less to both periods. All numbers of a paragraph must be
true of one and the same figure, and a figure of a part names the part.
"""

import re
from dataclasses import dataclass

from openresponse.language import SOURCE
from openresponse.website.inspection.comparison import difference, pairs
from openresponse.website.inspection.naming import Naming, Place
from openresponse.website.inspection.published_figure import LAST, Figure
from openresponse.website.inspection.reading import (
    Mention,
    Paragraphs,
    Sentence,
    plain,
    unwrapped,
)
from openresponse.website.inspection.spoken_figures import Figures
from openresponse.website.inspection.tallies import tallies


@dataclass(frozen=True)
class State:
    """What the sentences so far are about.

    figures: those of which all their numbers are true. share: the last one given of them. wrong:
    the numbers of the last sentence that no figure gives.
    """

    figures: frozenset[Figure] = frozenset()
    share: int | str = ""
    wrong: tuple[str, ...] = ()


class Reader:
    """Reads sentences in one language beside the figures of one release."""

    def __init__(self, figures: Figures, code: str = SOURCE):
        self.figures, self._paragraphs, self._code = figures, Paragraphs(code), code
        self._naming = Naming(figures, code)

    def unsupported(
        self,
        text: str,
        context: tuple[str, ...] = (),
        table: str | None = None,
        markable: bool = True,
    ) -> list[tuple[str, str]]:
        """Each sentence of a paragraph with a number that no figure gives, and that number.

        context: the headings above it, the page's own first, and the id of its section. table: the
        one it is about, where that is known. markable: whether what is in English in it can be
        marked as such; else each sentence may be in either language.
        """
        text, english = unwrapped(text)
        if not re.search(r"\d", text):
            return []
        place = self._place(text, context, table)
        hidden = self._naming.hidden(text)
        readings = [english] if markable or self._code == SOURCE else [[], [(0, len(text))]]
        alternatives = [self._paragraphs.read(hidden, one) for one in readings]
        state = State()
        unsupported: list[tuple[str, str]] = []
        for sentences in zip(*alternatives, strict=True):
            if unsupported and not state.figures:  # it goes on from what is refused already
                break
            after = [self._after(sentence, state, place) for sentence in sentences]
            state = next((one for one in after if not one.wrong), after[0])
            shown = re.sub("…+", "…", sentences[0].text)
            unsupported += [(shown, number) for number in state.wrong]
        return unsupported

    def _place(self, text: str, context: tuple[str, ...], table: str | None) -> Place:
        return Place(
            plain(" ".join((*context, text))),
            self._default(context),
            table,
            self._paragraphs.groups(text),
        )

    def _after(self, sentence: Sentence, state: State, place: Place) -> State:
        """What is known after a sentence."""
        wrong = [one.text for one in sentence.misrounded]
        wrong += self._miscounted(sentence, state, place)
        figures, share = state.figures, state.share
        if sentence.compared:
            figures, missed = self._compared(sentence, sentence.compared, state)
            wrong += missed
        elif sentence.numbers:
            share = next((one.value for one in sentence.numbers if one.kind == "share"), share)
            parts = sentence.parts
            for part in parts:
                before = figures if len(parts) == 1 else frozenset()
                figures, missed = self._level(sentence, part, before, place)
                wrong += missed
        return State(figures, share, tuple(wrong))

    def _level(
        self, sentence: Sentence, part: list[Mention], before: frozenset[Figure], place: Place
    ) -> tuple[frozenset[Figure], list[str]]:
        """The figures of which all these numbers are true, and the first number that leaves none. A
        sentence without a period goes on with those before.
        """
        period = next((str(one.value) for one in part if one.kind == "period"), "")
        keys = sentence.keys(part)
        left = before if before and not period else None
        # A share alone: nobody could tell of what it is a share.
        if left is None and {key[0] for key, _text in keys} == {"share"}:
            return frozenset(), [keys[0][1]]
        alone = {key[0] for key, _text in keys} == {"count"}
        for key, text in keys:
            possible = (
                self.figures.at(period or place.period, *key)
                if left is None
                else {figure for figure in left if key in figure.keys}
            )
            left = frozenset(
                figure
                for figure in possible
                if self._naming.is_meant(figure, place)
                and (not alone or self._naming.is_named(figure, sentence))
                and _in_order(figure, part)
            )
            if not left:
                return left, [text]
        return left or frozenset(), []

    def _compared(
        self, sentence: Sentence, compared: tuple[Mention, Mention], state: State
    ) -> tuple[frozenset[Figure], list[str]]:
        """Those of the figures that had the number that is compared with in its period, and differ
        from it by what is said, in the direction that is said.
        """
        period, before = compared
        others = [one for one in sentence.numbers if one is not before]
        stated = [(one.kind, one.value) for one in others]
        left = frozenset(
            figure
            for figure in state.figures
            for earlier in [
                self.figures.through_time[figure.table, figure.slice].get(str(period.value))
            ]
            if earlier
            for now, then in pairs(figure, earlier, before, state.share)
            if stated == [difference(before, now, then)]
            and sentence.directions == {(now > then) - (now < then)}
        )
        return left, [] if left else [(others or [before])[0].text]

    def _miscounted(self, sentence: Sentence, state: State, place: Place) -> list[str]:
        """What it counts over many figures and is not so."""
        wrong = []
        for tally in sentence.tallies:
            shown = state.figures or (
                {figure for figure in self.figures.all if self._naming.is_meant(figure, place)}
                if tally.what == "gaps"
                else set()
            )
            if tally.numbers not in tallies(self.figures, tally.what, shown, place.table):
                wrong.append(tally.text)
        return wrong

    def _default(self, context: tuple[str, ...]) -> str:
        """The period of a sentence that names none: that of the heading it stands under, or else
        the last one.
        """
        for heading in reversed(context[1:]):
            text, english = unwrapped(heading)
            named = [
                mention.value
                for sentence in self._paragraphs.read(text, english)
                for mention in sentence.mentions
                if mention.kind == "period"
            ]
            if len(named) == 1:
                return str(named[0])
        return LAST


def _in_order(figure: Figure, part: list[Mention]) -> bool:
    """Whether the numbers of a figure that go without a name are in its order, such as the median
    before the 90th percentile.
    """
    for kind, order in (
        ("decimal", [f"{n:.1f}" for n in figure.decimals]),
        ("dollars", list(figure.dollars)),
    ):
        rest = iter(order)
        if not all(one.value in rest for one in part if one.kind == kind):
            return False
    return True
