"""What a table says about itself: parts that add up to their whole, shares and their counts."""

from collections.abc import Iterator

import numpy as np

from .columns import Columns, families, label
from .reading import Key
from .relations import AT_MOST, EQUAL, Relation

CERTAIN = float("inf")


def of_one_table(columns: Columns) -> Iterator[Relation]:
    """Sums that fit wherever everything is shown; what does not add up is at most its whole."""
    native = {
        table
        for table, periods in columns.periods_of.items()
        if any(period in parts for period, parts in periods.items())
    }
    shown = {column.parts[0][0]: column.shown for column in columns.plain if column.table in native}
    grouped: dict[tuple, list[tuple[Key, list[Key]]]] = {}
    for parent, children in [*families(columns.publication, set(shown)), *values(columns, shown)]:
        grouped.setdefault(kind(parent, children), []).append((parent, children))
    for one_kind in grouped.values():
        fits = adds_up(one_kind, shown)
        for parent, children in one_kind:
            if fits:
                yield relation(columns, parent, children, EQUAL)
            else:
                for child in children:
                    if not np.any(shown[child] > shown[parent]):
                        yield relation(columns, parent, [child], AT_MOST)


def values(columns: Columns, shown: dict[Key, np.ndarray]) -> list[tuple[Key, list[Key]]]:
    """Several figures of one row: the first and the others."""
    found = []
    for name, row, value in shown:
        others = columns.publication.tables[name].values
        if value == others[0] and len(others) > 1:
            rest = [(name, row, other) for other in others[1:] if (name, row, other) in shown]
            found.append(((name, row, value), rest))
    return found


def kind(parent: Key, children: list[Key]) -> tuple:
    """The same step of the same hierarchy, whatever the other codes are."""
    name, row, value = parent
    changed = [
        place for place, code in enumerate(row) if any(key[1][place] != code for key in children)
    ]
    parts = frozenset((tuple(key[1][place] for place in changed), key[2]) for key in children)
    return name, value, tuple(row[place] for place in changed), parts


def adds_up(one_kind: list[tuple[Key, list[Key]]], shown: dict[Key, np.ndarray]) -> bool:
    """Fits wherever all are shown, and is seen to fit at least once with something in it."""
    seen = False
    for parent, children in one_kind:
        total = np.sum([shown[child] for child in children], axis=0)
        known = ~np.isnan(total) & ~np.isnan(shown[parent])
        if np.any(total[known] != shown[parent][known]):
            return False
        seen = seen or bool(np.any(total[known] > 0))
    return seen


def relation(columns: Columns, parent: Key, children: list[Key], sense: str) -> Relation:
    terms = (*((child, 1) for child in children), (parent, -1))
    text = f"{label(((parent, 1),))} is the sum of its parts"
    if sense == AT_MOST:
        text = f"{label(((children[0], 1),))} is part of {label(((parent, 1),))}"
    return Relation(text, terms, sense, columns.grain, CERTAIN)
