"""False guesses contradict what is shown elsewhere: which are to be given up."""

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from .relations import Relation
from .system import System

TOLERANCE = 1e-6


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
    """The weakest of the guesses that are bent in the table that bends them least."""
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
    found = dict.fromkeys(one.sources[n] for n in guessed[bent > TOLERANCE])
    least = min((relation.strength for relation in found), default=0.0)
    return [relation for relation in found if relation.strength == least]
