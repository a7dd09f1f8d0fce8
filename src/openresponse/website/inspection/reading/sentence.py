"""A sentence: its numbers and periods in their order, and which of them belong together."""

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from openresponse.language import unmarked
from openresponse.website.inspection.reading import wording
from openresponse.website.inspection.reading.grammar import Mention, Span

BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
# How far a rounded share may lie from the exact one, which is given to a tenth of a percent.
CLOSE, LEAST, RATIO, ROUNDING = 0.025, 0.075, 1.25, 0.0005
NO_NUMBERS = ("period", *wording.ROUNDED)
QUOTED = re.compile("[“„«「]([^“”«»「」]+)[”“»」]")


@dataclass(frozen=True)
class Tally:
    """Numbers that a sentence counts over many figures.

    what: as `tallies` knows it. spans: of the numbers, in the paragraph.
    """

    what: str
    numbers: tuple[int | str, ...]
    text: str
    spans: list[Span]


@dataclass(frozen=True)
class Sentence:
    """directions: 1 where it says that something is more than before, -1 where less."""

    text: str
    mentions: list[Mention]
    tallies: list[Tally]
    directions: set[int]

    @property
    def numbers(self) -> list[Mention]:
        return [mention for mention in self.mentions if mention.kind not in NO_NUMBERS]

    @property
    def misrounded(self) -> list[Mention]:
        """The rounded shares of which the exact share that follows in the sentence is not true, or
        that none follows.
        """
        rounded = [one for one in self.mentions if one.kind in wording.ROUNDED]
        return [one for one in rounded if not _is_true(one, self._share_after(one))]

    def _share_after(self, mention: Mention) -> Mention | None:
        shares = (one for one in self.mentions if one.kind == "share" and one.start >= mention.end)
        return next(shares, None)

    @property
    def compared(self) -> tuple[Mention, Mention] | None:
        """A period and the one number in brackets right after it: what it compares with."""
        for period, number in pairwise(self.mentions):
            if (
                period.kind == "period"
                and number.kind in ("count", "share")
                and self.text[period.end : number.start].strip() in ("(", "（")
                and self.text[number.end : number.end + 1] in (")", "）")
            ):
                return period, number
        return None

    @property
    def quoted(self) -> str:
        """What it names in quotation marks, as `plain` gives it."""
        match = QUOTED.search(self.text)
        return plain(match[1]) if match else ""

    @property
    def parts(self) -> list[list[Mention]]:
        """Its numbers and periods, by the figure they are of: several brackets with a rate in each
        are of as many figures.
        """
        brackets = [
            [one for one in self.mentions if match.start() < one.start < match.end()]
            for match in BRACKETS.finditer(self.text)
        ]
        rated = [within for within in brackets if any(one.kind == "decimal" for one in within)]
        if len(rated) < 2:
            return [self.mentions]
        period = [one for one in self.mentions if one.kind == "period"][:1]
        rest = [one for one in self.numbers if not any(one in within for within in rated)]
        return [period + within for within in [*rated, *([rest] if rest else [])]]

    def keys(self, part: list[Mention]) -> list[tuple[tuple, str]]:
        """What the figures of a part are looked up by, and the words for it: a share with the two
        counts in the brackets after it, and every other number.
        """
        keys: list[tuple[tuple, str]] = []
        paired: set[Mention] = set()
        for share in (one for one in part if one.kind == "share"):
            if counts := self._counts(share, part):
                words = self.text[share.start : counts[1].end]
                keys.append((("parted", share.value, *(one.value for one in counts)), words))
                paired |= {share, *counts}
        alone = [one for one in part if one.kind not in NO_NUMBERS and one not in paired]
        return keys + [((one.kind, one.value), one.text) for one in alone]

    def _counts(self, share: Mention, part: list[Mention]) -> list[Mention]:
        """The two counts in its own or in the next brackets, where no other share stands before
        these.
        """
        brackets = next((b for b in BRACKETS.finditer(self.text) if b.end() >= share.end), None)
        if brackets is None:
            return []
        within = [one for one in part if brackets.start() < one.start < brackets.end()]
        counts = [one for one in within if one.kind == "count"]
        between = (one for one in part if share.end <= one.start < brackets.start())
        other = any(one.kind == "share" for one in between)
        return counts if len(counts) == 2 and not other else []


def _is_true(rounded: Mention, share: Mention | None) -> bool:
    """Whether a fraction may be said of an exact share: one it is more or less than by no more than
    a tenth, or one at most 2.5 points away; below 7.5% at most a quarter of itself away.
    """
    if share is None:
        return False
    exact, fraction = float(share.value) / 100, float(Fraction(str(rounded.value)))
    if rounded.kind != "near":
        more = exact - fraction if rounded.kind == "more than" else fraction - exact
        return 0 <= more <= 0.1
    if fraction < LEAST:
        return (exact + ROUNDING) / fraction >= 1 / RATIO and (exact - ROUNDING) / fraction <= RATIO
    return abs(exact - fraction) <= CLOSE + ROUNDING


def plain(text: str) -> str:
    """A text as it is compared: small letters, words apart by one space."""
    return " ".join(re.sub(r"[-_]", " ", unmarked(text).lower().replace("\u00ad", "")).split())
