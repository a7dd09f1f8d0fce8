"""The random walk over tables agrees with counting them all, where they can be counted."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from openresponse.disclosure.sampler.circuits import circuits
from openresponse.disclosure.sampler.integer_tables import (
    IntegerTables,
    integer_tables,
)
from openresponse.disclosure.sampler.random_walk import small_shares, walk
from openresponse.disclosure.sampler.reduced_system import reduce

CAP = 6
# Of a thousand shares compared, none is to be so many standard errors off; and the error itself is
# estimated from the spread of the walks, hence the rest.
ERRORS, REST = 5.0, 0.015


def nothing_known(tables: IntegerTables) -> sparse.csr_matrix:
    return sparse.csr_matrix((0, len(tables.values)))


def counts_of(members: np.ndarray, atoms: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Equations and a table: atoms first, then each figure as the sum of its members."""
    equations = sparse.csr_matrix(np.hstack([members, -np.eye(len(members), dtype=int)]))
    return equations, np.concatenate([atoms, members @ atoms])


def two_way(atoms: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Which cells of a table with two margins each published figure counts: cells, margins."""
    grid = np.array(atoms)
    inner = np.eye(grid.size, dtype=int)
    rows = np.kron(np.eye(grid.shape[0], dtype=int), np.ones((1, grid.shape[1]), dtype=int))
    columns = np.tile(np.eye(grid.shape[1], dtype=int), grid.shape[0])
    return np.vstack([inner, rows, columns]), grid.ravel()


def every_table(tables: IntegerTables, atoms: int) -> np.ndarray:
    """All tables, by trying every value of every atom."""
    ranges = [range(tables.least[n], tables.most[n] + 1) for n in range(atoms)]
    tried = np.array(list(product(*ranges)))
    figures = np.asarray(tables.equations[:, :atoms].todense())
    every = np.hstack([tried, tried @ figures.T])
    inside = ((tables.least <= every) & (every <= tables.most)).all(axis=1)
    return np.array([table for table in every[inside] if tables.fits(table)])


@st.composite
def small_systems(draw) -> tuple[IntegerTables, int]:
    """Up to six atoms, figures that count some of them, some shown and the others at least 1."""
    atoms = np.array(draw(st.lists(st.integers(0, 4), min_size=3, max_size=6)))
    subsets = st.lists(st.booleans(), min_size=len(atoms), max_size=len(atoms))
    members = np.array(draw(st.lists(subsets, min_size=2, max_size=5)), dtype=int)
    equations, values = counts_of(members, atoms)
    shown = draw(st.lists(st.booleans(), min_size=len(members), max_size=len(members)))
    shown = np.array(shown) | (values[len(atoms) :] == 0)
    free = np.concatenate([np.ones(len(atoms), dtype=bool), ~shown])
    least = np.concatenate([np.zeros(len(atoms), dtype=int), np.ones(len(members), dtype=int)])
    return integer_tables(equations, values, free, least, CAP), len(atoms)


def agrees(tables: IntegerTables, atoms: int, thresholds: list[int], seed: int) -> None:
    figures = np.arange(len(tables.values))
    targets = np.tile(figures, len(thresholds))
    below = np.repeat(thresholds, len(figures))
    exact = (every_table(tables, atoms)[:, targets] < below).mean(axis=0)
    found = small_shares(tables, targets, below, nothing_known(tables), seed, sweeps=50, bases=20)
    error = np.sqrt(exact * (1 - exact) / np.maximum(found.effective, 1))
    np.testing.assert_array_less(np.abs(found.share - exact), ERRORS * error + REST)


@settings(max_examples=15, derandomize=True)
@given(small_systems())
def test_shares_are_those_of_all_tables(system):
    agrees(*system, [1, 2, 3, 4], seed=1)


def test_shares_in_a_table_with_two_margins_are_those_of_all_tables():
    members, atoms = two_way([[1, 2, 0], [2, 1, 3], [0, 1, 2]])
    equations, values = counts_of(members, atoms)
    free = np.ones(len(values), dtype=bool)
    free[-6:] = False  # the margins are shown
    least = np.zeros(len(values), dtype=int)
    agrees(integer_tables(equations, values, free, least, CAP), len(atoms), [1, 2, 3], seed=2)


def test_a_ring_of_three_withheld_pairs_moves_as_a_whole():
    """No four cells of the pattern can be swapped: one change of six leads on."""
    members, atoms = two_way([[3, 4, 9], [9, 3, 4], [4, 9, 3]])
    equations, values = counts_of(members, atoms)
    free = np.ones(len(values), dtype=bool)
    free[-6:] = False
    shown = np.flatnonzero(values[:9] == 9)
    free[shown], free[9 + shown] = False, False
    tables = integer_tables(equations, values, free, (np.arange(len(values)) >= 9) * 1, CAP)
    found = small_shares(
        tables, np.array([9]), np.array([4]), nothing_known(tables), seed=3, sweeps=200, bases=5
    )
    # one cell of the ring runs from 1 to 6, and three of these values are below four
    assert found.share[0] == pytest.approx(3 / 6, abs=0.02)


def test_every_change_keeps_every_equation_and_what_is_shown():
    random = np.random.default_rng(4)
    members = (random.random((20, 40)) < 0.2).astype(int)
    equations, values = counts_of(members, random.integers(0, 9, 40))
    free = np.concatenate([np.ones(40, dtype=bool), random.random(20) < 0.5])
    found = circuits(equations, free, 20, random)
    assert found.shape[0] > 20
    assert not (found @ equations.T).nnz
    assert not found[:, np.flatnonzero(~free)].nnz


def test_changes_of_one_basis_lead_everywhere():
    members, _ = two_way([[1] * 4] * 3)
    equations, _ = counts_of(members, np.ones(12, dtype=int))
    found = circuits(equations, np.arange(len(members) + 12) < 24, 1, np.random.default_rng(5))
    assert np.linalg.matrix_rank(found.toarray()) == found.shape[0] == (4 - 1) * (3 - 1)


def test_a_change_is_no_longer_than_it_must_be():
    members, _ = two_way([[3, 1], [1, 3]])
    equations, _ = counts_of(members, np.array([3, 1, 1, 3]))
    found = circuits(equations, np.arange(12) < 8, 9, np.random.default_rng(5)).toarray()
    assert (found * found[0, 0]).tolist() == [[1, -1, -1, 1, 1, -1, -1, 1, 0, 0, 0, 0]]


def test_walks_begin_at_known_tables_too():
    """Without changes a walk stays where it begins, and half of them begin at either table."""
    members, atoms = two_way([[3, 1], [1, 3]])
    equations, values = counts_of(members, atoms)
    tables = integer_tables(equations, values, np.arange(12) < 8, np.zeros(12), cap=40)
    other = counts_of(members, np.array([1, 3, 3, 1]))[1]
    none = sparse.csr_matrix((0, 12))
    first, small = np.array([0]), np.array([2])
    random = np.random.default_rng(1)
    found = walk(tables, none, [tables.values, other], first, small, 1, random)
    assert found.share.tolist() == [0.5]


def test_a_figure_that_stands_in_one_equation_follows_from_the_others():
    members, atoms = two_way([[3, 1], [1, 3]])
    equations, _ = counts_of(members, atoms)
    system = reduce(equations, np.arange(12) < 8)
    assert len(system.dependent) == 4
    assert system.core.shape == (4, 4)


def test_what_no_equation_limits_is_at_most_the_cap():
    equations, values = counts_of(np.array([[1, 1]]), np.array([2, 3]))
    free = np.ones(3, dtype=bool)
    tables = integer_tables(equations, values, free, np.zeros(3, dtype=int), cap=40)
    assert tables.most.tolist() == [40, 40, 40]
    shown = integer_tables(equations, values, np.array([True, True, False]), np.zeros(3), cap=40)
    assert shown.most.tolist() == [5, 5, 5]


def test_a_table_that_does_not_fit_is_refused():
    equations, values = counts_of(np.array([[1, 1]]), np.array([2, 3]))
    with pytest.raises(ValueError, match="does not fit"):
        integer_tables(equations, values + 1, np.ones(3, dtype=bool), np.zeros(3), cap=40)


def test_a_single_table_is_certain():
    equations, values = counts_of(np.array([[1, 0], [0, 1]]), np.array([2, 30]))
    tables = integer_tables(equations, values, np.arange(4) < 2, np.zeros(4), cap=40)
    found = small_shares(tables, np.array([0, 1]), np.array([11, 11]), nothing_known(tables), 6)
    assert found.share.tolist() == [1, 0]
    assert not found.altered.any()


def test_the_same_seed_gives_the_same_shares():
    members, atoms = two_way([[3, 4, 9], [9, 3, 4], [4, 9, 3]])
    equations, values = counts_of(members, atoms)
    tables = integer_tables(equations, values, np.arange(len(values)) < 18, np.zeros(24), CAP)
    targets, thresholds = np.arange(9), np.full(9, 4)
    one, other = (
        small_shares(tables, targets, thresholds, nothing_known(tables), 8, sweeps=20)
        for _ in range(2)
    )
    assert one.share.tolist() == other.share.tolist()
