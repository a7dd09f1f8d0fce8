"""The attributes by which tables tell records apart, and the microdata that they make up.

A measure, an interval and a dimension are an attribute each. What two of them mean to each other,
as an arrest as an outcome and an arrest as an event, is in the records, where every row has a code
of each.
"""

from collections.abc import Iterable

import pandas as pd

from openresponse.errors import ProgramError
from openresponse.measures import data_quality, dimensions, response_times
from openresponse.measures.counting.counted import Counted
from openresponse.measures.registry import MEASURES
from openresponse.program import Program
from openresponse.records.collection import Records
from openresponse.records.intervals import INTERVALS
from openresponse.tables.hierarchy import Hierarchy
from openresponse.tables.microdata import ABSENT, MONTH, Coarsening, Microdata, Pair
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
    found: list[Microdata] = []
    for universe, used in names.items():
        is_calls = universe == records.universe
        rows = (_of_incidents if is_calls else _of_deliveries)(sorted(used), records, program)
        never = () if is_calls or "extract" not in used else data_quality.NEVER
        could_meet = _could_meet(rows, program)
        found.append(Microdata.of(universe, rows, DATED & used, never, could_meet))
    _refuse_unknown(found, program)
    return found


def _could_meet(rows: pd.DataFrame, program: Program) -> tuple[tuple[Pair, Pair], ...]:
    """The pairs of which the program says that they could occur, of attributes and codes that these
    rows have.
    """
    return tuple(
        one.codes
        for one in program.privacy.could_occur
        if all(
            name in rows and (rows[name].fillna(ABSENT) == code).any() for name, code in one.codes
        )
    )


def _refuse_unknown(found: Iterable[Microdata], program: Program) -> None:
    """ProgramError where the program says of a pair that it could occur, and no record has a code
    of it.
    """
    known = {pair for records in found for pair in records.could_meet}
    for place, one in enumerate(program.privacy.could_occur):
        if one.codes not in known:
            raise ProgramError(
                f"`privacy.could_occur[{place}]`: no records have `{one.attribute}` with the code"
                f" `{one.code}` and `{one.other}` with `{one.other_code}`, each in some of them."
                " Write them as `relations.csv` of a release does, or delete the entry."
            )


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
