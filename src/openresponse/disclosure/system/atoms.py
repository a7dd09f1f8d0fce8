"""Atoms: kinds of records that any table tells apart, in blocks of attributes that belong together.

Every published cell is a sum of the atoms of one block, and blocks agree on what they share. Which
atoms there are is what an informed reader knows: combinations of categories that occurred, in the
periods in which rules let them occur. All others are structural zeros and have no variable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import pandas as pd

from openresponse.disclosure.system.cliques import cliques, junctions
from openresponse.disclosure.system.periods import Span, months, placed
from openresponse.disclosure.system.relations import Relations
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.microdata import COUNT, MONTH, Microdata

PIECE = "#period"  # number of an atom's period within its block
CLASS = "/"  # between an attribute and the one for whose sake its codes are in classes


@dataclass(frozen=True)
class Block:
    """attributes: what its atoms are told apart by. spans: its periods, which do not overlap.
    atoms: a row for each atom: PIECE, one column an attribute, and COUNT, its true count.
    """

    attributes: list[str]
    spans: list[Span]
    atoms: pd.DataFrame

    def covers(self, span: Span) -> bool:
        """Whether some of its periods make up the span."""
        inside = [one for one in self.spans if span[0] <= one[0] and one[1] <= span[1]]
        return bool(inside) and (inside[0][0], inside[-1][1]) == span

    @property
    def telling(self) -> list[str]:
        """The attributes without the classes of those that are there themselves."""
        there = set(self.attributes)
        return [
            name
            for name in self.attributes
            if CLASS not in name or name.split(CLASS)[0] not in there
        ]


@dataclass(frozen=True)
class Link:
    """Two blocks, by number, that have the same counts by the attributes they share."""

    one: int
    other: int
    shared: list[str]


@dataclass(frozen=True)
class Blocks:
    """The blocks of one universe, that of the finest tables first, and how they are linked.

    core: attributes of the finest tables. dated: see `Microdata`.
    """

    universe: str
    blocks: list[Block]
    links: list[Link]
    relations: Relations
    core: frozenset[str]
    dated: frozenset[str]


def blocks(microdata: Microdata, tables: Sequence[ContingencyTable], often: int) -> Blocks:
    """The blocks that carry the tables. tables: of the microdata's universe. often: see `Rule`."""
    relations = Relations.of(microdata, often)
    uses = [_Use.of(table) for table in tables]
    grains = sorted({use.grain for use in uses})
    core = _core(microdata, uses, grains[0])
    rows, edges = _joined(microdata, relations, uses, core)
    times = {grain: f"time {grain}" for grain in grains}
    together = [
        use.attributes | {times[grain] for grain in grains if grain >= use.grain} for use in uses
    ]
    together += [core | set(rows.columns[rows.columns.str.contains(CLASS)]) | set(times.values())]
    together += edges
    found = cliques([frozenset(nodes) for nodes in together])
    found.sort(key=lambda clique: (not core <= clique, sorted(clique)))
    partition = {grain: _partition(uses, grain) for grain in grains}
    made = [_block(rows, microdata.dated, clique, times, partition, often) for clique in found]
    shares = [
        Link(one, other, sorted(set(made[one].attributes) & set(made[other].attributes)))
        for one, other in junctions(found)
    ]
    return Blocks(microdata.universe, made, shares, relations, core, microdata.dated)


@dataclass(frozen=True)
class _Use:
    """What one table tells apart. grain: the length of its shortest period, in months."""

    attributes: frozenset[str]
    spans: tuple[Span, ...]
    grain: int

    @classmethod
    def of(cls, table: ContingencyTable) -> "_Use":
        spans = tuple(months(period) for period in table.cells["period"].unique())
        return cls(
            frozenset(table.coarsening(name).attribute for name in table.hierarchies),
            spans,
            min(end - start for start, end in spans),
        )


def _core(microdata: Microdata, uses: list[_Use], grain: int) -> frozenset[str]:
    """The attributes of the finest tables, and whatever these determine."""
    core = frozenset().union(*(use.attributes for use in uses if use.grain == grain))
    rows = microdata.rows[microdata.rows[COUNT] > 0]
    alone = len(rows[sorted(core)].drop_duplicates())
    others = frozenset().union(*(use.attributes for use in uses)) - core
    determined = {
        name for name in others if len(rows[[*sorted(core), name]].drop_duplicates()) == alone
    }
    return core | determined


