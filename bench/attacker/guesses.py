"""What two columns of figures may be to each other, guessed from what is shown and from names.

A guess must be better than chance (see `evidence`). One that is false all the same mostly
contradicts what is shown elsewhere; then the solver gives up the weakest.
"""

import math
from collections.abc import Iterator

import numpy as np

from .columns import Column, Columns
from .evidence import NAMED_BITS, match_bits, order_bits, possible_bits
from .names import Names
from .relations import AT_MOST, EQUAL, Relation

# Without names every pair is tried: the number of pairs must be paid for, and one false guess in a
# hundred such attacks is accepted on top.
MARGIN_BITS = 7.0
# Narrower by its codes, and in so many periods (in which it is not 0) not larger.
NAMED_PERIODS = 3
# How sure, in bits, a guess is that rests on names alone: less than any that figures support, or,
# where the codes are the very same, more than most.
NAMES_ALONE = 1.0
SAME_CODES = 40.0
# A shown figure so many thresholds large limits nothing that is small.
FAR = 4


def guesses(columns: Columns, rounded: bool) -> Iterator[Relation]:
    """Equal and never larger, by names and figures, among the columns of one grain."""
    yield from equal_columns(columns, rounded)
    yield from ordered_columns(columns)


def equal_columns(columns: Columns, rounded: bool) -> Iterator[Relation]:
    """Plain columns with all others; of rounded figures no sums, whose errors would add up."""
    names, plain = Names(columns), len(columns.plain)
    pool = columns.plain if rounded else columns.plain + columns.composed
    shown = np.array([column.shown for column in pool])
    withheld = np.array([column.withheld for column in pool])
    tables = np.array([column.table for column in pool])
    price = math.log2(max(2, plain * len(pool) / 2)) + MARGIN_BITS
    for place in range(plain):
        compared = ~np.isnan(shown[place] - shown)
        fits = ~np.any(compared & (shown[place] != shown), axis=1)
        fits &= (withheld[place] | withheld).any(axis=1)
        fits[: place + 1] = False
        fits[place:] &= tables[place:] != tables[place]
        bits = possible_bits(shown[place], compared)
        same, alike = names.same(place), names.alike(place)
        fits[:plain] &= same | (alike & (bits[:plain] >= NAMED_BITS)) | (bits[:plain] >= price)
        fits[plain:] &= bits[plain:] >= price
        for other in np.flatnonzero(fits):
            bits_shown = match_bits(shown[place], shown[other])
            if other < plain and same[other]:
                why, strength = "same codes", SAME_CODES + bits_shown
            elif other < plain and alike[other] and bits_shown >= NAMED_BITS:
                why, strength = f"names agree, {bits_shown:.0f} bits of equal figures", bits_shown
            elif bits_shown >= price:
                why = f"{bits_shown:.0f} bits of equal figures"
                strength = bits_shown - price + MARGIN_BITS
            else:
                continue
            yield relation(columns, pool[place], pool[other], EQUAL, why, strength)


def ordered_columns(columns: Columns) -> Iterator[Relation]:
    """Plain columns of different tables, of which one was never the larger."""
    names, plain = Names(columns), columns.plain
    shown = np.array([column.shown for column in plain])
    withheld = np.array([column.withheld for column in plain])
    tables = np.array([column.table for column in plain])
    price = math.log2(max(2, len(plain) ** 2)) + MARGIN_BITS
    far = FAR * columns.publication.rule.threshold
    for place in range(len(plain)):
        compared = ~np.isnan(shown[place] - shown)
        fits = ~np.any(compared & (shown[place] > shown), axis=1) & (tables != tables[place])
        fits &= can_matter(shown, withheld, place, far)
        narrower = names.wider(place)
        bits = order_bits(shown[place], shown)
        periods = np.sum(compared & (shown[place] > 0), axis=1)
        rare = names.share_rare_code(place)
        by_figures = narrower & (periods >= NAMED_PERIODS)
        for other in np.flatnonzero(fits & (by_figures | (narrower & rare) | (bits >= price))):
            if by_figures[other]:
                why = f"narrower by name, {periods[other]} periods"
                strength = NAMES_ALONE + float(periods[other])
            elif narrower[other] and rare[other]:
                why, strength = "narrower by name", NAMES_ALONE
            else:
                why = f"never larger, {bits[other]:.0f} bits"
                strength = float(bits[other]) - price + MARGIN_BITS
            yield relation(columns, plain[place], plain[other], AT_MOST, why, strength)


def can_matter(shown: np.ndarray, withheld: np.ndarray, small: int, far: float) -> np.ndarray:
    """Both withheld in a period, or one of them where the other says something about it."""
    larger_hidden = withheld & (withheld[small] | (shown[small] > 0))
    smaller_hidden = withheld[small] & (shown > 0) & (shown <= far)
    return np.any(larger_hidden | smaller_hidden, axis=1)


def relation(
    columns: Columns, first: Column, second: Column, sense: str, why: str, strength: float
) -> Relation:
    terms = (*first.parts, *((key, -weight) for key, weight in second.parts))
    text = f"{first.label} {sense} {second.label} ({why})"
    return Relation(text, terms, sense, columns.grain, strength)
