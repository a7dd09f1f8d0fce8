"""A table of counts as the privacy rules see it: cells, the trees they lie in, and what they count."""

from dataclasses import dataclass, field

import pandas as pd

from openresponse.tree import Tree


@dataclass(frozen=True)
class CountTable:
    """Counts over the cross of some dimensions, every margin included.

    cells: one row a cell: a column `period` (ISO month `2026-10`, quarter `2026-Q3`, year `2026` or
        span `2010/2020`), one column a dimension of `trees`, `count` (non-negative integer) and, once
        protected, `status` (empty: shown; `c`: withheld).
    trees: dimension name to Tree; the cross of their codes is complete in every period.
    universe: what one unit is (`incidents`, `unit_responses`, `rows:units`); only tables of one
        universe can be compared.
    where: the part of the universe counted, as (dimension, code) pairs of other tables' trees.
    known: rows, as sets of (dimension, code) pairs, that a reader can tell from another universe: they
        protect nothing, so they are never withheld to protect another.
    """

    name: str
    universe: str
    cells: pd.DataFrame
    trees: dict[str, Tree]
    where: tuple[tuple[str, str], ...] = field(default=())
    known: tuple[frozenset[tuple[str, str]], ...] = field(default=())
