"""What must add up to what, read off the published tables: within each, along time and axes,
between versions.
"""

from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from openresponse.disclosure.audit.facts import STOP, Facts, span
from openresponse.disclosure.audit.joints import Ring, rings
from openresponse.disclosure.audit.meanings import nothing
from openresponse.disclosure.rules import Rule
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable, Ratio

UNSEEN = "a cell that is not published"
IMPOSSIBLE = -1


@dataclass(frozen=True)
class System:
    """low ≤ matrix @ x ≤ high for whole numbers x between least and most.

    targets: variables that may not be provably small; zeros: those that may be proved to be zero.
    groups: (whole, codes) whose likeness may not be provable.
    additions: rows that hold only if a revision did nothing but add records. differences: names of
    what a revision shows to have changed by a small number. standing: variables of a withheld
    revised figure to the earlier figure that stands in its place.
    """

    matrix: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    additions: np.ndarray
    least: np.ndarray
    most: np.ndarray
    targets: list[int]
    zeros: set[int]
    groups: list[tuple[int, tuple[int, ...]]]
    differences: list[str]
    standing: dict[int, int]
    names: list[str]

    @classmethod
    def of(cls, releases: list[list[ContingencyTable]], facts: Facts, rule: Rule) -> "System":
        rows = _Rows()
        groups: dict[tuple, None] = {}
        for number, tables in enumerate(releases):
            groups |= dict.fromkeys(_within(number, tables, facts, rows))
            for universe in sorted({t.universe for t in tables}):
                for ring in rings([t for t in tables if t.universe == universe]):
                    _unseen(number, universe, ring, facts, rows)
            while _lines(number, tables, facts, rows):
                pass
            _ratios(number, tables, facts, rows)
        differences = _differences(facts, rows, rule)
        _additions(facts, rows)
        matrix, low, high, additions = rows.stacked(len(facts.names))
        targets = sorted(v for v in facts.targets if not facts.shown[v])
        return cls(
            matrix,
            low,
            high,
            additions,
            np.array(facts.low),
            np.array(facts.high),
            targets,
            facts.zeros,
            list(groups),
            differences,
            _standing(facts),
            facts.names,
        )


@dataclass
class _Rows:
    """Rows of the system, each once, and what of the tables was read already."""

    found: dict[tuple, bool] = field(default_factory=dict)
    read: set[tuple] = field(default_factory=set)

    def is_new(self, part: tuple) -> bool:
        """Whether a part of a table was not read before: every release tells the months of those
        before again.
        """
        new = part not in self.read
        self.read.add(part)
        return new

    def sum(self, whole: int, parts: list[int]) -> None:
        row = dict.fromkeys(parts, 1)
        row[whole] = row.get(whole, 0) - 1
        if any(row.values()):
            self.add({v: c for v, c in row.items() if c}, 0, 0)

    def add(self, row: dict[int, float], low: float, high: float, addition: bool = False) -> None:
        self.found.setdefault((tuple(sorted(row.items())), low, high), addition)

    def stacked(self, width: int):
        entries = [(n, v, c) for n, (row, _, _) in enumerate(self.found) for v, c in row]
        r, v, c = zip(*entries, strict=True) if entries else ((), (), ())
        bounds = np.array([(low, high) for _, low, high in self.found], dtype=float).reshape(-1, 2)
        matrix = sparse.csr_matrix((c, (r, v)), shape=(len(self.found), width), dtype=float)
        return matrix, bounds[:, 0], bounds[:, 1], np.array(list(self.found.values()), dtype=bool)


def _within(number: int, tables: list[ContingencyTable], facts: Facts, rows: _Rows) -> list[tuple]:
    """The sums inside each table; returns its sensitive groups."""
    groups = []
    for table in tables:
        ids = facts.cells[number, table.name]
        periods = table.cells["period"].unique()
        shape = table.name, len(ids) // max(len(periods), 1), repr(table.hierarchies)
        new = [
            p
            for p in periods
            if rows.is_new((shape, p, facts.version(number, table.universe, span(p))))
        ]
        if not new:
            continue
        keep = table.cells["period"].isin(new).to_numpy()
        for group, whole, parts in _families(table, table.cells[keep], ids[keep]):
            rows.sum(whole, parts)
            if group in table.sensitive and len(parts) > 1:
                groups.append((whole, tuple(parts)))
    return groups


