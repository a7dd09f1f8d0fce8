"""The rows of the attacker's system: low ≤ Σ factor · variable ≤ high."""

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

Row = tuple[tuple[tuple[int, float], ...], float, float]  # (variable, factor), low, high


@dataclass(frozen=True)
class RowBlock:
    """Many rows at once, of which each entry has a row, a variable and a factor. high: of each; the
    low one is 0. addition: they hold only if a revision did nothing but add records.
    """

    rows: np.ndarray
    variables: np.ndarray
    factors: np.ndarray
    high: float
    addition: bool

    @property
    def count(self) -> int:
        return int(self.rows.max(initial=-1)) + 1


@dataclass(frozen=True)
class Rows:
    """found: each row once, and whether it holds only if a revision did nothing but add records.
    blocks: further rows, over kinds of records.
    read: parts of tables that were read already.
    """

    found: dict[Row, bool] = field(default_factory=dict)
    blocks: list[RowBlock] = field(default_factory=list)
    read: set[tuple[object, ...]] = field(default_factory=set)

    def is_new(self, part: tuple[object, ...]) -> bool:
        """Whether a part of a table was not read before: every release repeats the months of those
        before it.
        """
        new = part not in self.read
        self.read.add(part)
        return new

    def sum(self, whole: int, parts: list[int]) -> None:
        """The whole equals the sum of its parts."""
        row: dict[int, float] = dict.fromkeys(parts, 1)
        row[whole] = row.get(whole, 0) - 1
        if any(row.values()):
            self.add({v: c for v, c in row.items() if c}, 0, 0)

    def add(self, row: dict[int, float], low: float, high: float, addition: bool = False) -> None:
        self.found.setdefault((tuple(sorted(row.items())), low, high), addition)

    def add_block(
        self,
        rows: np.ndarray,
        variables: np.ndarray,
        factors: np.ndarray,
        high: float = 0,
        addition: bool = False,
    ) -> None:
        self.blocks.append(RowBlock(rows, variables, factors, high, addition))

    def matrix(self, width: int) -> sparse.csr_matrix:
        entries = [(n, v, c) for n, (row, _, _) in enumerate(self.found) for v, c in row]
        r, v, c = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = sparse.csr_matrix((c, (r, v)), shape=(len(self.found), width), dtype=float)
        over_kinds = [
            sparse.csr_matrix((b.factors, (b.rows, b.variables)), shape=(b.count, width))
            for b in self.blocks
        ]
        return sparse.vstack([matrix, *over_kinds], format="csr")

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """Low and high of each row."""
        limits = np.array([(low, high) for _, low, high in self.found], dtype=float).reshape(-1, 2)
        high = [np.full(block.count, block.high) for block in self.blocks]
        low = [np.zeros(block.count) for block in self.blocks]
        return np.concatenate([limits[:, 0], *low]), np.concatenate([limits[:, 1], *high])

    def additions(self) -> np.ndarray:
        """Flags of the rows that hold only if a revision did nothing but add records."""
        of_blocks = [np.full(block.count, block.addition) for block in self.blocks]
        return np.concatenate([np.array(list(self.found.values()), dtype=bool), *of_blocks])
