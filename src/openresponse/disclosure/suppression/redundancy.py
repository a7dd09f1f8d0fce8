"""Complementary suppressions that are not needed after all are shown again, the dearest first.

A complement is redundant where every witness whose move goes through it can go another way, among
what is withheld.
"""

import numpy as np

from openresponse.disclosure.suppression.pattern import WorkingPattern
from openresponse.disclosure.suppression.targets import groups, halves
from openresponse.disclosure.suppression.task import Task
from openresponse.disclosure.suppression.witness import Move, Target

# Never seconds: slow machines must publish the same cells as fast ones. Minutes of work.
PROGRAMMES = 1_000

Moves = dict[Target, Move]


def removed(
    task: Task, pattern: WorkingPattern, moves: Moves, programmes: int
) -> tuple[WorkingPattern, Moves]:
    """The pattern without redundant complements, and the witnesses that go round them.

    programmes: how many linear programmes may be solved; what is redundant beyond stays withheld,
    but where no witness needs it, as where its number follows from others that are shown.
    """
    withheld, moves = pattern.withheld.copy(), dict(moves)
    complements = np.flatnonzero(withheld & ~task.stay_withheld & task.system.published)
    users: dict[int, set[Target]] = {int(one): set() for one in complements}
    _note(users, moves, task)
    limit = pattern.surroundings.programmes + programmes
    for one in sorted(users, key=lambda v: -task.price[v]):
        through = [target for target in users[one] if one in moves[target].variables]
        if through and pattern.surroundings.programmes >= limit:
            continue
        withheld[one] = False
        other_ways = _around(
            task, pattern, withheld, sorted(through, key=lambda t: (t.variables, t.need))
        )
        if other_ways is None:
            withheld[one] = True
        else:
            moves |= other_ways
            _note(users, other_ways, task)
    return WorkingPattern(task, withheld), moves


def _note(users: dict[int, set[Target]], moves: Moves, task: Task) -> None:
    """Remember which complements each witness changes. One that no longer does is left out when
    the complement's turn comes.
    """
    for target, move in moves.items():
        for variable in task.touched(move):
            if int(variable) in users:
                users[int(variable)].add(target)


def _around(
    task: Task, pattern: WorkingPattern, withheld: np.ndarray, targets: list[Target]
) -> Moves | None:
    """Witnesses for these targets among what is `withheld`; None where one has none."""
    rerouted: Moves = {}
    left = groups(targets, task.system)[::-1]
    while left:
        group = left.pop()
        move = pattern.surroundings.cheapest(group, task.price, withheld, far=False)
        if move is not None:
            rerouted |= dict.fromkeys(group, move)
        elif len(group) == 1:
            return None
        else:
            first, second = halves(group)
            left += [second, first]
    return rerouted