def _families(table: ContingencyTable, cells: pd.DataFrame, ids: np.ndarray):
    """((dimension, code), whole, parts) for each group of cells that add up; DisclosureError where
    a row is left out or stands twice.
    """
    rows = list(
        zip(*(cells[column].tolist() for column in ("period", *table.hierarchies)), strict=True)
    )
    if len(set(rows)) < len(rows):
        raise DisclosureError(f"{table.name}: a row stands twice. {STOP}")
    for place, (dimension, hierarchy) in enumerate(table.hierarchies.items(), start=1):
        lines: dict[tuple, dict[str, int]] = {}
        for row, at in zip(rows, ids.tolist(), strict=True):
            lines.setdefault(row[:place] + row[place + 1 :], {})[row[place]] = at
        codes = set(hierarchy.codes)
        if any(line.keys() != codes for line in lines.values()):
            raise DisclosureError(f"{table.name}: a row is missing instead of marked. {STOP}")
        ordered = [lines[others] for others in sorted(lines)]
        for code in hierarchy.codes:
            if below := hierarchy.children(code):
                for line in ordered:
                    yield (dimension, code), line[code], [line[one] for one in below]


def _unseen(number: int, universe: str, ring: Ring, facts: Facts, rows: _Rows) -> None:
    """Cells that nobody publishes and that a real table must have."""
    shape = universe, repr(ring.hierarchies), ring.subset
    spans = [s for s in ring.spans if rows.is_new((shape, s, facts.version(number, universe, s)))]
    if not spans:
        return
    table = replace(ring, spans=tuple(spans)).table(universe)
    ids = [
        (
            IMPOSSIBLE
            if nothing(key[2])
            else facts.variable((*key, facts.version(number, universe, key[1])), UNSEEN)
        )
        for key in facts.keys(table)
    ]
    for _, whole, parts in _families(table, table.cells, np.array(ids, dtype=int)):
        if whole != IMPOSSIBLE:
            rows.sum(whole, [part for part in parts if part != IMPOSSIBLE])


def _lines(number: int, tables: list[ContingencyTable], facts: Facts, rows: _Rows) -> bool:
    """Stretches of time, and bands of an axis, are the sums of their pieces; True where pieces had
    to be thought up.
    """
    lines: dict[tuple, dict[tuple, int]] = {}
    for (universe, stretch, conditions, version), at in facts.index.items():
        if version != facts.version(number, universe, stretch):
            continue
        lines.setdefault((universe, None, conditions, None), {})[stretch] = at
        for axis, band in conditions:
            if isinstance(band, tuple):
                lines.setdefault((universe, stretch, conditions - {(axis, band)}, axis), {})[
                    band
                ] = at
    thought_up = set()
    for line, stretches in lines.items():
        if len(stretches) == 1:
            continue
        ends = sorted({end for stretch in stretches for end in stretch})
        for stretch, whole in list(stretches.items()):
            inner = [end for end in ends if stretch[0] <= end <= stretch[1]]
            if len(inner) > 2:
                pieces = list(pairwise(inner))
                thought_up |= {
                    (line[0], piece)
                    for piece in pieces
                    if piece not in stretches and line[1] is None
                }
                rows.sum(whole, [_piece(number, line, piece, facts) for piece in pieces])
    for universe, piece in thought_up:
        for table in tables:
            if table.universe == universe and any(
                a <= piece[0] and piece[1] <= b
                for a, b in map(span, table.cells["period"].unique())
            ):
                _unseen(
                    number, universe, Ring((piece,), table.hierarchies, table.subset), facts, rows
                )
    return bool(thought_up)


def _piece(number: int, line: tuple, piece: tuple[int, int], facts: Facts) -> int:
    universe, stretch, conditions, axis = line
    if stretch is None:
        return facts.variable(
            (universe, piece, conditions, facts.version(number, universe, piece)), UNSEEN
        )
    return facts.variable(
        (universe, stretch, conditions | {(axis, piece)}, facts.version(number, universe, stretch)),
        UNSEEN,
    )


def _before(facts: Facts) -> dict[int, int]:
    """Variable to that of the version before."""
    found = {}
    for (*what, version), now in facts.index.items():
        earlier = facts.index.get((*what, version - 1)) if version else None
        if earlier is not None:
            found[now] = earlier
    return found


