"""What the categories of records mean to each other, as their attributes show it.

Two codes that never meet, although the rarer of them occurred often, exclude each other: an
informed reader takes it so, whether it follows from a definition or was only ever observed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from openresponse.tables.microdata import COUNT, Microdata, Pair

BY_CHANCE = 10  # meetings expected of two unrelated attributes, below which none may be by chance


@dataclass(frozen=True)
class Relations:
    """codes: the codes of each attribute. counts: how often each occurred. together: by pairs of
    attributes how often their codes met, one row a code of the first. never: by pairs of attributes
    which of their codes never meet by definition. could_meet: which could, although they never did.
    """

    codes: dict[str, list[str]]
    counts: dict[str, np.ndarray]
    together: dict[tuple[str, str], np.ndarray]
    never: dict[tuple[str, str], np.ndarray]
    could_meet: dict[tuple[str, str], np.ndarray]
    total: int
    often: int

    @classmethod
    def of(cls, microdata: Microdata, often: int) -> "Relations":
        """often: times the rarer of two codes occurred, from which their never meeting says
        something.
        """
        rows, names = microdata.rows, microdata.attributes
        weights = rows[COUNT].to_numpy(dtype=float)
        codes, blocks = _codes(microdata), {}
        for name in names:
            at = pd.Index(codes[name]).get_indexer(rows[name])
            ones = np.ones(len(rows))
            shape = (len(rows), len(codes[name]))
            blocks[name] = sparse.csr_matrix((ones, (np.arange(len(rows)), at)), shape=shape)
        counts = {name: blocks[name].T @ weights for name in names}
        together = {
            (one, other): np.asarray(
                (blocks[one].multiply(weights[:, None]).T @ blocks[other]).todense()
            )
            for one in names
            for other in names
            if one != other
        }
        never, could_meet = (
            _flags(some, codes) for some in (microdata.never, microdata.could_meet)
        )
        return cls(codes, counts, together, never, could_meet, int(weights.sum()), often)

    def excluded(self, one: str, other: str) -> np.ndarray:
        """Which pairs of codes exclude each other; a row for each code of the first attribute."""
        rarer = np.minimum.outer(self.counts[one], self.counts[other])
        seldom = (self.together[one, other] == 0) & (rarer >= self.often)
        observed = seldom & np.logical_not(self.could_meet.get((one, other), False))
        return np.asarray(observed | self.never.get((one, other), False))

    def beyond_chance(self, one: str, other: str) -> np.ndarray:
        """Those of them that unrelated attributes would not show, or that a definition excludes."""
        expected = np.outer(self.counts[one], self.counts[other]) / max(self.total, 1)
        unlikely = self.excluded(one, other) & (expected >= BY_CHANCE)
        return np.asarray(unlikely | self.never.get((one, other), False))

    def classes(self, attribute: str, other: str) -> dict[str, str]:
        """The codes of `other` to the first code of the class each is in, of those that exclude the
        same codes of `attribute`.

        A code that occurred too seldom to exclude anything joins the narrowest class that allows
        all that it was seen with.
        """
        excluded, met = self.excluded(attribute, other), self.together[attribute, other] > 0
        classes: dict[tuple[bool, ...], list[str]] = {}
        order = np.argsort(-self.counts[other], kind="stable")
        for at in order:
            key = tuple(bool(x) for x in excluded[:, at])
            if self.counts[other][at] < self.often:
                fitting = [one for one in classes if not (np.array(one) & met[:, at]).any()]
                key = max(fitting, key=sum, default=key)
            classes.setdefault(key, []).append(self.codes[other][at])
        return {code: min(codes) for codes in classes.values() for code in codes}


def _codes(microdata: Microdata) -> dict[str, list[str]]:
    """The codes of each attribute that occur, or that a definition names."""
    named = [pair for pairs in (*microdata.never, *microdata.could_meet) for pair in pairs]
    return {
        name: sorted({*microdata.rows[name], *(code for of, code in named if of == name)})
        for name in microdata.attributes
    }


def _flags(
    pairs: Iterable[tuple[Pair, Pair]], codes: dict[str, list[str]]
) -> dict[tuple[str, str], np.ndarray]:
    """By pairs of attributes, both ways round, which of their codes are among these pairs."""
    flags: dict[tuple[str, str], np.ndarray] = {}
    for pair in pairs:
        for (one, code), (other, far) in (pair, pair[::-1]):
            shape = len(codes[one]), len(codes[other])
            own = flags.setdefault((one, other), np.zeros(shape, dtype=bool))
            own[codes[one].index(code), codes[other].index(far)] = True
    return flags
