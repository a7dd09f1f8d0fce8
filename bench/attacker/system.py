"""All relations as rows of one sparse system over the figures that are not known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from .publication import Publication
from .relations import EQUAL, Relation, Row

# No figure is more than so many times the largest shown: the solver wants every figure bounded.
FAR = 10


@dataclass
class System:
    """Rows over unknown cells: Σ = right-hand side, or Σ ≤ right-hand side."""

    cells: np.ndarray
    matrix: sparse.csr_matrix
    right: np.ndarray
    equal: np.ndarray
    sources: list[Relation]
    least: np.ndarray
    most: np.ndarray

    def part(self, cells: np.ndarray, rows: np.ndarray) -> "System":
        return System(
            self.cells[cells],
            self.matrix[rows][:, cells].tocsr(),
            self.right[rows],
            self.equal[rows],
            [self.sources[row] for row in rows],
            self.least[cells],
            self.most[cells],
        )

    @property
    def forms(self) -> dict:
        """As `linprog` takes it."""
        equal, other = self.equal, ~self.equal
        return {
            "A_eq": self.matrix[equal] if equal.any() else None,
            "b_eq": self.right[equal] if equal.any() else None,
            "A_ub": self.matrix[other] if other.any() else None,
            "b_ub": self.right[other] if other.any() else None,
            "bounds": np.column_stack([self.least, self.most]),
        }


def system(publication: Publication, rows: Sequence[Row]) -> System:
    """Known figures moved to the right; each row once, under its surest relation."""
    cells = publication.cells
    limit = FAR * max((cell.shown or 0 for cell in cells), default=0) + FAR * FAR
    unknown = [number for number, cell in enumerate(cells) if cell.most > cell.least]
    place = {number: spot for spot, number in enumerate(unknown)}
    kept: dict[tuple, Relation] = {}
    for row in sorted(rows, key=lambda one: -one.relation.strength):
        known = sum(w * cells[cell].least for cell, w in row.cells if cell not in place)
        free = tuple((place[cell], w) for cell, w in row.cells if cell in place)
        if free:
            kept.setdefault((free, row.sense, -known), row.relation)
    entries = [(number, spot, w) for number, (free, _, _) in enumerate(kept) for spot, w in free]
    at, spots, weights = zip(*entries, strict=True) if entries else ((), (), ())
    return System(
        np.array(unknown, int),
        sparse.csr_matrix((weights, (at, spots)), (len(kept), len(unknown)), dtype=float),
        np.array([right for _, _, right in kept], float),
        np.array([sense == EQUAL for _, sense, _ in kept], bool),
        list(kept.values()),
        np.array([cells[number].least for number in unknown], float),
        np.array([min(cells[number].most, limit) for number in unknown], float),
    )


def components(whole: System) -> list[System]:
    """The figures that hang together through rows, each set with its rows."""
    pattern = abs(whole.matrix)
    count, labels = connected_components(pattern.T @ pattern, directed=False)
    of_row = labels[whole.matrix.indices[whole.matrix.indptr[:-1]]] if whole.sources else labels[:0]
    return [
        whole.part(np.flatnonzero(labels == number), np.flatnonzero(of_row == number))
        for number in range(count)
    ]
