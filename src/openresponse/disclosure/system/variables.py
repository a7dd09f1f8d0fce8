"""The variables of a linear system by what they count, and the sums that hold between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from scipy import sparse

from openresponse.disclosure.system.aliases import aliases
from openresponse.disclosure.system.conditions import Classification, Condition, Conditions
from openresponse.disclosure.system.periods import Span
from openresponse.disclosure.system.shapes import Shape
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy

STRUCTURAL_ZERO = -1  # in a grid, in place of a variable: what cannot occur
Key = tuple[str, Span, tuple[Condition, ...]]  # universe, months, and what is demanded of a unit


@dataclass(frozen=True)
class Grid:
    """The variables of a published table in the shape (periods, codes of each dimension).

    siblings: for each dimension and code the places of the finest codes beside it under the same
    parent; none for a code that has parts.
    """

    variables: np.ndarray
    siblings: list[list[np.ndarray]]


class Variables:
    """One variable for each thing counted, whichever tables ask for it."""

    def __init__(self, tables: list[ContingencyTable]) -> None:
        self._aliases = aliases(tables)
        self._conditions = {
            universe: Conditions(
                Classification(hierarchy, self._demands(universe, name, hierarchy), table.subset)
                for table in tables
                if table.universe == universe
                for name, hierarchy in table.hierarchies.items()
            )
            for universe in {table.universe for table in tables}
        }
        self.index: dict[Key, int] = {}
        self.names: list[str] = []
        self.sums: dict[tuple[int, tuple[int, ...]], None] = {}  # a whole, and its parts
        self.grids: list[Grid] = []
        self.structural_zeros: list[int] = []  # published all the same

    def variable(self, key: Key, origin: str) -> int:
        """The variable of a key, new where there is none. origin: where it comes from, in words."""
        at = self.index.setdefault(key, len(self.names))
        if at == len(self.names):
            self.names.append(f"{origin} {description(key)}")
        return at

    def add_sums(self, wholes: Iterable[int], parts: Iterable[Iterable[int]]) -> None:
        """Each whole equals the sum of its parts; structural zeros are left out."""
        for whole, these in zip(wholes, parts, strict=True):
            there = sorted(int(p) for p in these if p != STRUCTURAL_ZERO)
            if whole != STRUCTURAL_ZERO and there != [whole]:
                self.sums[int(whole), tuple(there)] = None

    def add_table(self, table: ContingencyTable) -> np.ndarray:
        """Add a published table and its sums; returns the variable of each of its cells.

        DisclosureError where rows are missing or occur twice.
        """
        ids = self._add(Shape.of(table), table.name, published=True)
        self.grids.append(
            Grid(ids, [_siblings(hierarchy) for hierarchy in table.hierarchies.values()])
        )
        codes = [
            table.cells["period"].unique(),
            *(hierarchy.codes for hierarchy in table.hierarchies.values()),
        ]
        whole = pd.MultiIndex.from_product(codes)
        rows = pd.MultiIndex.from_arrays([table.cells[c] for c in ("period", *table.hierarchies)])
        at = whole.get_indexer(rows)
        if len(rows) != len(whole) or (at < 0).any() or len(set(at)) != len(at):
            raise DisclosureError(
                f"{table.name}: its rows are not every combination of its codes, each once."
                " Nothing was published; this is a defect of a measure."
            )
        cells: np.ndarray = ids.ravel()[at]
        return cells

    def add_joint_table(self, shape: Shape) -> None:
        """Add a table that nobody publishes, and its sums."""
        self._add(shape, "joint table", published=False)

    def equations(self) -> sparse.csr_matrix:
        """The sums as rows that come to 0: a whole has the factor −1, its parts have 1."""
        entries = [
            (row, variable, factor)
            for row, (whole, parts) in enumerate(self.sums)
            for variable, factor in ((whole, -1), *((part, 1) for part in parts))
        ]
        r, c, v = np.array(entries, dtype=int).reshape(-1, 3).T
        return sparse.csr_matrix((v, (r, c)), shape=(len(self.sums), len(self.names)), dtype=float)

    def _demands(
        self, universe: str, dimension: str, hierarchy: Hierarchy
    ) -> list[Condition | None]:
        """What each code of a hierarchy demands; a lone root demands nothing."""
        name = self._aliases.get((universe, dimension), dimension)
        silent = set(hierarchy.roots) if len(hierarchy.roots) == 1 else set()
        demands: list[Condition | None] = []
        for node in hierarchy.nodes:
            if node.code in silent:
                demands.append(None)
            elif node.means or not node.span:
                demands.append(node.means or (name, node.code))
            else:
                demands.append((f"axis:{node.span[0]}", node.span[1:]))
        return demands

    def _add(self, shape: Shape, origin: str, published: bool) -> np.ndarray:
        """The variables of a shape, as (spans, codes of each dimension), with their sums."""
        demands = [
            self._demands(shape.universe, dimension, hierarchy)
            for dimension, hierarchy in shape.hierarchies.items()
        ]
        asked = [(*shape.subset, *(c for c in chosen if c)) for chosen in product(*demands)]
        reduced = [self._conditions[shape.universe].reduced(conditions) for conditions in asked]
        ids = np.full((len(shape.spans), len(asked)), STRUCTURAL_ZERO)
        for row, span in enumerate(shape.spans):
            for column, conditions in enumerate(reduced):
                if conditions is not None:
                    ids[row, column] = self.variable((shape.universe, span, conditions), origin)
                elif published:
                    key = tuple(sorted(set(asked[column]), key=str))
                    zero = self.variable((shape.universe, span, key), origin)
                    self.sums[zero, ()] = None
                    self.structural_zeros.append(zero)
                    ids[row, column] = zero
        ids = ids.reshape(len(shape.spans), *(len(c) for c in demands))
        for axis, hierarchy in enumerate(shape.hierarchies.values(), start=1):
            self._add_hierarchy(ids, axis, hierarchy)
        return ids

    def _add_hierarchy(self, ids: np.ndarray, axis: int, hierarchy: Hierarchy) -> None:
        """Parents equal the sum of their children along one axis of a grid."""
        at = {code: k for k, code in enumerate(hierarchy.codes)}
        for code in hierarchy.codes:
            if children := hierarchy.children(code):
                parts = np.stack([ids.take(at[c], axis).ravel() for c in children], axis=1)
                self.add_sums(ids.take(at[code], axis).ravel(), parts)


def _siblings(hierarchy: Hierarchy) -> list[np.ndarray]:
    at = {code: k for k, code in enumerate(hierarchy.codes)}
    leaves, parents = hierarchy.leaves, hierarchy.parents
    return [
        np.array(
            [at[c] for c in leaves if c != code and code in leaves and parents[c] == parents[code]],
            dtype=int,
        )
        for code in hierarchy.codes
    ]


def description(key: Key) -> str:
    """What a variable counts, as a person reads it."""
    _, (start, end), conditions = key
    first, last = f"{start // 12}-{start % 12 + 1:02}", f"{(end - 1) // 12}-{(end - 1) % 12 + 1:02}"
    months = first if first == last else f"{first}/{last}"
    return f"[{months}{''.join(f', {name}={code}' for name, code in conditions)}]"
