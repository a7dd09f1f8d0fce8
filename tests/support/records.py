"""Tables counted from records, and what can be proved of their withheld counts, by a solver that
knows nothing of the engine.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.system.periods import months
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy
from openresponse.tables.microdata import COUNT, MONTH, Microdata

FIRST = 24312  # January 2026


def counted(
    name: str, records: pd.DataFrame, hierarchies: dict[str, Hierarchy], period, **more
) -> ContingencyTable:
    """A table counted from records. period: of each row."""
    table = ContingencyTable(name, "incidents", pd.DataFrame(), hierarchies, **more)
    rows = []
    for one in sorted(set(period)):
        inside = records[period == one]
        for cell in pd.MultiIndex.from_product([h.codes for h in hierarchies.values()]):
            held = pd.Series(True, index=inside.index)
            for dimension, code in zip(hierarchies, cell, strict=True):
                coarsening = table.coarsening(dimension)
                held &= inside[coarsening.attribute].isin(coarsening.codes[code])
            rows.append((one, *cell, int(inside[COUNT][held].sum())))
    cells = pd.DataFrame(rows, columns=["period", *hierarchies, "count"])
    return replace(table, cells=cells.astype(dict.fromkeys(["period", *hierarchies], "string")))


def largest(table: ContingencyTable, row: int, tables, statuses, microdata: Microdata) -> float:
    """The largest count of a cell in whole records that agree with everything shown, of the kinds
    and months of the microdata. Without blocks or atoms of the engine: every kind is a variable.
    """
    kinds, at = microdata.rows, []
    low, high = [], []
    for one in tables:
        for number, cell in enumerate(one.cells.itertuples()):
            start, end = months(str(cell.period))
            inside = kinds[MONTH].between(start, end - 1)
            for dimension in one.hierarchies:
                coarsening = one.coarsening(dimension)
                codes = coarsening.codes[getattr(cell, dimension)]
                inside &= kinds[coarsening.attribute].isin(codes)
            shown = statuses[one.name].iloc[number] == ""
            at.append(inside.to_numpy(dtype=float))
            low.append(cell.count if shown else min(1, cell.count))
            high.append(cell.count if shown else np.inf)
            if one.name == table.name and number == row:
                wanted = -at[-1]
    result = milp(
        wanted,
        integrality=np.ones(len(kinds)),
        bounds=Bounds(0, 10_000),
        constraints=LinearConstraint(np.array(at), low, high),
    )
    return -result.fun


def small_and_provable(tables, statuses, microdata: Microdata, rule: Rule) -> list[tuple]:
    """Withheld small cells that cannot be large in any records that agree."""
    return [
        (table.name, *table.cells.iloc[row][["period", *table.hierarchies]])
        for table in tables
        for row, count in enumerate(table.cells["count"])
        if rule.hides(count) and largest(table, row, tables, statuses, microdata) < rule.threshold
    ]
