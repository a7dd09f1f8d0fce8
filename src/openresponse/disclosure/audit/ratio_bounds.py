"""Published shares and rates bound the counts they rest on, by half a unit of the last decimal.

They are made of counts as they are shown. Where these are rounded, a share of two shown counts says
nothing that the counts do not say; beside a withheld one it bounds what that would be rounded to.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from openresponse.disclosure.audit.facts import Facts, Variable
from openresponse.disclosure.audit.record_kinds.variable_marks import mark
from openresponse.disclosure.audit.rows import Rows
from openresponse.disclosure.rules import Rule
from openresponse.tables.contingency import ContingencyTable, Ratio

NONE = -1  # in place of a variable, where a side is a plain number
MULTIPLE = "how many times the base a count is rounded to"


@dataclass(frozen=True)
class Side:
    """One side of a ratio, cell by cell. variables: of its counts. numbers: what goes into the
    ratio, where it is known.
    """

    variables: np.ndarray
    numbers: np.ndarray


@dataclass(frozen=True)
class Rounded:
    """Withheld counts as they would be shown. multiples: variable to that of its multiple of the
    base.
    """

    facts: Facts
    rows: Rows
    base: int
    multiples: dict[int, int] = field(default_factory=dict)

    def term(self, variable: int) -> tuple[int, int]:
        """The rounded count, as a variable and its factor."""
        if self.base == 1:
            return variable, 1
        if variable not in self.multiples:
            of = self.facts.variables[variable]
            self.multiples[variable] = len(self.facts.variables)
            self.facts.variables.append(Variable(MULTIPLE, mark(MULTIPLE, of.mark), of.months))
            factors = {variable: 1.0, self.multiples[variable]: -float(self.base)}
            self.rows.add(factors, -(self.base // 2), (self.base - 1) // 2)
        return self.multiples[variable], self.base


def add_ratios(
    number: int, tables: list[ContingencyTable], facts: Facts, rows: Rows, rule: Rule
) -> None:
    """Add the bounds of every ratio in a release of which a count is not known."""
    known = np.array(
        [rule.rounded(v.low) if v.is_known else np.nan for v in facts.variables], dtype=float
    )
    rounded = Rounded(facts, rows, rule.round_to)
    for table in tables:
        shown = known.copy()
        counts = table.cells["count"].to_numpy(dtype=float, na_value=np.nan)
        ids = facts.cells[number, table.name]
        shown[ids] = np.where(np.isnan(counts), known[ids], counts)
        for ratio in table.ratios:
            over, under = (_side(table, ratio, side, ids, shown) for side in (ratio.of, ratio.to))
            values = table.cells[ratio.value].to_numpy(dtype=float, na_value=np.nan)
            certain = ~np.isnan(over.numbers) & ~np.isnan(under.numbers)
            half = 0.5 * 10.0**-ratio.decimals + 1e-9
            for at in np.flatnonzero(~np.isnan(values) & ~certain):
                for sign in (1, -1):
                    factors = ((over, ratio.scale), (under, -(values[at] + sign * half)))
                    row, plain = _terms(at, factors, rounded)
                    if not np.isnan(plain):
                        rows.add({v: sign * c for v, c in row.items()}, -np.inf, -sign * plain)


def _terms(
    at: np.intp, sides: tuple[tuple[Side, float], ...], rounded: Rounded
) -> tuple[dict[int, float], float]:
    """The sum of the sides by their factors: the factors of its variables, and its plain part."""
    row: dict[int, float] = {}
    plain = 0.0
    for side, factor in sides:
        variable = int(side.variables[at])
        if variable == NONE or not np.isnan(side.numbers[at]):
            plain += factor * side.numbers[at]
        else:
            multiple, base = rounded.term(variable)
            row[multiple] = row.get(multiple, 0.0) + factor * base
    return row, plain


def _side(
    table: ContingencyTable, ratio: Ratio, side: str, ids: np.ndarray, shown: np.ndarray
) -> Side:
    """shown: of each variable the count that goes into ratios, nan where it is not known."""
    if side not in ("count", "part_of", "all"):
        numbers = table.cells[side].to_numpy(dtype=float, na_value=np.nan)
        return Side(np.full(len(ids), NONE), numbers)
    variables = ids if side == "count" else _above(table, ratio.along, side, ids)
    return Side(variables, np.where(variables == NONE, np.nan, shown[variables]))


def _above(table: ContingencyTable, along: str, side: str, ids: np.ndarray) -> np.ndarray:
    """The variable of each cell's parent (`part_of`) or root (`all`) in one dimension."""
    hierarchy = table.hierarchies[along]
    others = [pd.factorize(table.cells[d])[0] for d in ("period", *table.hierarchies) if d != along]
    place = {code: at for at, code in enumerate(hierarchy.codes)}
    above = [
        place.get(str(hierarchy.parents[code] if side == "part_of" else hierarchy.roots[0]), -1)
        for code in place
    ]
    own = table.cells[along].map(place).to_numpy(dtype=int)
    group = np.unique(np.stack(others), axis=1, return_inverse=True)[1].ravel()
    # The last column is of those that have nothing above.
    grid = np.full((group.max(initial=-1) + 1, len(place) + 1), NONE)
    grid[group, own] = ids
    return np.asarray(grid[group, np.array(above)[own]])