def _differences(facts: Facts, rows: _Rows, rule: Rule) -> list[str]:
    """What a revision shows to have changed by a small number: a figure, or what is left of a whole
    without its parts.
    """
    before, found = _before(facts), []

    def change(variable: int) -> float | None:
        old = before[variable]
        known = all(facts.low[v] == facts.high[v] for v in (old, variable))
        return facts.low[variable] - facts.low[old] if known else None

    for variable in before:
        known = change(variable)
        if known is not None and 0 < abs(known) < rule.threshold:
            found.append(f"{facts.names[variable]}: the revision")
    for row, low, high in rows.found:
        if low == high == 0 and all(v in before for v, _ in row):
            changes = [(c, change(v)) for v, c in row]
            left = sum(c * d for c, d in changes if d is not None)
            if any(d is None for _, d in changes) and 0 < abs(left) < rule.threshold:
                found.append(f"{facts.names[row[0][0]]}: what the revision leaves to its parts")
    return found


def _standing(facts: Facts) -> dict[int, int]:
    """Variables of which the version before was shown and this one is not, to what was shown."""
    return {
        now: int(facts.low[old])
        for now, old in _before(facts).items()
        if facts.shown[old] and not facts.shown[now] and facts.low[old] == facts.high[old]
    }


def _additions(facts: Facts, rows: _Rows) -> None:
    """A revision that only adds records: no later version is less than the one before."""
    for now, earlier in _before(facts).items():
        rows.add({now: 1, earlier: -1}, 0, np.inf, addition=True)


def _ratios(number: int, tables: list[ContingencyTable], facts: Facts, rows: _Rows) -> None:
    """Every published ratio bounds its two counts, by half a unit of its last decimal."""
    low, high = np.array(facts.low), np.array(facts.high)
    for table in tables:
        ids = facts.cells[number, table.name]
        for ratio in table.ratios:
            numbers = table.cells[ratio.value].to_numpy(dtype=float, na_value=np.nan)
            over, under = (_side(table, ratio, side, ids) for side in (ratio.of, ratio.to))
            known = np.ones(len(numbers), dtype=bool)
            for variables, _ in (over, under):
                known &= (variables < 0) | (low[variables] == high[variables])
            half = 0.5 * 10.0**-ratio.decimals + 1e-9
            for at in np.flatnonzero(~np.isnan(numbers) & ~known):
                for sign in (1, -1):
                    _bound(rows, at, over, under, ratio.scale, numbers[at] + sign * half, sign)


def _side(
    table: ContingencyTable, ratio: Ratio, side: str, ids: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Variables, −1 where the side is a plain number; and the plain numbers."""
    none = np.full(len(ids), -1)
    if side == "count":
        return ids, np.zeros(len(ids))
    if side not in ("part_of", "all"):
        return none, table.cells[side].to_numpy(dtype=float, na_value=np.nan)
    hierarchy = table.hierarchies[ratio.along]
    others = [
        pd.factorize(table.cells[name])[0]
        for name in ("period", *table.hierarchies)
        if name != ratio.along
    ]
    codes = {code: at for at, code in enumerate(hierarchy.codes)}
    above = [
        codes.get(hierarchy.parents[code] if side == "part_of" else hierarchy.roots[0], -1)
        for code in codes
    ]
    own = table.cells[ratio.along].map(codes).to_numpy(dtype=int)
    group = np.unique(np.stack(others), axis=1, return_inverse=True)[1].ravel()
    place = np.full(
        (group.max(initial=-1) + 1, len(codes) + 1), -1
    )  # the last column is of those that have nothing above
    place[group, own] = ids
    return place[group, np.array(above)[own]], np.full(len(ids), np.nan)


def _bound(rows: _Rows, at: int, over, under, scale: float, edge: float, sign: int) -> None:
    """sign·(scale·over − edge·under) ≤ 0."""
    row: dict[int, float] = {}
    plain = 0.0
    for (variables, numbers), factor in ((over, sign * scale), (under, -sign * edge)):
        if variables[at] < 0:
            plain += factor * numbers[at]
        else:
            row[int(variables[at])] = row.get(int(variables[at]), 0.0) + factor
    if not np.isnan(plain):
        rows.add(row, -np.inf, -plain)
