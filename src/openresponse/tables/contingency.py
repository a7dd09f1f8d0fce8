"""Contingency tables: counts over the cross of some dimensions, as the privacy rules see them."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from openresponse.tables.hierarchy import Hierarchy
from openresponse.tables.microdata import Coarsening


@dataclass(frozen=True)
class Ratio:
    """A published number that is one count over another: `value` = scale × `of` ÷ `to`, rounded.

    value: a column of the table's cells. of: `count`, or a column of plain numbers such as a sum.
    to: `count`; `part_of` or `all`, the cell's parent or root in the dimension `along`; or a column
    of plain numbers such as residents. decimals: how the value is rounded.
    """

    value: str
    of: str
    to: str
    along: str = ""
    scale: float = 1.0
    decimals: int = 3


@dataclass(frozen=True)
class ContingencyTable:
    """Counts over the cross of some dimensions, every margin included.

    cells: one row a cell: a column `period` (ISO month `2026-10`, quarter `2026-Q3`, year `2026`,
        or a span of years `2010/2020` or months `2026-01/2026-03`), one column a dimension of
        `hierarchies`, `count` (non-negative integer) and, once protected, `status` (empty: shown;
        `c`: withheld).
    hierarchies: dimension name to Hierarchy; the cross of their codes is complete in every period.
    universe: what one unit is (`incidents`, `unit_responses`, `rows:units`); only tables of one
        universe can be compared.
    subset: the part of the universe counted, as (dimension, code) pairs of other tables'
    hierarchies.
    known: rows, as sets of (dimension, code) pairs, that a reader can tell from another universe:
        they protect nothing, so they are never withheld to protect another.
    exempt: rows, as sets of (dimension, code) pairs, that are shown however small, for a stated
    reason.
    zeros: `public` where a zero is shown, so that a withheld cell is known to be at least 1;
        `hidden` where 0 to t − 1 are withheld alike.
    sensitive: groups, as (dimension, code), of which it may not be known that all, or all but one,
    are in one of the code's parts.
    ratios: the published numbers that rest on these counts.
    quantiles: (dimension, code, q) of the quantiles published where the rule finds that enough of
        the counted carry them; that they are there tells a reader that the count is not less. In a
        published table the column `at_least` of `cells` says so row by row.
    """

    name: str
    universe: str
    cells: pd.DataFrame
    hierarchies: dict[str, Hierarchy]
    subset: tuple[tuple[str, str], ...] = field(default=())
    known: tuple[frozenset[tuple[str, str]], ...] = field(default=())
    exempt: tuple[frozenset[tuple[str, str]], ...] = field(default=())
    zeros: str = "public"
    sensitive: tuple[tuple[str, str], ...] = field(default=())
    ratios: tuple[Ratio, ...] = field(default=())
    quantiles: tuple[tuple[str, str, float], ...] = field(default=())
    coarsenings: dict[str, Coarsening] = field(default_factory=dict)

    def coarsening(self, dimension: str) -> Coarsening:
        """What the codes of a dimension hold of an attribute of the microdata; where nothing else
        is said, of one that has the dimension's name and its finest codes.
        """
        own = self.coarsenings.get(dimension)
        return self._of_leaves[dimension] if own is None else own

    @cached_property
    def _of_leaves(self) -> dict[str, Coarsening]:
        """For each dimension, which of its finest codes each code holds."""
        found = {}
        for dimension, hierarchy in self.hierarchies.items():
            held: dict[str, set[str]] = {code: set() for code in hierarchy.codes}
            for leaf in hierarchy.leaves:
                for code in hierarchy.ancestors(leaf):
                    held[code].add(leaf)
            codes = {code: frozenset(own) for code, own in held.items()}
            found[dimension] = Coarsening(dimension, codes)
        return found

    def rows(self, which: tuple[frozenset[tuple[str, str]], ...]) -> pd.Series:
        """Which cells carry all the pairs of one of the sets; a pair may name the period."""
        chosen = pd.Series(False, index=self.cells.index)
        for pairs in which:
            chosen |= pd.concat(
                [self.cells[name] == code for name, code in sorted(pairs)], axis="columns"
            ).all(axis="columns")
        return chosen
