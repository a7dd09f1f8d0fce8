"""What the conditions on a cell say about one another: some imply others, some exclude one another.

A dispatch with an outcome is one a team was sent to; a call is not both "arrived" and "not
arrived". Every hierarchy says so of its own codes, and codes of two hierarchies that mean the same
carry it over. So a cell has one key however it is asked for, and a joint table leaves out its
structural zeros.

What cannot occur together is known to the search and to its witnesses from here alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from openresponse.tables.hierarchy import Hierarchy

Condition = tuple[str, object]  # a dimension and one of its codes, or an axis and a band of it


@dataclass(frozen=True)
class Classification:
    """A hierarchy, what each of its codes demands (None: nothing), and the part of the universe
    that it divides."""

    hierarchy: Hierarchy
    demands: Sequence[Condition | None]
    subset: tuple[tuple[str, str], ...]


class Conditions:
    """The implications and exclusions that the hierarchies of one universe define."""

    def __init__(self, classifications: Iterable[Classification] = ()) -> None:
        wider: dict[Condition, set[Condition]] = {}
        apart: dict[Condition, set[Condition]] = {}
        for one in classifications:
            _read(one, wider, apart)
        self._implied = {condition: _closure(condition, wider) for condition in wider}
        self._excluded: dict[Condition, set[Condition]] = {
            condition: set().union(*(apart.get(c, set()) for c in implied))
            for condition, implied in self._implied.items()
        }

    def reduced(self, conditions: Iterable[Condition]) -> tuple[Condition, ...] | None:
        """The fewest of these conditions that say the same, in one order; None for a structural
        zero: they cannot all hold.
        """
        wanted = set(conditions)
        implied = {c: self._implied.get(c, {c}) for c in wanted}
        everything: set[Condition] = set().union(*implied.values())
        if any(self._excluded.get(c, set()) & everything for c in wanted):
            return None
        needless = {
            c
            for c in wanted
            for other in wanted
            if other != c
            and c in implied[other]
            and not (other in implied[c] and str(c) < str(other))
        }
        return tuple(sorted(wanted - needless, key=str))


def _read(
    one: Classification,
    wider: dict[Condition, set[Condition]],
    apart: dict[Condition, set[Condition]],
) -> None:
    """Note what the codes of one hierarchy imply, and which of them exclude one another."""
    own = {
        code: condition
        for code, condition in zip(one.hierarchy.codes, one.demands, strict=True)
        if condition is not None
    }
    ancestors = {code: set(one.hierarchy.ancestors(code)) for code in own}
    for code, condition in own.items():
        implied = wider.setdefault(condition, {condition})
        implied |= {own[above] for above in ancestors[code] if above in own}
        implied |= {whole for whole in one.subset if whole[0] == condition[0]}
    for a, b in combinations(own, 2):
        if a not in ancestors[b] and b not in ancestors[a]:
            apart.setdefault(own[a], set()).add(own[b])
            apart.setdefault(own[b], set()).add(own[a])


def _closure(condition: Condition, wider: dict[Condition, set[Condition]]) -> set[Condition]:
    """The condition and all that follows from it."""
    implied: set[Condition] = set()
    ahead = [condition]
    while ahead:
        one = ahead.pop()
        if one not in implied:
            implied.add(one)
            ahead += wider.get(one, set())
    return implied
