"""All tables as one system of equations over the cells that mean the same thing.

A cell is known by what it counts: universe, months, and the conditions on its dimensions (totals
impose none). The same cell in two tables is one variable. A parent equals the sum of its children,
in every dimension, in time and along every axis. Cells that nobody publishes are added where the
published ones alone would allow what no real table can be (see `crosses`).
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from scipy import sparse

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.system.completion import fill
from openresponse.disclosure.system.conditions import Condition, Conditions
from openresponse.disclosure.system.joint_tables import crosses
from openresponse.disclosure.system.periods import months, pieces
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy

NOTHING = -1  # in a grid: what cannot be


@dataclass(frozen=True)
class System:
    """One variable a cell.

    values: true counts; of cells that are not published, some counts that agree with the others.
    published: whether a table shows the variable. equations: rows over the variables that sum to
    nothing.
    threshold: the smallest count that may be shown; 0 where any may. least: what a withheld cell is
    known to be at least. free: how far a shown value is known, as (below, above) its true one; not
    0 where rounded.
    alike: for each sensitive group in which all, or all but one, are alike: the variables of its
    codes.
    cells: table name to the variable of each of its rows. stretch: each variable's months.
    depth: how many conditions it imposes; details are withheld before totals. grids: the variables
    of each published table as (periods, codes of each dimension), with each finest code's siblings.
    """

    values: np.ndarray
    published: np.ndarray
    equations: sparse.csr_matrix
    threshold: np.ndarray
    least: np.ndarray
    free: tuple[np.ndarray, np.ndarray]
    alike: list[np.ndarray]
    cells: dict[str, np.ndarray]
    stretch: np.ndarray
    depth: np.ndarray
    grids: list[tuple[np.ndarray, list[list[np.ndarray]]]]
    keys: list[tuple]
    names: list[str]

    @property
    def primary(self) -> np.ndarray:
        """Which variables may not be shown for what they are: too small, or of a group that is
        alike.
        """
        found = (self.values >= self.least) & (self.values < self.threshold)
        for codes in self.alike:
            found[codes] = True
        return found


class _Builder:
    """Variables by what they count, and the sums between them."""

    def __init__(self, tables: list[ContingencyTable]):
        self.same = _renamed(tables)
        hierarchies = {
            universe: [
                (hierarchy, self.demanded(universe, name, hierarchy), table.subset)
                for table in tables
                if table.universe == universe
                for name, hierarchy in table.hierarchies.items()
            ]
            for universe in {table.universe for table in tables}
        }
        self.conditions = {universe: Conditions(own) for universe, own in hierarchies.items()}
        self.index: dict[tuple, int] = {}
        self.names: list[str] = []
        self.sums: dict[tuple, None] = {}
        self.grids: list[tuple[np.ndarray, list[list[np.ndarray]]]] = []

    def demanded(
        self, universe: str, dimension: str, hierarchy: Hierarchy
    ) -> list[Condition | None]:
        """What each code of a hierarchy demands; a lone root demands nothing."""
        name = self.same.get((universe, dimension), dimension)
        silent = set(hierarchy.roots) if len(hierarchy.roots) == 1 else set()
        return [
            (
                None
                if node.code in silent
                else node.means
                or ((f"axis:{node.span[0]}", node.span[1:]) if node.span else (name, node.code))
            )
            for node in hierarchy.nodes
        ]

    def grid(
        self,
        name: str,
        universe: str,
        stretches,
        hierarchies: dict[str, Hierarchy],
        subset,
        published: bool = False,
    ) -> np.ndarray:
        """Variables of a whole cross, in the shape (stretches, codes of each hierarchy), and its
        sums.

        Cells whose conditions exclude one another are nothing: −1 in a cross, and a variable that
        is 0 where they are published.
        """
        codes = [
            self.demanded(universe, dimension, hierarchy)
            for dimension, hierarchy in hierarchies.items()
        ]
        asked = [(*subset, *(c for c in chosen if c)) for chosen in product(*codes)]
        reduced = [self.conditions[universe].reduced(conditions) for conditions in asked]
        ids = np.full((len(stretches), len(asked)), NOTHING)
        for (row, stretch), (column, conditions) in product(
            enumerate(stretches), enumerate(reduced)
        ):
            if conditions is not None:
                ids[row, column] = self.variable(name, (universe, stretch, conditions))
            elif published:
                ids[row, column] = self.variable(
                    name, (universe, stretch, tuple(sorted(set(asked[column]), key=str)))
                )
                self.sums[int(ids[row, column]), ()] = None
        ids = ids.reshape(len(stretches), *(len(c) for c in codes))
        for axis, hierarchy in enumerate(hierarchies.values(), start=1):
            at = {code: k for k, code in enumerate(hierarchy.codes)}
            for code in hierarchy.codes:
                children = hierarchy.children(code)
                if children:
                    parts = np.stack([ids.take(at[c], axis).ravel() for c in children], axis=1)
                    self.add(ids.take(at[code], axis).ravel(), parts)
        return ids

    def variable(self, name: str, key: tuple) -> int:
        at = self.index.setdefault(key, len(self.names))
        if at == len(self.names):
            self.names.append(f"{name} {told(key)}")
        return at

    def add(self, wholes, parts) -> None:
        for whole, these in zip(wholes, parts, strict=True):
            there = sorted(int(p) for p in these if p != NOTHING)
            if whole != NOTHING and there != [whole]:
                self.sums[int(whole), tuple(there)] = None

    def lines(self) -> list[tuple[tuple, tuple[int, int]]]:
        """Adds the sums along time and along axes; returns the pieces that no variable stands
        for.
        """
        missing, found = [], {}
        for key, at in list(self.index.items()):
            for base, stretch in _lines(key):
                found.setdefault(base, {})[stretch] = at
        for base, stretches in found.items():
            if len(stretches) > 1:
                for whole, parts in pieces(set(stretches)).items():
                    missing += [(base, part) for part in parts if part not in stretches]
                    if all(part in stretches for part in parts):
                        self.add([stretches[whole]], [[stretches[part] for part in parts]])
        return missing

    def matrix(self) -> sparse.csr_matrix:
        rows = [
            (n, c, s)
            for n, (whole, parts) in enumerate(self.sums)
            for c, s in ((whole, -1), *((p, 1) for p in parts))
        ]
        r, c, v = np.array(rows, dtype=int).reshape(-1, 3).T
        return sparse.csr_matrix((v, (r, c)), shape=(len(self.sums), len(self.names)), dtype=float)


def build(tables: list[ContingencyTable], rule: Rule) -> System:
    """The joint system; DisclosureError where the counts do not add up or are no counts."""
    builder = _Builder(tables)
    cells = {table.name: _rows(table, builder) for table in tables}
    shown = len(builder.names)
    values = _values(tables, cells, builder.names)
    for cross in crosses(tables):
        builder.grid("cross", cross.universe, cross.stretches, cross.hierarchies, cross.subset)
    # Pieces of overlapping stretches that no table has: added for whole tables, so that they add up
    # too.
    while missing := builder.lines():
        _complete(missing, tables, builder)
    equations = builder.matrix()
    values = np.concatenate([values, np.full(len(builder.names) - shown, -1)])
    published = np.arange(len(values)) < shown
    _add_up(equations, values, published, builder.names)
    keys = list(builder.index)
    threshold, least = _protection(tables, cells, rule, len(values))
    alike = [
        group[1:]
        for group in _groups(tables, cells)
        if values[group[0]] >= 1 and values[group[1:]].max() >= values[group[0]] - 1
    ]
    for codes in alike:
        least[codes] = 0  # such a group is withheld whole, its zeros too, and readers are told so
    return System(
        fill(values, equations, published),
        published,
        equations,
        threshold,
        least,
        _free(values, threshold, rule),
        alike,
        cells,
        np.array([key[1] for key in keys]),
        np.array([len(key[2]) for key in keys]),
        builder.grids,
        keys,
        builder.names,
    )


def _rows(table: ContingencyTable, builder: _Builder) -> np.ndarray:
    """The variable of each row, in the table's own order."""
    periods = list(table.cells["period"].unique())
    ids = builder.grid(
        table.name,
        table.universe,
        [months(p) for p in periods],
        table.hierarchies,
        table.subset,
        published=True,
    )
    builder.grids.append((ids, [_siblings(hierarchy) for hierarchy in table.hierarchies.values()]))
    whole = pd.MultiIndex.from_product(
        [periods, *(hierarchy.codes for hierarchy in table.hierarchies.values())]
    )
    rows = (
        pd.MultiIndex.from_frame(table.cells[["period", *table.hierarchies]])
        if table.hierarchies
        else pd.MultiIndex.from_arrays([table.cells["period"]])
    )
    at = whole.get_indexer(rows)
    if len(rows) != len(whole) or (at < 0).any() or len(set(at)) != len(at):
        raise DisclosureError(
            f"{table.name}: its rows are not the whole cross of its codes, each once. Nothing was"
            " published; this is a defect of a measure."
        )
    return ids.ravel()[at]


