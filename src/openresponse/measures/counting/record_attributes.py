"""The attributes by which tables tell records apart, and the microdata that they make up.

A measure, an interval and a dimension are an attribute each. What two of them mean to each other,
as an arrest as an outcome and an arrest as an event, is in the records, where every row has a code
of each.
"""

from collections.abc import Iterable

import pandas as pd

from openresponse.measures import data_quality, dimensions, response_times
from openresponse.measures.counting.counted import Counted
from openresponse.measures.registry import MEASURES
from openresponse.program import Program
from openresponse.records.collection import Records
from openresponse.records.intervals import INTERVALS
from openresponse.tables.hierarchy import Hierarchy
from openresponse.tables.microdata import MONTH, Coarsening, Microdata
from openresponse.tables.months import number

AMONG = " of "  # between a dimension and the measure whose rows alone it is asked of
# Attributes whose codes begin or end with a rule, as a model begins with its launch.
DATED = frozenset({"model", "district", "funnel", "service"})


def among(dimension: str, measure: str) -> str:
    """The name of a dimension asked only of the rows that a measure counts."""
    return f"{dimension}{AMONG}{measure}"


def coarsening(attribute: str, hierarchy: Hierarchy, finest: Hierarchy) -> Coarsening:
    """What the codes of a hierarchy hold of the finest codes of an attribute.

    A code of the hierarchy that is not of the finest one stands for no record.
    """
    held: dict[str, set[str]] = {code: set() for code in hierarchy.codes}
    for leaf in finest.leaves:
        for code in finest.ancestors(leaf):
            if code in held:
                held[code].add(leaf)
    return Coarsening(attribute, {code: frozenset(leaves) for code, leaves in held.items()})


def microdata(program: Program, records: Records, counted: Iterable[Counted]) -> list[Microdata]:
    """The records behind the tables, by all attributes that these tell apart; one for each
    universe.
    """
    names: dict[str, set[str]] = {}
    for part in counted:
        used = {part.counts.coarsening(name).attribute for name in part.counts.hierarchies}
        names.setdefault(part.counts.universe, set()).update(used)
    found = []
    for universe, used in names.items():
        is_calls = universe == records.universe
        rows = (_of_incidents if is_calls else _of_deliveries)(sorted(used), records, program)
        never = () if is_calls or "extract" not in used else data_quality.NEVER
        found.append(Microdata.of(universe, rows, DATED & used, never))
    return found


def _of_incidents(names: list[str], records: Records, program: Program) -> pd.DataFrame:
    """A row for each incident: its month, and its code of each attribute."""
    rows = records.rows
    columns = {name: _attribute(name, rows, program) for name in names}
    return pd.DataFrame({MONTH: _numbers(rows["month"]), **columns}, index=rows.index)


def _of_deliveries(names: list[str], records: Records, program: Program) -> pd.DataFrame:
    """A row for each row delivered."""
    rows = records.handling.dropna(subset=["period"])
    return rows[names].assign(**{MONTH: _numbers(rows["period"])})


def _numbers(months: pd.Series) -> pd.Series:
    numbers = {month: number(str(month)) for month in months.unique()}
    return months.map(numbers).astype(int)


def _attribute(name: str, rows: pd.DataFrame, program: Program) -> pd.Series:
    if name in MEASURES:
        return MEASURES[name](rows)
    if name in INTERVALS:
        return response_times.timed(rows, INTERVALS[name])
    dimension, _, measure = name.partition(AMONG)
    codes = dimensions.values(rows, dimension, program)
    return codes.where(MEASURES[measure](rows).notna()) if measure else codes
