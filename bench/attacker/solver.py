"""What follows from all relations together: limits of every withheld figure.

One linear programme for each set of figures that hang together, then whole numbers where the
solution that reached a limit was not whole. Guesses that contradict each other are given up,
the weakest first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from .contradictions import TOLERANCE, contradictions
from .publication import Publication
from .relations import Relation, Row
from .system import System, components, system

# Limits are asked for up to this many thresholds: what can be larger is not small by any reading.
REACH = 2
# So many unknowns and no more are searched for whole numbers; beyond, the fractional limit stands.
WHOLE_NUMBER_UNKNOWNS = 400
BRANCHES = 2000


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
        Finding(number, cell.least, int(cell.most), ())
        for number, cell in enumerate(publication.cells)
        if cell.withheld and cell.least == cell.most
    ]
    for one in components(consistent):
        findings += limits(publication, one, bound)
    return Attack(findings, list(given_up), contradictory)


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
        options={"node_limit": BRANCHES},
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
