"""Whether a new release leaves fewer values to a figure that earlier releases gave away, under a
rule that was not as strict. What everybody knows may stay known; nothing may be added to it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from openresponse.disclosure.audit.equations import System
from openresponse.disclosure.audit.facts import Facts
from openresponse.disclosure.audit.found_tables import FoundTables
from openresponse.disclosure.audit.independent_part import IndependentPart, Question
from openresponse.disclosure.audit.solver import Unknown

NARROWER = "can be fewer values than earlier releases leave it"


@dataclass(frozen=True)
class Known:
    """What a reader of some releases knows: the figures by what they count, and the equations."""

    facts: Facts
    system: System

    def part(self, variable: int) -> tuple[IndependentPart, int] | None:
        """The independent part with a variable, and its place there; None where its value is
        known.
        """
        for columns in self._parts:
            at = np.flatnonzero(self._unknown.variables[columns] == variable)
            if at.size:
                return self._unknown.part(columns, self.system, FoundTables(), 0), int(at[0])
        return None

    @cached_property
    def _unknown(self) -> Unknown:
        return Unknown.of(self.system)

    @cached_property
    def _parts(self) -> list[np.ndarray]:
        return self._unknown.parts()


def narrowed(names: Collection[str], before: Known, now: Known) -> list[str]:
    """Names of those figures that can be fewer values now than before; of revised ones too.

    names: of what the releases before give away.
    """
    found = []
    for key, variable in before.facts.index.items():
        name = before.facts.variables[variable].name
        concerned = any(one == name or one.startswith(f"{name}:") for one in names)
        if concerned and not before.facts.variables[variable].is_known:
            ends = _ends(before, variable)
            same = now.facts.index.get(key)
            if same is None or not _reaches(now, same, ends):
                found.append(f"{name}: {NARROWER}")
    return list(dict.fromkeys(found))


def _ends(known: Known, variable: int) -> tuple[int, int]:
    """The smallest and the largest value in any whole table that agrees."""
    there = known.part(variable)
    if there is None:
        value = int(known.system.least[variable])
        return value, value
    part, at = there
    return part.extreme(at, 1), part.extreme(at, -1)


def _reaches(known: Known, variable: int, ends: tuple[int, int]) -> bool:
    """Whether a figure can still be as small and as large as that."""
    there = known.part(variable)
    if there is None:
        return ends[0] == ends[1]
    part, at = there
    lowest, highest = Question(at_most={at: ends[0]}), Question(at_least={at: ends[1]})
    return part.table(lowest) is not None and part.table(highest) is not None
