"""The rows of the attacker's system: low ≤ Σ factor · variable ≤ high."""

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

Row = tuple[tuple[tuple[int, float], ...], float, float]  # (variable, factor), low, high


@dataclass(frozen=True)
class Rows:
    """found: each row once, and whether it holds only if a revision did nothing but add records.
    read: parts of tables that were read already.
    """

    found: dict[Row, bool] = field(default_factory=dict)
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

    def matrix(self, width: int) -> sparse.csr_matrix:
        entries = [(n, v, c) for n, (row, _, _) in enumerate(self.found) for v, c in row]
        r, v, c = zip(*entries, strict=True) if entries else ((), (), ())
        return sparse.csr_matrix((c, (r, v)), shape=(len(self.found), width), dtype=float)

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """Low and high of each row."""
        limits = np.array([(low, high) for _, low, high in self.found], dtype=float).reshape(-1, 2)
        return limits[:, 0], limits[:, 1]
