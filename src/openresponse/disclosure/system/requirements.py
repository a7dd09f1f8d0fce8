"""What the privacy rule asks of each variable, and what a reader knows of it beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.system.cell_sums import by_code
from openresponse.tables.contingency import ContingencyTable


@dataclass(frozen=True)
class Requirements:
    """threshold: for each variable the smallest count that may be shown; 0 where any may.
    least: what a withheld variable is known to be at least.
    may_be_zero: flags of those that readers may prove to be 0: of sensitive groups, where zeros are
    shown elsewhere.
    sensitive_groups: for each group in which all, or all but one, have the same sensitive code, the
    variables of its codes. Such a group is withheld whole, its zeros too, as readers know.
    """

    threshold: np.ndarray
    least: np.ndarray
    may_be_zero: np.ndarray
    sensitive_groups: list[np.ndarray]


def requirements(
    tables: Sequence[ContingencyTable],
    variables: dict[str, np.ndarray],
    values: np.ndarray,
    rule: Rule,
) -> Requirements:
    """What the rule asks. variables: table name to the variable of each of its cells."""
    threshold, least = _bounds(tables, variables, rule, len(values))
    zeros_shown, may_be_zero = least > 0, np.zeros(len(values), dtype=bool)
    groups = [
        group[1:]
        for group in _groups(tables, variables)
        if values[group[0]] >= 1 and values[group[1:]].max() >= values[group[0]] - 1
    ]
    for codes in groups:
        least[codes], may_be_zero[codes] = 0, zeros_shown[codes]
    return Requirements(threshold, least, may_be_zero, groups)


def _bounds(
    tables: Sequence[ContingencyTable], variables: dict[str, np.ndarray], rule: Rule, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Threshold and least of each variable: protected where any table does, unless exempt."""
    threshold, least = np.zeros(size, dtype=int), np.zeros(size, dtype=int)
    exempt = np.zeros(size, dtype=bool)
    zeros_withheld = np.zeros(size, dtype=bool)
    for table in tables:
        at = variables[table.name]
        threshold[at[rule.protects(_residents(table))]] = rule.threshold
        exempt[at[table.rows(table.exempt).to_numpy(dtype=bool)]] = True
        zeros_withheld[at] |= "hidden" in (rule.zeros, table.zeros)
        least[at] = np.maximum(least[at], 1)
        for dimension, code, q in table.quantiles:
            needs = rule.quantile_needs(q)
            shown = (table.cells[dimension] == code) & (table.cells["count"] >= needs)
            behind = at[shown.to_numpy(dtype=bool)]
            least[behind] = np.maximum(least[behind], needs)
    threshold[exempt] = 0
    least[zeros_withheld] = np.where(least[zeros_withheld] > 1, least[zeros_withheld], 0)
    return threshold, least


def _residents(table: ContingencyTable) -> np.ndarray:
    """The residents of each cell's smallest area that is known; NaN where no area says."""
    known = [
        table.cells[name]
        .map({node.code: node.residents for node in hierarchy.nodes})
        .astype("Float64")
        for name, hierarchy in table.hierarchies.items()
        if any(node.residents is not None for node in hierarchy.nodes)
    ]
    if not known:
        return np.full(len(table.cells), np.nan)
    smallest = pd.concat(known, axis="columns").min(axis="columns")
    return np.asarray(smallest.to_numpy(dtype=float, na_value=np.nan))


def _groups(
    tables: Sequence[ContingencyTable], variables: dict[str, np.ndarray]
) -> list[np.ndarray]:
    """For each sensitive group its variables, that of the whole first, then those of its codes."""
    groups: list[np.ndarray] = []
    for table in tables:
        for name, code in table.sensitive:
            wide = by_code(table, name, variables[table.name])
            groups += list(wide[[code, *table.hierarchies[name].children(code)]].to_numpy())
    return groups


def rounding(
    values: np.ndarray, shown: np.ndarray, threshold: np.ndarray, rule: Rule
) -> tuple[np.ndarray, np.ndarray]:
    """How far below and above its true value a shown count may lie, for all that a reader of its
    rounding knows. shown: the counts as they are shown.
    """
    low = np.maximum(shown - rule.round_to // 2, threshold)
    high = shown + (rule.round_to - 1) // 2
    rounded = (values > 0) & (threshold > 0)
    return np.where(rounded, values - low, 0), np.where(rounded, high - values, 0)