def _renamed(tables: list[ContingencyTable]) -> dict[tuple[str, str], str]:
    """Dimensions that differ in name only: tables that count the same, cell by cell, will be seen
    to do so.
    """
    seen: dict[tuple, str] = {}
    same = {}
    for table in tables:
        for name, hierarchy in table.hierarchies.items():
            if any(node.means or node.span for node in hierarchy.nodes):
                continue
            others = tuple(sorted(set(table.hierarchies) - {name}))
            ordered = table.cells.sort_values(["period", *others, name])
            what = (
                table.universe,
                table.subset,
                others,
                tuple(sorted((c, p or "") for c, p in hierarchy.parents.items())),
                tuple(
                    ordered[["period", *others, name, "count"]].itertuples(index=False, name=None)
                ),
            )
            first = seen.setdefault(what, name)
            if first != name:
                same[table.universe, name] = first
    return same


def _values(tables, cells, names) -> np.ndarray:
    values = np.full(len(names), -1)
    first: dict[int, str] = {}
    for table in tables:
        counts = table.cells["count"]
        if counts.isna().any() or (counts < 0).any() or (counts != counts.round()).any():
            raise DisclosureError(
                f"{table.name}: counts must be whole numbers of at least 0. Nothing was published."
            )
        for at, value in zip(cells[table.name], counts.astype(int), strict=True):
            if values[at] not in (-1, value):
                raise DisclosureError(
                    f"{table.name}: {names[at].split(' ', 1)[1]} differs from {first[at]}, which"
                    " counts the same. Nothing was published; this is a defect of a measure."
                )
            values[at] = value
            first.setdefault(int(at), table.name)
    return values


