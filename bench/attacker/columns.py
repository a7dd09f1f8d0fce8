"""Columns of figures: one combination of codes over periods, lifted to a common length of period.

A column may be a plain one of a table, what a code leaves of the code it is part of, or two
siblings together: what people compare by hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from .publication import Key, Publication, Table

GRAINS = ("month", "quarter", "year")
PATTERNS = (r"\d{4}-\d{2}", r"\d{4}-Q[1-4]", r"\d{4}")
# Together with a third sibling: of larger families too many pairs would fit by chance.
PAIRED_FAMILY = range(3, 7)
FILLING = {"of", "the", "with", "by", "in", "to", "for", "a", "at", "on", "and", "or", "within"}
PLAIN = {"all", "yes", "total", "incidents"}  # say nothing beyond the rest of the codes
# Codes that name no category: what is not recorded depends on the code column they stand in.
EMPTY_CODES = {"not_recorded", "other", "unknown", "none", "no"}
NEGATIONS = ("no", "not", "without", "un")


@dataclass
class Column:
    """A weighted sum of published columns, over the periods of one grain."""

    table: str
    parts: tuple[tuple[Key, int], ...]
    label: str
    says: "Meaning"
    plain: bool
    shown: np.ndarray
    withheld: np.ndarray


def grain(period: str) -> str:
    for name, pattern in zip(GRAINS, PATTERNS, strict=True):
        if re.fullmatch(pattern, period):
            return name
    return ""


def inside(period: str, target: str) -> str:
    """The quarter or year that holds a period."""
    if target == "year" or grain(period) == target:
        return period[:4] if target == "year" else period
    return f"{period[:4]}-Q{(int(period[5:]) + 2) // 3}"


def spans(periods: list[str], target: str) -> dict[str, list[str]]:
    """Complete periods of a grain, with the periods of another that they consist of."""
    source = grain(periods[0]) if periods else ""
    if source not in GRAINS or GRAINS.index(source) > GRAINS.index(target):
        return {}
    held: dict[str, list[str]] = {}
    for period in periods:
        held.setdefault(inside(period, target), []).append(period)
    needed = {"month": 12, "quarter": 4, "year": 1}[source]
    needed //= {"month": 12, "quarter": 4, "year": 1}[target]
    return {whole: parts for whole, parts in held.items() if len(parts) == needed}


def words_of(code: str) -> set[str]:
    """`area_not_recorded` → area, not+recorded; plural and filling words do not count."""
    raw = [word for word in re.split(r"[_\s]+", code.lower()) if word]
    words, negation = set(), ""
    for word in raw:
        if word in NEGATIONS:
            negation = "not+"
        elif word not in FILLING | PLAIN:
            words.add(negation + (word[:-1] if len(word) > 3 and word.endswith("s") else word))
            negation = ""
    return words | ({"no"} if negation else set())


def ancestors(table: Table, row: tuple[str, ...], place: int) -> list[str]:
    """The codes that a code is part of, up to the whole."""
    above: list[str] = []
    while (row in table.parents[place]) and table.parents[place][row] not in above:
        above.append(table.parents[place][row])
        row = (*row[:place], above[-1], *row[place + 1 :])
    return above


@dataclass(frozen=True)
class Meaning:
    """What the codes of a row say: in words, in codes with all they are part of, and as given.

    The whole says nothing: its codes are left out.
    """

    words: frozenset[str] = frozenset()
    chain: frozenset[str] = frozenset()
    codes: frozenset[tuple[str, str]] = frozenset()


def meaning(table: Table, key: Key) -> Meaning:
    """A topic, such as the event that is asked about, says nothing without its answer."""
    _, row, value = key
    topics, words, chain, codes = [], set(), set(), set()
    for place, (name, code) in enumerate(zip(table.code_columns, row, strict=True)):
        above = ancestors(table, row, place)
        if not table.parents[place] and code != "all":
            topics.append((name, code))
        elif above or (code not in table.parents[place].values() and code != "all"):
            codes.add((name, code))
            for one in (code, *above[:-1]):
                words |= words_of(one)
                chain |= {f"{name} {one}" if one in EMPTY_CODES else one}
    if value != table.values[0]:
        words |= words_of(value)
        chain.add(value)
        codes.add(("", value))
    if topics and codes:
        answers = chain - PLAIN or {""}
        chain = {f"{topic} {answer}".strip() for _, topic in topics for answer in answers}
        words |= {word for _, topic in topics for word in words_of(topic)}
    codes |= set(topics)
    return Meaning(frozenset(words), frozenset(chain - PLAIN), frozenset(codes))


def label(parts: tuple[tuple[Key, int], ...]) -> str:
    text = ""
    for (table, row, value), weight in parts:
        sign = "−" if weight < 0 else "+"
        text += f" {sign} " if text else ""
        text += f"{table} {'/'.join(row)}" + (
            f" {value}" if value in ("timed", "not_timed") else ""
        )
    return text


class Columns:
    """All columns of one grain, with what is shown of them when the last release came out."""

    def __init__(self, publication: Publication, target: str) -> None:
        self.publication, self.grain = publication, target
        self.latest = len(publication.releases) - 1
        self.periods_of: dict[str, dict[str, list[str]]] = {}
        by_table: dict[str, set[str]] = {}
        keys: dict[Key, None] = {}
        for key, period in publication.versions:
            by_table.setdefault(key[0], set()).add(period)
            keys[key] = None
        for table, periods in by_table.items():
            self.periods_of[table] = spans(sorted(periods), target)
        self.periods = sorted({whole for one in self.periods_of.values() for whole in one})
        self.plain = [self.column(((key, 1),), True) for key in keys if self.periods_of[key[0]]]
        self.composed = [self.column(parts, False) for parts in self.compositions(set(keys))]

    def column(self, parts: tuple[tuple[Key, int], ...], plain: bool) -> Column:
        table = self.publication.tables[parts[0][0][0]]
        shown = np.full(len(self.periods), np.nan)
        withheld = np.zeros(len(self.periods), bool)
        for place, period in enumerate(self.periods):
            cells = self.terms(parts, period, self.latest)
            if cells is None:
                continue
            values = [(self.publication.cells[cell].shown, weight) for cell, weight in cells]
            withheld[place] = any(value is None for value, _ in values)
            if not withheld[place]:
                shown[place] = sum(value * weight for value, weight in values if value is not None)
        says = meaning(table, parts[0][0]) if plain else Meaning()
        return Column(table.name, parts, label(parts), says, plain, shown, withheld)

    def terms(
        self, parts: tuple[tuple[Key, int], ...], period: str, release: int
    ) -> list[tuple[int, int]] | None:
        """The cells, with weights, that a column adds up in a period; None where one is missing."""
        found = []
        for key, weight in parts:
            for one in self.periods_of[key[0]].get(period, [""]):
                cell = self.publication.cell(key, one, release)
                if cell is None:
                    return None
                found.append((cell, weight))
        return found

    def compositions(self, keys: set[Key]) -> Iterator[tuple[tuple[Key, int], ...]]:
        """A whole without one of its parts, and two parts of a family of several."""
        for parent, children in families(self.publication, keys):
            if not self.periods_of[parent[0]] or len(children) < PAIRED_FAMILY.start:
                continue
            for child in children:
                yield ((parent, 1), (child, -1))
            if len(children) in PAIRED_FAMILY:
                for one, two in combinations(children, 2):
                    yield ((one, 1), (two, 1))


def families(publication: Publication, keys: set[Key]) -> list[tuple[Key, list[Key]]]:
    """Every row with the rows that are part of it, along each code column."""
    found: dict[tuple[Key, int], list[Key]] = {}
    for key in sorted(keys):
        name, row, value = key
        for place, parents in enumerate(publication.tables[name].parents):
            if row in parents:
                above = (name, (*row[:place], parents[row], *row[place + 1 :]), value)
                if above in keys:
                    found.setdefault((above, place), []).append(key)
    return [(parent, children) for (parent, _), children in found.items()]
