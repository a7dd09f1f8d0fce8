"""All tables as one system of equations over the cells that mean the same thing.

A cell is known by what it counts: universe, period, and the conditions on its dimensions (totals impose
none). The same cell in two tables is one variable. A parent equals the sum of its children, in every
dimension and in time.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from openresponse.counts import CountTable
from openresponse.errors import DisclosureError


@dataclass(frozen=True)
class System:
    """values: true count of each variable. equations: rows of ±1 over the variables that sum to nothing.
    cells: table name to the variable of each of its rows. period: each variable's period. depth: how many
    conditions a variable imposes; details are dearer to keep than totals, so they are withheld first."""

    values: np.ndarray
    equations: sparse.csr_matrix
    cells: dict[str, np.ndarray]
    period: np.ndarray
    depth: np.ndarray
    names: list[str]


def build(tables: list[CountTable]) -> System:
    """The joint system; DisclosureError where the counts do not add up or are no counts."""
    index: dict[tuple, int] = {}
    values: list[int] = []
    names: list[str] = []
    cells = {}
    for table in tables:
        counts = table.cells["count"]
        if counts.isna().any() or (counts < 0).any() or (counts != counts.round()).any():
            raise DisclosureError(f"{table.name}: counts must be whole numbers of at least 0. Nothing was published.")
        rows = []
        for key, value in zip(_keys(table), counts.astype(int), strict=True):
            at = index.setdefault(key, len(values))
            if at == len(values):
                values.append(value)
                names.append(f"{table.name} {_told(key)}")
            elif values[at] != value:
                raise DisclosureError(f"{table.name} {_told(key)}: differs from {names[at].split()[0]}, which counts the same. "
                                      "Nothing was published; this is a defect of a measure.")
            rows.append(at)
        cells[table.name] = np.array(rows, dtype=int)
    triplets, number = [], 0
    seen = set()
    for parent, children in [*_sums(tables, cells), *_sums_in_time(index)]:
        shape = (parent, tuple(sorted(children)))
        if shape in seen or shape == (parent, (parent,)):
            continue
        seen.add(shape)
        if values[parent] != sum(values[c] for c in children):
            raise DisclosureError(f"{names[parent]}: its parts do not add up to it. Nothing was published; this is a defect of a measure.")
        triplets += [(number, parent, -1), *((number, child, 1) for child in children)]
        number += 1
    r, c, v = np.array(triplets, dtype=int).reshape(-1, 3).T
    matrix = sparse.csr_matrix((v, (r, c)), shape=(number, len(values)), dtype=float)
    keys = list(index)
    return System(np.array(values), matrix, cells, np.array([period for _, period, _ in keys]),
                  np.array([len(conditions) for *_, conditions in keys]), names)


def _keys(table: CountTable) -> list[tuple]:
    """What each row counts: (universe, period, conditions)."""
    base = dict(table.where)
    named = []
    for dimension, tree in table.trees.items():
        roots = set(tree.roots) if len(tree.roots) == 1 else set()
        condition = {n.code: None if n.code in roots else (n.means or (dimension, n.code)) for n in tree.nodes}
        named.append([condition[code] for code in table.cells[dimension]])
    rows = zip(*named, strict=True) if named else [()] * len(table.cells)
    return [(table.universe, period, tuple(sorted((base | dict(c for c in conditions if c)).items())))
            for period, conditions in zip(table.cells["period"], rows, strict=True)]


def _told(key: tuple) -> str:
    _, period, conditions = key
    return f"[{period}" + "".join(f", {dimension}={code}" for dimension, code in conditions) + "]"


def _sums(tables: list[CountTable], cells: dict[str, np.ndarray]):
    """Parent variable and child variables, for every inner node of every dimension of every table."""
    for table in tables:
        for dimension, tree in table.trees.items():
            others = ["period", *(d for d in table.trees if d != dimension)]
            frame = table.cells[others].assign(code=table.cells[dimension], at=cells[table.name])
            wide = frame.pivot(index=others, columns="code", values="at")
            for code in tree.codes:
                children = tree.children(code)
                if children:
                    yield from zip(wide[code], wide[children].to_numpy().tolist(), strict=True)


def _sums_in_time(index: dict[tuple, int]):
    """Quarters are three months, years twelve months or four quarters, spans their years."""
    for (universe, period, conditions), at in index.items():
        for finer in finer_periods(period):
            parts = [index.get((universe, part, conditions)) for part in finer]
            if all(part is not None for part in parts):
                yield at, parts


def finer_periods(period: str) -> list[list[str]]:
    """The ways a period is made of shorter ones."""
    if "/" in period:
        first, last = period.split("/")
        return [[str(year) for year in range(int(first), int(last) + 1)]]
    if "-Q" in period:
        quarter = pd.Period(period.replace("-Q", "Q"), freq="Q")
        return [[str(m) for m in pd.period_range(quarter.start_time, quarter.end_time, freq="M")]]
    if len(period) == 4:
        return [[f"{period}-{m:02}" for m in range(1, 13)], [f"{period}-Q{q}" for q in range(1, 5)]]
    return []
