"""Published shares and rates bound the counts they rest on, by half a unit of the last decimal."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from openresponse.disclosure.audit.facts import Facts
from openresponse.disclosure.audit.rows import Rows
from openresponse.tables.contingency import ContingencyTable, Ratio

NONE = -1  # in place of a variable, where a side is a plain number


@dataclass(frozen=True)
class Side:
    """One side of a ratio, cell by cell: its variables, or the plain numbers in their place."""

    variables: np.ndarray
    numbers: np.ndarray


def add_ratios(number: int, tables: list[ContingencyTable], facts: Facts, rows: Rows) -> None:
    """Add the bounds of every ratio in a release of which a count is not known."""
    known = np.array([variable.is_known for variable in facts.variables], dtype=bool)
    for table in tables:
        for ratio in table.ratios:
            ids = facts.cells[number, table.name]
            over, under = (_side(table, ratio, side, ids) for side in (ratio.of, ratio.to))
            values = table.cells[ratio.value].to_numpy(dtype=float, na_value=np.nan)
            certain = np.ones(len(values), dtype=bool)
            for side in (over, under):
                certain &= (side.variables == NONE) | known[side.variables]
            half = 0.5 * 10.0**-ratio.decimals + 1e-9
            for at in np.flatnonzero(~np.isnan(values) & ~certain):
                for sign in (1, -1):
                    row, plain = _terms(at, over, under, ratio.scale, values[at] + sign * half)
                    if not np.isnan(plain):
                        rows.add({v: sign * c for v, c in row.items()}, -np.inf, -sign * plain)


def _terms(
    at: np.intp, over: Side, under: Side, scale: float, value: float
) -> tuple[dict[int, float], float]:
    """scale · over − value · under: the factors of its variables, and its plain part."""
    row: dict[int, float] = {}
    plain = 0.0
    for side, factor in ((over, scale), (under, -value)):
        variable = int(side.variables[at])
        if variable == NONE:
            plain += factor * side.numbers[at]
        else:
            row[variable] = row.get(variable, 0.0) + factor
    return row, plain


def _side(table: ContingencyTable, ratio: Ratio, side: str, ids: np.ndarray) -> Side:
    if side == "count":
        return Side(ids, np.zeros(len(ids)))
    if side in ("part_of", "all"):
        return Side(_above(table, ratio.along, side, ids), np.full(len(ids), np.nan))
    numbers = table.cells[side].to_numpy(dtype=float, na_value=np.nan)
    return Side(np.full(len(ids), NONE), numbers)


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
