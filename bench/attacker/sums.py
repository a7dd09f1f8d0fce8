"""What a table says about itself: parts that add up to their whole, shares and their counts."""

from collections.abc import Iterator

import numpy as np

from .columns import Columns, families, label
from .publication import Key, Publication
from .relations import AT_MOST, EQUAL, Relation, Row

CERTAIN = float("inf")
# Parts that nowhere stand beside each other all shown are taken to add up, more or less.
NEVER_ALL_SHOWN = 3.0


def of_one_table(columns: Columns, guess: bool) -> Iterator[Relation]:
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
        compared = [compare(shown, parent, children) for parent, children in one_kind]
        exceeded, fell_short, fitted = (any(found) for found in zip(*compared, strict=True))
        untested = not fitted and len(one_kind[0][1]) > 1
        for parent, children in one_kind:
            if fitted and not exceeded and not fell_short:
                yield relation(columns, parent, children, EQUAL, CERTAIN)
                continue
            if guess and untested and not exceeded and not fell_short:
                yield relation(columns, parent, children, EQUAL, NEVER_ALL_SHOWN)
            for child in children:
                if not np.any(shown[child] > shown[parent]):
                    yield relation(columns, parent, [child], AT_MOST, CERTAIN)


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


def compare(
    shown: dict[Key, np.ndarray], parent: Key, children: list[Key]
) -> tuple[bool, bool, bool]:
    """Whether parts are ever more than their whole, all shown and less, all shown and just so."""
    parts = np.array([shown[child] for child in children])
    total, known = np.nansum(parts, axis=0), ~np.isnan(parts).any(axis=0)
    short = known & (total < shown[parent])
    fits = known & (total == shown[parent]) & (total > 0)
    return bool(np.any(total > shown[parent])), bool(np.any(short)), bool(np.any(fits))


def relation(
    columns: Columns, parent: Key, children: list[Key], sense: str, strength: float
) -> Relation:
    terms = (*((child, 1) for child in children), (parent, -1))
    text = f"{label(((parent, 1),))} is the sum of its parts"
    if sense == AT_MOST:
        text = f"{label(((children[0], 1),))} is part of {label(((parent, 1),))}"
    elif strength < CERTAIN:
        text += " (never all shown)"
    return Relation(text, terms, sense, columns.grain, strength)


def of_shares(publication: Publication) -> Iterator[Row]:
    """A share shown beside a figure that is not."""
    for share in publication.shares:
        part = publication.cell(share.part, share.period, share.release)
        whole = publication.cell(share.whole, share.period, share.release)
        text = f"share of {label(((share.part, 1),))} shown"
        known = Relation(text, ((share.part, 1), (share.whole, -1)), AT_MOST, "", CERTAIN)
        if part is not None and whole is not None:
            yield Row(((part, 1.0), (whole, -share.most)), AT_MOST, known, share.period)
            yield Row(((part, -1.0), (whole, share.least)), AT_MOST, known, share.period)
