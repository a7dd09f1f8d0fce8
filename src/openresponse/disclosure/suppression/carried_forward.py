"""Which revised figures may be shown beside those published before.

A reader of both releases takes one from the other. So a figure may change by nothing or by at least
the threshold, and no smaller change may follow from the changes that are shown: where it would, the
earlier figure stands and the revised one is withheld. The audit over all releases has the last
word.
"""

import numpy as np
from scipy import sparse
from scipy.linalg import null_space
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.system.linked_tables import System

EXACT = 1e-6
CEILING = 10.0**6  # no city adds more records to a figure


def reopened(system: System, change: np.ndarray) -> np.ndarray:
    """Which variables lie in months of which any figure changed.

    change: new minus earlier count of each variable; nan where it is not published.
    """
    moved = {
        (key[0], tuple(stretch))
        for key, stretch, by in zip(system.keys, system.stretch, change, strict=True)
        if by and not np.isnan(by)
    }
    return np.array(
        [
            (key[0], tuple(stretch)) in moved
            for key, stretch in zip(system.keys, system.stretch, strict=True)
        ],
        dtype=bool,
    )


def overlapping(system: System, stands: np.ndarray) -> np.ndarray:
    """Which published variables count a month of which a figure stands. stands: flags of those
    whose earlier figure does.
    """
    found = np.zeros(len(stands), dtype=bool)
    for inside in universes(system):
        for start, end in np.unique(system.stretch[inside & stands], axis=0):
            found |= inside & (system.stretch[:, 0] < end) & (start < system.stretch[:, 1])
    return found & system.published


def standing(system: System, change: np.ndarray, silent: np.ndarray, rule: Rule) -> np.ndarray:
    """Which figures must stand as they were, so that no small change is told.

    silent: variables of the reopened months that no reader sees, in either release.
    Returns a flag for each variable. What is not published has no equation here, since no change of
    it is told.
    """
    hidden = silent | _small(change, rule)
    told = np.where(np.isnan(change), 0, change)
    rows = system.equations[(abs(system.equations) @ np.isnan(change).astype(float)) == 0].tocsr()
    while True:
        revealing = _left(rows, told, hidden, rule)
        if not revealing.size:
            revealing = _determined(rows, told, hidden, rule)
        if not revealing.size:
            revealing = _bounded(rows, told, hidden, universes(system), rule)
        more = _around(rows, revealing, told, hidden)
        if not more.size:
            return hidden & ~silent
        hidden[more] = True


def _small(change: np.ndarray, rule: Rule) -> np.ndarray:
    return (np.abs(change) >= 1) & (np.abs(change) < rule.threshold)


def _left(rows: sparse.csr_matrix, told: np.ndarray, hidden: np.ndarray, rule: Rule) -> np.ndarray:
    """Sums in which the shown changes leave a small one to those that are hidden."""
    some = abs(rows) @ hidden.astype(float) > 0
    return np.flatnonzero(some & _small(rows @ np.where(hidden, 0, told), rule))


def _determined(
    rows: sparse.csr_matrix, told: np.ndarray, hidden: np.ndarray, rule: Rule
) -> np.ndarray:
    """Sums that hold a small hidden change which all the sums together leave no room."""
    at = np.flatnonzero(hidden)
    inner = rows[:, at]
    _, part = (
        connected_components(inner.T @ inner, directed=False)
        if at.size
        else (0, np.empty(0, dtype=int))
    )
    found: list[int] = []
    for label in np.unique(part):
        own = inner[:, part == label]
        own = own[np.diff(own.indptr) > 0].toarray()
        if own.size:
            fixed = (abs(null_space(own)) < EXACT).all(axis=1)
            found += list(at[part == label][fixed])
    found = [cell for cell in found if _small(told[cell], rule)]
    return np.flatnonzero(abs(rows[:, found]) @ np.ones(len(found)) > 0)


def universes(system: System) -> list[np.ndarray]:
    """The variables of each universe, as flags."""
    names = np.array([key[0] for key in system.keys])
    return [names == name for name in np.unique(names)]


def _bounded(
    rows: sparse.csr_matrix,
    told: np.ndarray,
    hidden: np.ndarray,
    universes: list[np.ndarray],
    rule: Rule,
) -> np.ndarray:
    """Sums of the universes in which a reader may take it that records were only added."""
    found = [
        _bounded_in(rows, told, hidden & inside, rule)
        for inside in universes
        if (told[inside & ~hidden] >= 0).all()
    ]
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=int)


def _bounded_in(
    rows: sparse.csr_matrix, told: np.ndarray, hidden: np.ndarray, rule: Rule
) -> np.ndarray:
    """Sums that hold a small hidden change which cannot be large, for a reader who takes it that
    records were only added.
    """
    at = np.flatnonzero(hidden)
    inner = rows[:, at]
    own = np.diff(inner.indptr) > 0
    inner, left = inner[own], -(rows[own] @ np.where(hidden, 0, told))
    undecided = {place for place, cell in enumerate(at) if _small(told[cell], rule)}
    found: list[int] = []
    while undecided:
        place = min(undecided)
        wanted = np.zeros(len(at))
        wanted[place] = -1
        # Bounded above, so that a change of which there is no limit is found as one that is large
        # enough.
        result = linprog(wanted, A_eq=inner, b_eq=left, bounds=(0, CEILING), method="highs")
        large = (
            set()
            if result.x is None
            else {p for p in undecided if result.x[p] >= rule.threshold - EXACT}
        )
        if place not in large:
            found.append(int(at[place]))
        undecided -= large | {place}
    return np.flatnonzero(abs(rows[:, found]) @ np.ones(len(found)) > 0)


def _around(
    rows: sparse.csr_matrix, revealing: np.ndarray, told: np.ndarray, hidden: np.ndarray
) -> np.ndarray:
    """What to hide besides: a shown figure of these sums, or where they have none, of those that
    share a hidden one with them.
    """
    while revealing.size:
        more = _largest(rows[revealing], told, hidden)
        if more.size:
            return more
        touched = hidden & (abs(rows[revealing]).T @ np.ones(revealing.size) > 0)
        wider = np.flatnonzero(abs(rows) @ touched.astype(float) > 0)
        if wider.size == revealing.size:
            break
        revealing = wider
    return np.empty(0, dtype=int)


def _largest(rows: sparse.csr_matrix, told: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """In each of these sums the figure that changed most and is still shown."""
    found = []
    for row in rows:
        shown = row.indices[~hidden[row.indices]]
        if shown.size:
            found.append(shown[np.argmax(abs(told[shown]))])
    return np.unique(np.array(found, dtype=int))
