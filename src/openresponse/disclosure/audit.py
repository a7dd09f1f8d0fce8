"""The attacker: from the published tables alone, can a withheld cell be proved to be small?

Shares no code with the search. Knows every shown number, that a withheld cell is at least 1 (zeros are
shown), that parts add up to their whole, that the same count in two tables is the same, and that months
add up to quarters and years. A cell is safe when some table of whole numbers that agrees with all of
that has it at the threshold or more.
"""

import calendar
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from openresponse.counts import CountTable
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError

CEILING = 10**6  # no city answers more calls in a period


@dataclass(frozen=True)
class Verdict:
    """How many cells are published, how many withheld, and which withheld ones could be proved small."""

    cells: int
    withheld: int
    opened: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.opened

    def check(self) -> None:
        """Raise DisclosureError naming the opened cells, never their values."""
        if self.opened:
            raise DisclosureError(f"{len(self.opened)} withheld cells can be proved to be small from what is shown: "
                                  f"{'; '.join(self.opened[:5])}. Nothing was published; withhold more around them.")


def audit(tables: list[CountTable], rule: Rule) -> Verdict:
    """Try to break published tables: `count` NA and `status` c where withheld. DisclosureError where a shown count is
    small or the shown numbers contradict one another."""
    meaning: dict[frozenset, int] = {}
    known: list[float] = []
    where: list[str] = []
    variables = {}
    for table in tables:
        ids = []
        for what, count, row in _facts(table):
            if count is not None and rule.hides(count):
                raise DisclosureError(f"{table.name} {row}: a count below {rule.threshold} is shown. Nothing was published.")
            at = meaning.setdefault(what, len(known))
            if at == len(known):
                known.append(np.nan)
                where.append(f"{table.name} {row}")
            if count is not None:
                if known[at] not in (count,) and not np.isnan(known[at]):
                    raise DisclosureError(f"{table.name} {row}: differs from {where[at]}, which counts the same. Nothing was published.")
                known[at] = count
            ids.append(at)
        variables[table.name] = ids
    value = np.array(known)
    withheld_rows = sum(int((t.cells["status"] == "c").sum()) for t in tables)
    unknown = np.isnan(value)
    equations, totals = _equations([*_within(tables, variables), *_across_time(meaning)], value)
    opened = [where[v] for v in _provably_small(equations[:, unknown], totals, rule.threshold, np.flatnonzero(unknown))]
    return Verdict(sum(len(t.cells) for t in tables), withheld_rows, tuple(sorted(opened)))


def _facts(table: CountTable):
    """For each row: what it counts, its shown count or None, and how to name it."""
    silent = {d: (tree.roots[0] if len(tree.roots) == 1 else None) for d, tree in table.trees.items()}
    aliases = {d: {n.code: n.means for n in tree.nodes if n.means} for d, tree in table.trees.items()}
    for row in table.cells.to_dict("records"):
        conditions = dict(table.where)
        for dimension in table.trees:
            code = row[dimension]
            if code != silent[dimension]:
                name, meant = aliases[dimension].get(code, (dimension, code))
                conditions[name] = meant
        what = frozenset([("universe", table.universe), ("period", row["period"]), *conditions.items()])
        if (row["status"] == "c") != pd.isna(row["count"]):
            raise DisclosureError(f"{table.name}: a value and its marker do not agree. Nothing was published.")
        shown = None if pd.isna(row["count"]) else int(row["count"])
        yield what, shown, "[" + ", ".join(f"{k}={row[k]}" for k in ("period", *table.trees)) + "]"


def _within(tables: list[CountTable], variables: dict[str, list[int]]):
    """(whole, parts) by position, for each dimension of each table."""
    for table in tables:
        position = {tuple(key): at for key, at in zip(table.cells[["period", *table.trees]].itertuples(index=False), variables[table.name], strict=True)}
        for number, (_, tree) in enumerate(table.trees.items(), start=1):
            for node in tree.nodes:
                below = [n.code for n in tree.nodes if n.parent == node.code]
                if not below:
                    continue
                for key, whole in position.items():
                    if key[number] == node.code:
                        parts = [position.get(key[:number] + (code,) + key[number + 1:]) for code in below]
                        if None in parts:
                            raise DisclosureError(f"{table.name} [{key[0]}]: a row is missing instead of marked. Nothing was published.")
                        yield whole, parts


def _across_time(meaning: dict[frozenset, int]):
    """(whole, parts) where a longer period and all its shorter ones are published."""
    for what, whole in meaning.items():
        facts = dict(what)
        for shorter in _split(facts["period"]):
            parts = [meaning.get(frozenset({**facts, "period": p}.items())) for p in shorter]
            if None not in parts:
                yield whole, parts


def _split(period: str) -> list[list[str]]:
    if "/" in period:
        a, b = (int(year) for year in period.split("/"))
        return [[str(y) for y in range(a, b + 1)]]
    if "-Q" in period:
        year, quarter = period.split("-Q")
        return [[f"{year}-{3 * int(quarter) - k:02}" for k in (2, 1, 0)]]
    if len(period) == 4:
        return [[f"{period}-{m:02}" for m in range(1, len(calendar.month_name))], [f"{period}-Q{q}" for q in (1, 2, 3, 4)]]
    return []


def _equations(sums, value: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Equations with an unknown in them: matrix over all variables, and what its unknown part must come to."""
    rows, columns, signs, totals = [], [], [], []
    for number, (whole, parts) in enumerate(sums):
        rows += [number] * (1 + len(parts))
        columns += [whole, *parts]
        signs += [-1] + [1] * len(parts)
    matrix = sparse.csr_matrix((signs, (rows, columns)), shape=(rows[-1] + 1 if rows else 0, len(value)), dtype=float)
    totals = -(matrix @ np.nan_to_num(value))
    open_ = np.asarray(abs(matrix) @ np.isnan(value).astype(float)) > 0
    if np.any(totals[~open_] != 0):
        raise DisclosureError("The shown numbers do not add up. Nothing was published.")
    return matrix[open_], totals[open_]


def _provably_small(matrix: sparse.csr_matrix, totals: np.ndarray, threshold: int, names: np.ndarray) -> list[int]:
    """Unknowns that are below the threshold in every table of whole numbers that agrees."""
    if matrix.shape[1] == 0:
        return []
    _, label = connected_components(matrix.T @ matrix, directed=False)
    order = np.argsort(label, kind="stable")
    found = []
    for part in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
        block = matrix[:, part]
        rows = np.diff(block.indptr) > 0
        found += [int(names[part[k]]) for k in _small_in_block(block[rows], totals[rows], threshold)]
    return found


def _small_in_block(block: sparse.csr_matrix, totals: np.ndarray, threshold: int) -> list[int]:
    n = block.shape[1]
    rules = [LinearConstraint(block, totals, totals)] if block.shape[0] else []
    bounds = Bounds(np.ones(n), np.full(n, CEILING))
    undecided, small = set(range(n)), []
    while undecided:
        cell = min(undecided)
        objective = np.zeros(n)
        objective[cell] = -1
        result = milp(objective, integrality=np.ones(n), constraints=rules, bounds=bounds)
        if result.status != 0:
            raise DisclosureError(f"The audit's solver stopped without an answer (status {result.status}). Nothing was published.")
        large = {int(k) for k in np.flatnonzero(np.rint(result.x) >= threshold)}
        if cell not in large:
            small.append(cell)
        undecided -= large | {cell}
    return small
