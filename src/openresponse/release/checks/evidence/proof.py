"""What the evidence pack says of what is withheld, and of the proof that it suffices."""

from importlib.metadata import version
from typing import Any

import pandas as pd

from openresponse.disclosure.cell_suppression import Protection
from openresponse.disclosure.earlier_release import WITHHELD
from openresponse.disclosure.suppression.witness import broken
from openresponse.measures.counting.counted import Counted
from openresponse.release.checks.evidence.basis import Basis

STEPS = (1, 5, 10, 25, 50)  # per cent
# In words, for an exact time would make every copy of the pack differ.
DURATIONS = (
    (10, "less than ten seconds"),
    (60, "less than a minute"),
    (600, "less than ten minutes"),
    (3600, "less than an hour"),
)
Section = dict[str, Any]


def system(basis: Basis) -> Section:
    """What was solved, and what the audit tried."""
    tables = [part.counts for part in basis.counted]
    verdict = basis.verdict
    took = [words for limit, words in DURATIONS if verdict.seconds < limit]
    return {
        "universes": [
            {
                "name": name,
                "tables": sum(table.universe == name for table in tables),
                "cells": sum(len(table.cells) for table in tables if table.universe == name),
            }
            for name in dict.fromkeys(table.universe for table in tables)
        ],
        "verdict": {
            "opened": len(verdict.opened),
            "given_away": list(verdict.given_away),
            "tried": verdict.tried,
            "releases": verdict.releases,
            "cells": verdict.cells,
            "withheld": verdict.withheld,
            "variables": verdict.variables,
            "equations": verdict.equations,
            "components": verdict.components,
            "largest": verdict.largest,
            "took": took[0] if took else "more than an hour",
        },
        # Both call HiGHS, which the officer should know; the check of the witnesses does not.
        "solvers": {
            "search": f"HiGHS in highspy {version('highspy')}",
            "audit": f"HiGHS in SciPy {version('scipy')}",
        },
    }


def withheld(basis: Basis) -> Section:
    """How many cells of each table are withheld, and why."""
    tables = [_table(basis, part) for part in basis.counted]
    return {
        "tables": tables,
        "small": sum(t["small"] for t in tables),
        "protecting": sum(t["protecting"] for t in tables),
    }


def proof(protection: Protection) -> Section:
    """How many protected figures there are, and how many have a witness that holds, tried here once
    more.
    """
    system, witnesses = protection.system, protection.witnesses
    withheld = protection.withheld
    holding = set(witnesses) - set(broken(system, withheld, witnesses))
    protected = set(protection.small.tolist())
    witnessed = {
        target.variables[0]
        for target in holding
        if len(target.variables) == 1 and target.need >= system.threshold[target.variables[0]]
    }
    return {
        "distinct": int(withheld.sum()),
        "witnesses": {
            "small": len(protected),
            "witnessed": len(protected & witnessed),
            "all": len(witnesses),
            "holding": len(holding),
        },
    }


def inside(shown: int, every: int, threshold: int) -> int | None:
    """The share in per cent, rounded down to steps that cover so many counts each that none gives a
    small one away. None where even half of all would be too few.
    """
    step = next((step for step in STEPS if step * every >= 100 * threshold), None)
    return None if step is None else 100 * shown // every // step * step


def _table(basis: Basis, part: Counted) -> Section:
    name, cells, spec = part.counts.name, part.counts.cells, basis.program.tables[part.table]
    withheld = basis.protection.statuses[name] == WITHHELD
    small = basis.protection.primary[name]
    title = spec.title
    if spec.stack and part.part:
        title = f"{title}: {spec.stack.parts[part.part]}"
    finest = pd.concat(
        [cells[d].isin(hierarchy.leaves) for d, hierarchy in part.counts.hierarchies.items()],
        axis="columns",
    ).all(axis="columns")
    return {
        "title": title,
        "cells": len(cells),
        "shown": int((~withheld).sum()),
        "small": int((withheld & small).sum()),
        "protecting": int((withheld & ~small).sum()),
        "inside": inside(
            int(cells["count"][finest & ~withheld].sum()),
            int(cells["count"][finest].sum()),
            basis.rule.threshold,
        ),
    }
