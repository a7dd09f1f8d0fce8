"""What must have a witness: every small count, and every sensitive group."""

import numpy as np

from openresponse.disclosure.suppression.witness import Target
from openresponse.disclosure.system.linked_tables import System

TOGETHER = 6  # targets that one move is asked to serve; more seldom have a move in common


def targets(system: System, primary: np.ndarray) -> list[Target]:
    """Small counts, totals before details; then, of each sensitive group, that two or more are not
    like the others. primary: flags of the variables that need primary suppression.
    """
    start, end = system.months.T
    small = sorted(
        np.flatnonzero(primary & (system.values < system.threshold)),
        key=lambda v: (system.depth[v], start[v] - end[v], v),
    )
    counts = [Target((int(v),), int(system.reach[v])) for v in small]
    others = [np.delete(codes, system.values[codes].argmax()) for codes in system.sensitive_groups]
    return counts + [Target(tuple(codes.tolist()), 2) for codes in others]


def groups(targets: list[Target], system: System) -> list[list[Target]]:
    """Targets that one move may serve: of the same months and block, and not neighbours, which
    rise at each other's cost.
    """
    together: dict[tuple[object, ...], list[Target]] = {}
    for target in targets:
        first = target.variables[0]
        several = target.variables if len(target.variables) > 1 else ()
        what = (int(system.block[first]), *system.months[first].tolist(), several)
        together.setdefault(what, []).append(target)
    return [
        some[k :: -(-len(some) // TOGETHER)]
        for some in together.values()
        for k in range(-(-len(some) // TOGETHER))
    ]


def halves(group: list[Target]) -> tuple[list[Target], list[Target]]:
    """A group that no one move serves, divided."""
    middle = len(group) // 2
    return group[:middle], group[middle:]