def _joined(
    microdata: Microdata, relations: Relations, uses: list[_Use], core: frozenset[str]
) -> tuple[pd.DataFrame, list[frozenset[str]]]:
    """The records with a column more for each attribute of the core that means something to one
    outside it, in the classes that matter to that one; and what is joined by such meanings.
    """
    rows, edges = microdata.rows.copy(), []
    outside = sorted(frozenset().union(*(use.attributes for use in uses)) - core)
    allowed: dict[str, np.ndarray] = {}
    combos = rows[sorted(core)].drop_duplicates()
    for name in outside:
        joined, possible = {name}, np.ones((len(relations.codes[name]), len(combos)), dtype=bool)
        for other in sorted(core):
            classes = relations.classes(name, other)
            if len(set(classes.values())) == 1:
                continue
            column = f"{other}{CLASS}{name}"
            rows[column] = rows[other].map(classes)
            joined.add(column)
            at = pd.Index(relations.codes[other]).get_indexer(combos[other])
            possible &= ~relations.excluded(name, other)[:, at]
        edges.append(frozenset(joined))
        allowed[name] = possible
    for one, other in combinations(outside, 2):
        meet = allowed[one].astype(int) @ allowed[other].astype(int).T > 0
        if (relations.beyond_chance(one, other) & meet).any():
            edges.append(frozenset({one, other}))
    return rows, edges


def _partition(uses: list[_Use], grain: int) -> list[Span]:
    """The periods into which the tables of this grain and of coarser ones cut the months."""
    spans = {span for use in uses if use.grain >= grain for span in use.spans}
    ends = sorted({end for span in spans for end in span})
    return [
        (low, high)
        for low, high in pairwise(ends)
        if any(start <= low and high <= end for start, end in spans)
    ]


def _block(
    rows: pd.DataFrame,
    dated: frozenset[str],
    clique: frozenset[str],
    times: dict[int, str],
    partition: dict[int, list[Span]],
    often: int,
) -> Block:
    attributes = sorted(clique - set(times.values()))
    spans = partition[min(grain for grain, name in times.items() if name in clique)]
    piece, inside = placed(rows[MONTH].to_numpy(), spans)
    counted = rows.iloc[inside].assign(**{PIECE: piece})
    counted = counted.groupby([PIECE, *attributes], observed=True, as_index=False)[COUNT].sum()
    return Block(attributes, spans, _possible(counted, attributes, dated, len(spans), often))


def _possible(
    counted: pd.DataFrame, attributes: list[str], dated: frozenset[str], pieces: int, often: int
) -> pd.DataFrame:
    """The atoms that could occur in each period, with their counts."""
    kinds = counted[attributes].drop_duplicates() if attributes else counted.iloc[:1][[]]
    every = kinds.merge(pd.DataFrame({PIECE: range(pieces)}), how="cross")
    every = every.merge(counted, on=[PIECE, *attributes], how="left", validate="1:1")
    every[COUNT] = every[COUNT].fillna(0).astype(int)
    possible = np.ones(len(every), dtype=bool)
    own = [pd.factorize(every[name])[0] for name in attributes if name.split(CLASS)[0] in dated]
    for one, other in combinations(own, 2) if len(own) > 1 else [2 * own] if own else []:
        possible &= _in_window(every, one, other, often)
    return every[possible | (every[COUNT] > 0)].reset_index(drop=True)


def _in_window(every: pd.DataFrame, one: np.ndarray, other: np.ndarray, often: int) -> np.ndarray:
    """Which atoms lie between the first and the last period in which their dated codes occurred
    together, where these occurred often.
    """
    kind = one * (other.max(initial=-1) + 1) + other
    piece, count = every[PIECE].to_numpy(), every[COUNT].to_numpy()
    occurs, kinds = count > 0, int(kind.max(initial=-1)) + 1
    first, last = np.full(kinds, len(every)), np.full(kinds, -1)
    np.minimum.at(first, kind[occurs], piece[occurs])
    np.maximum.at(last, kind[occurs], piece[occurs])
    enough = np.bincount(kind, weights=count, minlength=kinds) >= often
    return np.asarray((first[kind] <= piece) & (piece <= last[kind]) | ~enough[kind])
