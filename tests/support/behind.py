"""Records behind tables that a test types in: some that agree with all of them."""

from itertools import pairwise, product

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from openresponse.disclosure import cell_suppression
from openresponse.disclosure.system import linked_tables
from openresponse.disclosure.system.periods import months
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.microdata import ABSENT, COUNT, MONTH, Microdata


def microdata(tables: list[ContingencyTable]) -> list[Microdata]:
    """For each universe records of which all combinations are possible that the tables do not rule
    out by what their codes mean; none at all where no records can have these counts.
    """
    universes = dict.fromkeys(table.universe for table in tables)
    return [_behind([t for t in tables if t.universe == one], one) for one in universes]


def build(tables: list[ContingencyTable], rule) -> linked_tables.System:
    return linked_tables.build(tables, microdata(tables), rule)


def protect(tables: list[ContingencyTable], rule, earlier=None, **how):
    return cell_suppression.protect(tables, microdata(tables), rule, earlier, **how)


def revise(tables: list[ContingencyTable], rule, earlier, **how):
    return cell_suppression.revise(tables, microdata(tables), rule, earlier, **how)


def _behind(tables: list[ContingencyTable], universe: str) -> Microdata:
    leaves: dict[str, list[str]] = {}
    partly = {name for t in tables for name in t.hierarchies if t.subset}
    for table in tables:
        for name in table.hierarchies:
            coarsening = table.coarsening(name)
            own = leaves.setdefault(coarsening.attribute, [])
            own += sorted(frozenset().union(*coarsening.codes.values()) - set(own))
            if name in partly and ABSENT not in own:
                own.append(ABSENT)
    names = list(leaves)
    kinds = [
        dict(zip(names, codes, strict=True))
        for codes in product(*leaves.values())
        if _is_possible(dict(zip(names, codes, strict=True)), tables)
    ]
    spans = {months(str(p)) for table in tables for p in table.cells["period"].unique()}
    ends = sorted({end for span in spans for end in span})
    pieces = [
        (low, high)
        for low, high in pairwise(ends)
        if any(start <= low and high <= end for start, end in spans)
    ]
    rows = pd.DataFrame(
        [{MONTH: low, **kind} for low, _ in pieces for kind in kinds], columns=[MONTH, *names]
    )
    return Microdata(universe, rows.assign(**{COUNT: _counts(rows, tables)}))


def _is_possible(kind: dict[str, str], tables: list[ContingencyTable]) -> bool:
    """Whether a record counts in the tables it must, by the meanings of their codes and subsets."""
    for table in tables:
        inside = all(_has(kind, pair, tables) for pair in table.subset)
        for name, hierarchy in table.hierarchies.items():
            code = kind[table.coarsening(name).attribute]
            if table.subset and (code != ABSENT) != inside:
                return False
            for node in hierarchy.nodes:
                held = code in table.coarsening(name).codes[node.code]
                if node.means and held != _has(kind, node.means, tables):
                    return False
    return True


def _has(kind: dict[str, str], pair: tuple[str, str], tables: list[ContingencyTable]) -> bool:
    """Whether a record has a code of a dimension; where no table has it, all have."""
    dimension, code = pair
    for table in tables:
        if dimension in table.hierarchies and code in table.hierarchies[dimension].codes:
            coarsening = table.coarsening(dimension)
            return kind[coarsening.attribute] in coarsening.codes[code]
    return True


def _counts(rows: pd.DataFrame, tables: list[ContingencyTable]) -> np.ndarray:
    if any(not table.cells["count"].map(_is_count).all() for table in tables):
        return np.zeros(len(rows), dtype=int)
    month = rows[MONTH].to_numpy()
    constraints, wanted = [], []
    for table in tables:
        holds = {}
        for name in table.hierarchies:
            coarsening = table.coarsening(name)
            holds[name] = {
                code: rows[coarsening.attribute].isin(held).to_numpy()
                for code, held in coarsening.codes.items()
            }
        for cell in table.cells.to_dict("records"):
            start, end = months(str(cell["period"]))
            inside = (start <= month) & (month < end)
            for name, by_code in holds.items():
                inside = inside & by_code[cell[name]]
            constraints.append(inside.astype(float))
            wanted.append(cell["count"])
    numbers = milp(
        np.zeros(len(rows)),
        integrality=np.ones(len(rows)),
        bounds=Bounds(0, np.inf),
        constraints=LinearConstraint(np.array(constraints), wanted, wanted),
    )
    return np.zeros(len(rows), dtype=int) if numbers.x is None else np.rint(numbers.x).astype(int)


def _is_count(value: object) -> bool:
    return not pd.isna(value) and value >= 0 and value == round(value)
