"""What follows from all relations together: limits of every withheld figure.

One linear programme for each set of figures that hang together, then whole numbers where the
solution that reached a limit was not whole. Guesses that contradict each other are given up,
the weakest first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse.csgraph import connected_components

from .reading import Publication
from .relations import EQUAL, Relation, Row

# Limits are asked for up to this many thresholds: what can be larger is not small by any reading.
REACH = 2
# So many unknowns and no more are searched for whole numbers; beyond, the fractional limit stands.
WHOLE_NUMBER_UNKNOWNS = 400
SECONDS_PER_FIGURE = 2.0
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Finding:
    """The limits of a withheld figure, and the relations that the upper one rests on."""

    cell: int
    least: int
    most: int
    because: tuple[Relation, ...]

    @property
    def exact(self) -> bool:
        return self.least == self.most


@dataclass
class Attack:
    """What was found, which guesses were given up, and whether the release contradicts itself."""

    findings: list[Finding]
    given_up: list[Relation]
    contradictory: bool


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
    largest = max((cell.shown or 0 for cell in cells), default=0)
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
        np.array([min(cells[number].most, largest) for number in unknown], float),
    )


def components(whole: System) -> list[System]:
    pattern = abs(whole.matrix)
    count, labels = connected_components(pattern.T @ pattern, directed=False)
    first = (
        whole.matrix.indices[whole.matrix.indptr[:-1]] if whole.matrix.nnz else np.array([], int)
    )
    cells = [np.flatnonzero(labels == number) for number in range(count)]
    return [
        whole.part(cells[number], np.flatnonzero(labels[first] == number))
        for number in np.unique(labels[first])
    ]


def attack(publication: Publication, rows: Sequence[Row]) -> Attack:
    """The limits of all withheld figures that are exact or less than `REACH` thresholds."""
    whole = system(publication, rows)
    given_up: dict[Relation, None] = {}
    contradictory = False
    for one in components(whole):
        bad, hopeless = contradictions(one)
        given_up |= dict.fromkeys(bad)
        contradictory |= hopeless
    kept = np.array([source not in given_up for source in whole.sources], bool)
    consistent = whole.part(np.arange(len(whole.cells)), np.flatnonzero(kept))
    bound = REACH * publication.rule.threshold
    findings = [
        finding for one in components(consistent) for finding in limits(publication, one, bound)
    ]
    return Attack(findings, list(given_up), contradictory)


def contradictions(one: System) -> tuple[list[Relation], bool]:
    """The guesses that cost least to give up so that a table exists at all."""
    given_up: list[Relation] = []
    while True:
        kept = [n for n, source in enumerate(one.sources) if source not in given_up]
        rest = one.part(np.arange(len(one.cells)), np.array(kept, int))
        if linprog(np.zeros(len(rest.cells)), **rest.forms, method="highs").status == 0:
            return given_up, False
        worst = weakest(rest)
        if not worst:
            return given_up, True
        given_up += worst


def weakest(one: System) -> list[Relation]:
    """Guesses that must be bent in the table that bends guesses least, each by its strength."""
    guessed = np.array([n for n, source in enumerate(one.sources) if source.guessed], int)
    if not len(guessed):
        return []
    count, unknowns = len(guessed), len(one.cells)
    bend = sparse.csr_matrix(
        (-np.ones(count), (guessed, np.arange(count))), (len(one.sources), count)
    )
    widened = System(
        np.arange(unknowns + 2 * count),
        sparse.hstack([one.matrix, bend, -bend]).tocsr(),
        one.right,
        one.equal,
        one.sources,
        np.concatenate([one.least, np.zeros(2 * count)]),
        np.concatenate([one.most, np.full(2 * count, np.inf)]),
    )
    price = np.array([one.sources[n].strength for n in guessed])
    solution = linprog(
        np.concatenate([np.zeros(unknowns), price, price]), **widened.forms, method="highs"
    )
    if solution.status != 0:
        return []
    bent = solution.x[unknowns : unknowns + count] + solution.x[unknowns + count :]
    found = [one.sources[n] for n in guessed[bent > TOLERANCE]]
    return list(dict.fromkeys(found))


def limits(publication: Publication, one: System, bound: int) -> list[Finding]:
    """The upper limit where no table seen so far reaches the bound, then the lower one."""
    lowest, highest = np.full(len(one.cells), np.inf), np.full(len(one.cells), -np.inf)

    def solved(direction: np.ndarray):
        solution = linprog(direction, **one.forms, method="highs-ds")
        if solution.status == 0:
            np.minimum(lowest, solution.x, out=lowest)
            np.maximum(highest, solution.x, out=highest)
        return solution

    if solved(-np.ones(len(one.cells))).status != 0:
        return []
    solved(np.ones(len(one.cells)))
    findings = []
    for spot, number in enumerate(one.cells):
        varies = highest[spot] - lowest[spot] > 1 - TOLERANCE
        if not publication.cells[number].withheld or (highest[spot] >= bound and varies):
            continue
        upper = extreme(one, solved, spot, -1)
        if upper.value >= bound and highest[spot] - lowest[spot] > 1 - TOLERANCE:
            continue
        lower = extreme(one, solved, spot, 1)
        if upper.value < bound or upper.value == lower.value:
            rests_on = upper.because if upper.value < bound else upper.because + lower.because
            findings.append(
                Finding(int(number), lower.value, upper.value, tuple(dict.fromkeys(rests_on)))
            )
    return findings


@dataclass(frozen=True)
class Extreme:
    value: int
    because: tuple[Relation, ...]


def extreme(one: System, solved, spot: int, sign: int) -> Extreme:
    """The largest (sign −1) or smallest whole value, and the relations that hold it there."""
    direction = np.zeros(len(one.cells))
    direction[spot] = sign
    solution = solved(direction)
    value = solution.x[spot]
    whole = np.all(np.abs(solution.x - np.round(solution.x)) < TOLERANCE)
    if not whole and len(one.cells) <= WHOLE_NUMBER_UNKNOWNS:
        value = whole_number(one, direction, value, spot)
    rounded = np.floor(value + TOLERANCE) if sign < 0 else np.ceil(value - TOLERANCE)
    return Extreme(int(rounded), binding(one, solution))


def whole_number(one: System, direction: np.ndarray, value: float, spot: int) -> float:
    lower = np.where(one.equal, one.right, -np.inf)
    solution = milp(
        direction,
        constraints=LinearConstraint(one.matrix, lower, one.right),
        bounds=Bounds(one.least, one.most),
        integrality=np.ones(len(one.cells)),
        options={"time_limit": SECONDS_PER_FIGURE},
    )
    return float(solution.x[spot]) if solution.status == 0 else value


def binding(one: System, solution) -> tuple[Relation, ...]:
    """The relations with a price in the solution."""
    price = np.zeros(len(one.sources))
    if one.equal.any():
        price[one.equal] = solution.eqlin.marginals
    if (~one.equal).any():
        price[~one.equal] = solution.ineqlin.marginals
    found = np.flatnonzero(np.abs(price) > TOLERANCE)
    return tuple(dict.fromkeys(one.sources[row] for row in found))
