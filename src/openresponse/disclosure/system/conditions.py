"""What the conditions on a cell say of one another: some imply others, some exclude one another.

A dispatch with an outcome was one a team was sent to; a call is not both "arrived" and "not
arrived". Every hierarchy says so of its own codes, and codes of two hierarchies that mean the same
carry it over. So a cell has one key however it is asked for, and a cross of two dimensions does
not count what cannot be.
"""

from collections.abc import Iterable
from itertools import combinations

from openresponse.tables.hierarchy import Hierarchy

Condition = tuple[str, object]


class Conditions:
    """Implications and exclusions read off hierarchies, what each of their codes demands (None:
    nothing), and the part of the universe that the hierarchy divides."""

    def __init__(
        self,
        hierarchies: Iterable[tuple[Hierarchy, list[Condition | None], tuple[Condition, ...]]] = (),
    ):
        above: dict[Condition, set[Condition]] = {}
        apart: dict[Condition, set[Condition]] = {}
        for hierarchy, demanded, subset in hierarchies:
            own = {
                code: condition
                for code, condition in zip(hierarchy.codes, demanded, strict=True)
                if condition is not None
            }
            lines = {code: set(hierarchy.ancestors(code)) for code in own}
            for code, condition in own.items():
                above.setdefault(condition, {condition}).update(
                    own[a] for a in lines[code] if a in own
                )
                above[condition].update(whole for whole in subset if whole[0] == condition[0])
            for one, two in combinations(own, 2):
                if one not in lines[two] and two not in lines[one]:
                    apart.setdefault(own[one], set()).add(own[two])
                    apart.setdefault(own[two], set()).add(own[one])
        self._implied = {condition: _closure(condition, above) for condition in above}
        self._excluded = {
            condition: set().union(*(apart.get(c, set()) for c in implied))
            for condition, implied in self._implied.items()
        }

    def reduced(self, conditions: Iterable[Condition]) -> tuple[Condition, ...] | None:
        """The fewest of these conditions that say the same, in one order; None where they cannot
        all hold.
        """
        wanted = set(conditions)
        implied = {c: self._implied.get(c, {c}) for c in wanted}
        everything = set().union(*implied.values()) if implied else set()
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


def _closure(condition: Condition, above: dict[Condition, set[Condition]]) -> set[Condition]:
    found, ahead = set(), [condition]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += above.get(one, ())
    return found
