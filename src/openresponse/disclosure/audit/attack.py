"""The attack on one independent part: on small figures, small changes and sensitive groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from openresponse.disclosure.audit.equations import System
from openresponse.disclosure.audit.independent_part import IndependentPart, Question
from openresponse.disclosure.audit.table_sums import SensitiveGroup


def alike(system: System, group: SensitiveGroup) -> str:
    """What is opened where a sensitive group is."""
    return f"{system.names[group[0]]}: all, or all but one, are alike"


@dataclass(frozen=True)
class Attack:
    """variables: the number in the system of each variable of the part."""

    system: System
    part: IndependentPart
    variables: np.ndarray
    threshold: int

    def opened(self) -> Iterator[str]:
        """Names of what can be proved."""
        yield from self._small_changes()
        yield from self._small_figures()
        yield from self._sensitive_groups()

    @cached_property
    def _place(self) -> dict[int, int]:
        """Variable of the system to its number in the part."""
        return {int(v): k for k, v in enumerate(self.variables)}

    def _small_figures(self) -> Iterator[str]:
        """Protected figures that are below the threshold in every table that agrees."""
        place, t = self._place, self.threshold
        protected = {place[v]: self.system.names[v] for v in self.system.protected if v in place}
        undecided = {
            at for at in protected if not any(table[at] >= t for table in self.part.tables)
        }
        zeros = {place[v] for v in self.system.zeros if v in place}
        undecided -= self.part.always_at(dict.fromkeys(undecided & zeros, 0))
        while undecided:
            one = min(undecided)
            hoped = dict.fromkeys(undecided, t)
            table = self.part.table(Question(at_least={one: t}, hoped=hoped))
            if table is None:
                yield protected[one]
                undecided.remove(one)
            else:
                undecided -= {at for at in undecided if table[at] >= t}

    def _small_changes(self) -> Iterator[str]:
        """Revised figures, withheld, of which it can be proved that they differ a little from the
        earlier ones.
        """
        place, t, part = self._place, self.threshold, self.part
        undecided = {
            (place[v], old)
            for v, old in self.system.carried_forward
            if v in place and not any(abs(table[place[v]] - old) >= t for table in part.tables)
        }
        # Most have not changed at all, which is no secret.
        least = {at: old for at, old in sorted(undecided) if part.least[at] >= old}
        unchanged = part.always_at(least)
        undecided -= {(at, old) for at, old in undecided if at in unchanged and old == least[at]}
        while undecided:
            one, earlier = min(undecided)
            hoped = {at: old + t for at, old in sorted(undecided)}
            table = self._away(one, earlier, t, hoped)
            if table is None:
                if self._away(one, earlier, 1, {}) is not None:
                    yield f"{self.system.names[self.variables[one]]}: the revision"
                undecided.remove((one, earlier))
            else:
                undecided -= {(at, old) for at, old in undecided if abs(table[at] - old) >= t}

    def _away(self, one: int, old: int, by: int, hoped: dict[int, int]) -> np.ndarray | None:
        """A whole table in which a figure is so far from the earlier one, on either side."""
        above = self.part.table(Question(at_least={one: old + by}, hoped=hoped))
        if above is not None:
            return above
        return self.part.table(Question(at_most={one: old - by}))

    def _sensitive_groups(self) -> Iterator[str]:
        """Groups, not empty, with all, or all but one, in one code in every table that agrees."""
        place = self._place
        for group in self.system.sensitive_groups:
            whole, codes = group
            touched = any(code in place for code in codes) and self.system.least[whole] >= 1
            if touched and not all(self._can_be_two(set(codes) - {code}) for code in codes):
                yield alike(self.system, group)

    def _can_be_two(self, variables: set[int]) -> bool:
        """Whether these can be two or more together."""
        place, least = self._place, self.system.least
        if sum(int(least[v]) for v in variables) >= 2:
            return True
        inner = sorted(place[v] for v in variables if v in place)
        need = 2 - sum(int(least[v]) for v in variables if v not in place)
        if any(table[inner].sum() >= need for table in self.part.tables):
            return True
        return bool(inner) and self.part.table(Question(together=inner, need=need)) is not None
