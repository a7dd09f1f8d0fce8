"""The variables of a linear system: what tables publish, then the atoms that this is the sum of."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from openresponse.disclosure.system.atoms import PIECE, Blocks, Link
from openresponse.disclosure.system.cell_sums import PERIOD, Cell, Condition, cells
from openresponse.disclosure.system.periods import Span, placed
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.microdata import COUNT

# What a variable is called in the ledger: of a cell its table, period and codes; of an atom its
# universe, its months, and its code of each attribute. Classes of codes, which the next release may
# draw otherwise, are left out where the codes say them.
Key = tuple[Any, ...]
FINEST = 99  # depth of an atom


class Cells:
    """The cells, each once. What is the sum of the same atoms is one cell, whatever tables call it.

    of_table: table name to the variable of each of its cells. atoms: of each cell, by number among
    all atoms. asked: of each cell, and its universe.
    """

    def __init__(self) -> None:
        self.of_table: dict[str, np.ndarray] = {}
        self.keys: list[Key] = []
        self.names: list[str] = []
        self.spans: list[Span] = []
        self.asked: list[tuple[str, frozenset[Condition]]] = []
        self.blocks: list[int] = []
        self.atoms: list[np.ndarray] = []
        self._index: dict[tuple[object, ...], int] = {}

    def add(self, table: ContingencyTable, universe: Blocks, atoms: "Atoms") -> None:
        """Add the cells of a table, over the atoms of its universe."""
        codes = table.cells[[PERIOD, *table.hierarchies]].astype(str).to_numpy()
        at = np.empty(len(table.cells), dtype=int)
        for cell in cells(table, universe):
            at[cell.rows] = self._variable(table, codes[cell.rows[0]], cell, universe, atoms)
        self.of_table[table.name] = at

    def _variable(
        self,
        table: ContingencyTable,
        codes: np.ndarray,
        cell: Cell,
        universe: Blocks,
        atoms: "Atoms",
    ) -> int:
        block = atoms.block_of[universe.universe, cell.block]
        own = atoms.first[block] + cell.atoms
        # A cell that nothing can be in is alike to no other: each may be shown or withheld.
        alike = own.tobytes() or (table.name, *codes.tolist())
        what = (universe.universe, cell.span, alike)
        at = self._index.setdefault(what, len(self.keys))
        if at == len(self.keys):
            named = zip((PERIOD, *table.hierarchies), codes, strict=True)
            self.names.append(f"{table.name} [{', '.join(f'{n}={code}' for n, code in named)}]")
            self.keys.append((table.name, *codes.tolist()))
            self.spans.append(cell.span)
            self.asked.append((universe.universe, frozenset(cell.asked)))
            self.blocks.append(block)
            self.atoms.append(own)
        return at


class Atoms:
    """The atoms of all blocks, one after the other.

    block_of: universe and number of a block within it to its number among all. first: of each
    block its first atom.
    """

    def __init__(self, universes: Sequence[Blocks]) -> None:
        every = [(one, number) for one in universes for number in range(len(one.blocks))]
        self.block_of = {(one.universe, number): at for at, (one, number) in enumerate(every)}
        self._blocks = [one.blocks[number] for one, number in every]
        self._universes = [one.universe for one, _ in every]
        sizes = [len(block.atoms) for block in self._blocks]
        self.first = np.cumsum([0, *sizes])[:-1]
        self.block = np.repeat(np.arange(len(sizes)), sizes)

    @property
    def counts(self) -> np.ndarray:
        return _joined([block.atoms[COUNT].to_numpy(dtype=int) for block in self._blocks])

    @property
    def months(self) -> np.ndarray:
        spans = [np.array(b.spans)[b.atoms[PIECE].to_numpy()] for b in self._blocks]
        return np.concatenate([np.zeros((0, 2), dtype=int), *spans])

    def keys(self) -> Iterable[Key]:
        for universe, block in zip(self._universes, self._blocks, strict=True):
            names = block.telling
            codes = block.atoms[names].itertuples(index=False, name=None)
            for piece, own in zip(block.atoms[PIECE], codes, strict=True):
                yield (universe, *block.spans[piece], *zip(names, own, strict=True))

    def linked(self, universe: Blocks, link: Link) -> sparse.csr_matrix:
        """A row for each kind that two blocks share in a period of the coarser: both count it."""
        pair = [universe.blocks[number] for number in (link.one, link.other)]
        spans = min((block.spans for block in pair), key=len)
        shares, places = [], []
        for number, block in zip((link.one, link.other), pair, strict=True):
            begins = np.array([start for start, _ in block.spans])[block.atoms[PIECE].to_numpy()]
            piece, inside = placed(begins, spans)
            own = block.atoms.iloc[inside]
            shares.append(pd.MultiIndex.from_arrays([piece, *(own[n] for n in link.shared)]))
            places.append(self.first[self.block_of[universe.universe, number]] + inside)
        every = shares[0].append(shares[1]).unique()
        rows = np.concatenate([every.get_indexer(share) for share in shares])
        factors = np.repeat([1.0, -1.0], [len(share) for share in shares])
        entries = (factors, (rows, np.concatenate(places)))
        return sparse.csr_matrix(entries, shape=(len(every), len(self.block)))


def equations(cells: Cells, atoms: Atoms, universes: Sequence[Blocks]) -> sparse.csr_matrix:
    """Rows over all variables that sum to 0: each cell less its atoms, and linked blocks."""
    many = len(cells.atoms)
    lengths = [len(own) for own in cells.atoms]
    rows = np.repeat(np.arange(many), lengths)
    sums = sparse.csr_matrix(
        (np.ones(len(rows)), (rows, _joined(cells.atoms))), shape=(many, len(atoms.block))
    )
    links = [atoms.linked(one, link) for one in universes for link in one.links]
    of_cells = sparse.vstack(
        [-sparse.identity(many), *(sparse.csr_matrix((one.shape[0], many)) for one in links)]
    )
    return sparse.hstack([of_cells, sparse.vstack([sums, *links])]).tocsr()


def _joined(arrays: list[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.zeros(0, dtype=int), *arrays])