def _siblings(hierarchy: Hierarchy) -> list[np.ndarray]:
    """For each code the finest codes beside it under the same parent; none for a code that has
    parts.
    """
    at = {code: k for k, code in enumerate(hierarchy.codes)}
    leaves, parents = set(hierarchy.leaves), hierarchy.parents
    return [
        np.array(
            (
                [at[c] for c in hierarchy.leaves if c != code and parents[c] == parents[code]]
                if code in leaves
                else []
            ),
            dtype=int,
        )
        for code in hierarchy.codes
    ]


def _lines(key: tuple):
    """The lines on which a cell is a stretch: time, and each axis it has a condition on."""
    universe, stretch, conditions = key
    yield (universe, "time", conditions), stretch
    for condition in conditions:
        if condition[0].startswith("axis:"):
            yield (
                (universe, stretch, condition[0], tuple(c for c in conditions if c != condition)),
                condition[1],
            )


def _complete(missing: list, tables: list[ContingencyTable], builder: _Builder) -> None:
    before = len(builder.names)
    for base, piece in missing:
        if base[1] == "time":
            builder.variable("cross", (base[0], piece, base[2]))
        else:
            universe, stretch, axis, others = base
            builder.variable(
                "cross", (universe, stretch, tuple(sorted((*others, (axis, piece)), key=str)))
            )
    stretches = {piece for base, piece in missing if base[1] == "time"}
    for table in tables:
        own = {months(p) for p in table.cells["period"].unique()}
        inside = [s for s in sorted(stretches) if any(a <= s[0] and s[1] <= b for a, b in own)]
        if inside:
            builder.grid("cross", table.universe, inside, table.hierarchies, table.subset)
    if len(builder.names) == before:
        raise DisclosureError(
            "The periods of the tables could not be divided. Nothing was published; report this"
            " defect."
        )


