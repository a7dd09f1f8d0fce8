"""What the codes of columns say about each other, and which whole a row is part of."""

from collections.abc import Iterable, Sequence

import numpy as np

from .columns import PLAIN, Column, Columns, words_of
from .evidence import NAMED_BITS, match_bits

# A code that stands in so many code columns of all tables, and in both columns of figures compared:
# "arrest" as an outcome and as an event, not "eligible" or "not recorded", which are everywhere.
RARE = 2


def incidence(sets: Sequence[Iterable]) -> np.ndarray:
    """Which element (column) stands in which set (row)."""
    place = {one: number for number, one in enumerate(sorted({x for some in sets for x in some}))}
    found = np.zeros((len(sets), len(place)), bool)
    for number, some in enumerate(sets):
        found[number, [place[one] for one in some]] = True
    return found


class Names:
    """Comparisons of one plain column of figures with all others."""

    def __init__(self, columns: Columns) -> None:
        plain = columns.plain
        whole = populations(columns)
        says = [column.says for column in plain]
        self.words = incidence(
            [
                one.words | {word for code in codes for word in words_of(code)}
                for one, codes in zip(says, whole, strict=True)
            ]
        )
        self.chain = incidence([one.chain | codes for one, codes in zip(says, whole, strict=True)])
        same = [(one.codes, codes) for one, codes in zip(says, whole, strict=True)]
        kinds = {one: number for number, one in enumerate(dict.fromkeys(same))}
        self.kind = np.array([kinds[one] for one in same])
        places: dict[str, set[str]] = {}
        for one in says:
            for name, code in one.codes:
                places.setdefault(code, set()).add(name)
        rare = {code for code, found in places.items() if len(found) == RARE}
        self.rare = incidence([{code for _, code in one.codes} & rare for one in says])

    def same(self, one: int) -> np.ndarray:
        """The same codes of the same whole."""
        return self.kind == self.kind[one]

    def alike(self, one: int) -> np.ndarray:
        """Every word of one of both stands in the other."""
        missing = (self.words & ~self.words[one]).any(axis=1)
        lacking = (self.words[one] & ~self.words).any(axis=1)
        return ~missing | ~lacking

    def wider(self, one: int) -> np.ndarray:
        """Every code of the other, and of what it is part of, stands in this one."""
        return ~(self.chain & ~self.chain[one]).any(axis=1)

    def share_rare_code(self, one: int) -> np.ndarray:
        return (self.rare & self.rare[one]).any(axis=1)


def populations(columns: Columns) -> list[frozenset[str]]:
    """For each plain column the codes of the whole that its row is part of.

    The whole of one table is often a part in another ("runs" are the calls a team was sent to):
    found where its figures are those of a row with the fewest codes, larger wholes first.
    """
    plain = columns.plain
    place_of = {column.parts[0][0]: place for place, column in enumerate(plain)}
    roots = [top(columns, column, place_of) for column in plain]
    shown = np.array([column.shown for column in plain])
    known: dict[int, frozenset[str]] = {}
    for whole in sorted(set(roots), key=lambda place: -total(plain[place])):
        name = plain[whole].parts[0][0][1][-1]
        as_part = [
            plain[place].says.chain | known[roots[place]]
            for place in np.flatnonzero(never_different(shown, shown[whole]))
            if roots[place] in known
            and plain[place].table != plain[whole].table
            and match_bits(shown[place], shown[whole]) >= NAMED_BITS
        ]
        as_named = [
            known[other]
            for other in known
            if plain[other].parts[0][0][1][-1] == name
            and never_different(shown[[other]], shown[whole])[0]
        ]
        known[whole] = min(
            [*as_part, *as_named],
            key=lambda codes: (len(codes), sorted(codes)),
            default=frozenset({name} - PLAIN),
        )
    return [known[root] for root in roots]


def never_different(rows: np.ndarray, one: np.ndarray) -> np.ndarray:
    return ~np.any(np.abs(rows - one) > 0, axis=1)


def total(column: Column) -> float:
    return float(np.nanmean(column.shown)) if np.any(~np.isnan(column.shown)) else 0.0


def top(columns: Columns, column: Column, place_of: dict) -> int:
    """The row without any code that is part of another, in the first value of the table."""
    name, row, _ = column.parts[0][0]
    table = columns.publication.tables[name]
    for place in range(len(row)):
        while row in table.parents[place]:
            row = (*row[:place], table.parents[place][row], *row[place + 1 :])
    return place_of.get((name, row, table.values[0]), place_of[column.parts[0][0]])
