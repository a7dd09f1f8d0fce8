"""A share as people say it: `8 in 10 calls`, `half of the contacts`. The exact share stands beside
it wherever it is used.
"""

from dataclasses import dataclass
from fractions import Fraction

from openresponse.language import N_, _

CLOSE = Fraction(1, 40)  # a fraction is said of shares at most this far from it
HALF = Fraction(1, 2)
# As they are said: numerator and denominator.
SAID = (
    (1, 10), (1, 6), (1, 5), (1, 4), (3, 10), (1, 3), (4, 10), (1, 2),
    (6, 10), (2, 3), (7, 10), (3, 4), (8, 10), (9, 10),
)  # fmt: skip
FRACTIONS = {Fraction(*one): one for one in SAID}
LEAST = Fraction(3, 40)  # below it a share is one in so many of these, the one of the nearest ratio
ONE_IN = (100, 75, 50, 40, 30, 25, 20, 15)
RARE = Fraction(1, 125)  # below it a share is fewer than one in a hundred


@dataclass(frozen=True)
class Noun:
    """What a share is of, in each of the forms that it is said in."""

    none: str
    few: str
    some: str
    half: str
    more: str
    over_half: str
    most: str


CALLS = Noun(
    none=N_("none of the calls"),
    few=N_("fewer than {n} in {of} calls"),
    some=N_("{n} in {of} calls"),
    half=N_("half of the calls"),
    more=N_("more than {n} in {of} calls"),
    over_half=N_("more than half of the calls"),
    most=N_("all of the calls"),
)
CONTACTS = Noun(
    none=N_("none of the contacts"),
    few=N_("fewer than {n} in {of} contacts"),
    some=N_("{n} in {of} contacts"),
    half=N_("half of the contacts"),
    more=N_("more than {n} in {of} contacts"),
    over_half=N_("more than half of the contacts"),
    most=N_("all of the contacts"),
)


def rounded(n: int, of: int, noun: Noun) -> str:
    """The share that n is of a number above zero, in words, such as `more than 8 in 10 calls`."""
    share = Fraction(n, of)
    if n in (0, of):
        return _(noun.most if n else noun.none)
    if share < RARE:
        return _(noun.few, n=1, of=ONE_IN[0])
    if share < LEAST:
        return _(noun.some, n=1, of=min(ONE_IN, key=lambda one: max(share * one, 1 / share / one)))
    near = min(FRACTIONS, key=lambda one: abs(share - one))
    is_close = abs(share - near) <= CLOSE
    if not is_close:
        near = max(one for one in FRACTIONS if one < share)
    if near == HALF:
        return _(noun.half if is_close else noun.over_half)
    above, below = FRACTIONS[near]
    return _(noun.some if is_close else noun.more, n=above, of=below)