def _add_up(equations, values: np.ndarray, published: np.ndarray, names: list[str]) -> None:
    """Sums of published cells alone hold."""
    whole = np.diff(equations[:, published].indptr) == np.diff(equations.indptr)
    off = np.flatnonzero(whole & (equations @ np.where(published, values, 0) != 0))
    if len(off):
        raise DisclosureError(
            f"{names[equations[off[0]].indices[np.argmin(equations[off[0]].data)]]}: its parts do"
            " not add up to it. Nothing was published; this is a defect of a measure."
        )


def _protection(tables, cells, rule: Rule, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Threshold and least of each variable: protected where any table protects it, unless
    exempt.
    """
    threshold, least = np.zeros(size, dtype=int), np.zeros(size, dtype=int)
    exempt = np.zeros(size, dtype=bool)
    hidden = np.zeros(size, dtype=bool)
    for table in tables:
        at = cells[table.name]
        threshold[at[rule.protects(_residents(table))]] = rule.threshold
        exempt[at[table.rows(table.exempt).to_numpy(dtype=bool)]] = True
        hidden[at] |= "hidden" in (rule.zeros, table.zeros)
        least[at] = np.maximum(least[at], 1)
        for dimension, code, q in table.quantiles:
            carried = (table.cells[dimension] == code) & (
                table.cells["count"] >= rule.quantile_needs(q)
            )
            least[at[carried.to_numpy(dtype=bool)]] = np.maximum(
                least[at[carried.to_numpy(dtype=bool)]], rule.quantile_needs(q)
            )
    threshold[exempt] = 0
    least[hidden] = np.where(least[hidden] > 1, least[hidden], 0)
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
    return (
        pd.concat(known, axis="columns").min(axis="columns").to_numpy(dtype=float, na_value=np.nan)
        if known
        else np.full(len(table.cells), np.nan)
    )


def _free(values: np.ndarray, threshold: np.ndarray, rule: Rule) -> tuple[np.ndarray, np.ndarray]:
    """How far below and above its true value a shown count may lie, for all a reader of its
    rounding knows.
    """
    if rule.round_to == 1:
        return np.zeros(len(values), dtype=int), np.zeros(len(values), dtype=int)
    shown = rule.rounded(values)
    low = np.maximum(shown - rule.round_to // 2, np.maximum(threshold, 1))
    high = shown + (rule.round_to - 1) // 2
    return np.where(values > 0, values - low, 0), np.where(values > 0, high - values, 0)


def _groups(tables: list[ContingencyTable], cells: dict[str, np.ndarray]) -> list[np.ndarray]:
    """For each sensitive group: the variables of its codes, the whole first."""
    found = []
    for table in tables:
        for name, code in table.sensitive:
            others = ["period", *(d for d in table.hierarchies if d != name)]
            wide = (
                table.cells[others]
                .assign(code=table.cells[name], at=cells[table.name])
                .pivot(index=others, columns="code", values="at")
            )
            found += list(wide[[code, *table.hierarchies[name].children(code)]].to_numpy())
    return found


def told(key: tuple) -> str:
    """What a cell counts, as a person reads it."""
    _, (start, end), conditions = key
    first, last = f"{start // 12}-{start % 12 + 1:02}", f"{(end - 1) // 12}-{(end - 1) % 12 + 1:02}"
    return (
        f"[{first}{'' if first == last else f'/{last}'}"
        + "".join(f", {d}={c}" for d, c in conditions)
        + "]"
    )
