"""Which revised figures may be shown beside those published before.

A reader of both releases takes one from the other. So a figure may change by nothing or by at least
the threshold, and no smaller change may follow from the changes that are shown. Where one would,
the revised figure is withheld, and the earlier one is known for ever (carried forward). Whether it
is still printed is decided for whole months, where tables are written. The audit over all releases
has the last word.
"""

from collections.abc import Sequence

import numpy as np

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.suppression.change_equations import ChangeEquations
from openresponse.disclosure.system.linked_tables import System


def in_revised_months(system: System, change: np.ndarray) -> np.ndarray:
    """Which variables lie in months of which any figure changed.

    change: new minus earlier count of each variable; nan where it is not published.
    """
    where = [
        (universe, tuple(months))
        for universe, months in zip(system.universe, system.months.tolist(), strict=True)
    ]
    revised = {at for at, by in zip(where, change, strict=True) if by and not np.isnan(by)}
    return np.array([at in revised for at in where], dtype=bool)


def overlapping(system: System, carried: np.ndarray) -> np.ndarray:
    """Which published variables count a month of which a figure is carried forward.

    carried: flags of the variables whose figure is.
    """
    start, end = system.months.T
    overlaps = np.zeros(len(carried), dtype=bool)
    for inside in universes(system):
        for first, after in np.unique(system.months[inside & carried], axis=0):
            overlaps |= inside & (start < after) & (first < end)
    return np.asarray(overlaps & system.published)


def to_carry_forward(
    system: System, change: np.ndarray, withheld: np.ndarray, rule: Rule
) -> np.ndarray:
    """Which figures must be carried forward, so that no small change is given away.

    change: as of `in_revised_months`. withheld: in either release. Sums with a figure that is new
    say nothing here, since no change of it is known.
    """
    complete = (abs(system.sums) @ np.isnan(change).astype(float)) == 0
    known = np.where(np.isnan(change), 0, change)
    equations = ChangeEquations(system.sums[complete].tocsr(), known, system.depth, rule)
    silent = withheld | equations.small
    while True:
        revealing = equations.left_over(silent)
        if not revealing.size:
            revealing = equations.determined(silent)
        if not revealing.size:
            revealing = equations.bounded(silent, universes(system))
        more = equations.around(revealing, silent)
        if not more.size:
            return np.asarray(silent & ~withheld)
        silent[more] = True


def since_any(
    system: System, changes: Sequence[np.ndarray], withheld: np.ndarray, rule: Rule
) -> np.ndarray:
    """The same for a reader who compares a revision with every release before, not the last alone.

    changes: since each of them.
    """
    silent = np.zeros(len(withheld), dtype=bool)
    before = -1
    while silent.sum() > before:
        before = silent.sum()
        for change in changes:
            silent |= to_carry_forward(system, change, withheld | silent, rule)
    return silent


def universes(system: System) -> list[np.ndarray]:
    """The variables of each universe, as flags."""
    return [system.universe == name for name in np.unique(system.universe)]
