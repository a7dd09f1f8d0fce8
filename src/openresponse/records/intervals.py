"""The intervals of a response that are timed, each declared here and nowhere else.

A declaration gives the column of the de-identified rows and its place on the allow-list, the calls
the interval is asked of, and with these the counts of timed and not timed, the quantiles and the
definition. A program file publishes an interval by its name, under `stack.parts` of a table of
times.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from openresponse.program import ExtractName, Program

Kind = Literal["incident", "any", "team", "police", "ems"]
LONGEST = 24 * 60  # minutes; what took longer is a typing error


@dataclass(frozen=True)
class Moment:
    """A time in the incident's row, or in the rows of its units: of `any` of them, or of one kind.

    field: of the schema. take: which one counts where several units recorded it. or_else: the field
    that counts for a unit that did not record it.
    """

    field: str
    of: Kind
    take: Literal["first", "last"] = "first"
    or_else: str = ""

    @property
    def extract(self) -> ExtractName:
        return "incidents" if self.of == "incident" else "units"

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field, self.or_else) if self.or_else else (self.field,)

    def recorded(self, rows: pd.DataFrame) -> pd.Series:
        """When it was in each row."""
        return rows[self.field].fillna(rows[self.or_else]) if self.or_else else rows[self.field]


@dataclass(frozen=True)
class Subset:
    """The calls that an interval is asked of: those with a yes in `column`.

    code: the same calls in a measure, as (dimension, code). leaves_out: the others, as the
    definition calls them.
    """

    column: str
    code: tuple[str, str]
    leaves_out: str


@dataclass(frozen=True)
class Interval:
    """Minutes from one moment to another, in the column `name`; `among`: of which calls, if not of
    all. spent: the column with the minutes of all its units together, where they are added up.
    """

    name: str
    start: Moment
    end: Moment
    among: Subset | None = None
    spent: str = ""

    @property
    def of(self) -> Kind:
        """The units whose moments it is measured by."""
        return self.end.of if self.start.of == "incident" else self.start.of


CALL = Moment("received", "incident")
DISPATCH = Moment("dispatched", "any")
ARRIVAL = Moment("arrived", "any")
TEAM_ARRIVAL = Moment("arrived", "team")
POLICE_ARRIVAL = Moment("arrived", "police")
TEAM_CAME = Subset("team_arrived", ("stage", "arrived"), "calls the team did not come to")
POLICE_CAME = Subset(
    "police_on_scene", ("responders", "police_on_scene"), "calls with no police recorded on scene"
)
EMS_CAME = Subset("ems_on_scene", ("ems", "ems_on_scene"), "calls with no EMS recorded on scene")


def _left(of: Kind) -> Moment:
    """When the last unit left; an ambulance that takes somebody away is free only later."""
    return Moment("left_scene", of, "last", or_else="cleared")


INTERVALS = {
    interval.name: interval
    for interval in (
        Interval("call_to_dispatch", CALL, DISPATCH),
        Interval("dispatch_to_arrival", DISPATCH, ARRIVAL),
        Interval("call_to_arrival", CALL, ARRIVAL),
        Interval("call_to_team_arrival", CALL, TEAM_ARRIVAL, among=TEAM_CAME),
        Interval("time_on_scene", ARRIVAL, _left("any"), spent="unit_minutes"),
        Interval(
            "police_time_on_scene",
            POLICE_ARRIVAL,
            _left("police"),
            among=POLICE_CAME,
            spent="police_unit_minutes",
        ),
        Interval(
            "ems_time_on_scene",
            Moment("arrived", "ems"),
            _left("ems"),
            among=EMS_CAME,
            spent="ems_unit_minutes",
        ),
        Interval(
            "team_time_on_scene",
            TEAM_ARRIVAL,
            _left("team"),
            among=TEAM_CAME,
            spent="team_unit_minutes",
        ),
    )
}
SPENT = tuple(interval.spent for interval in INTERVALS.values() if interval.spent)


def timed_by(program: Program) -> list[Interval]:
    """The intervals of which a program file maps both moments; where a row is a unit response,
    those that lie within one row.
    """
    return [
        interval
        for interval in INTERVALS.values()
        if all(_given(moment, program) for moment in (interval.start, interval.end))
    ]


def at(moment: Moment, incidents: pd.DataFrame, units: Mapping[str, pd.DataFrame]) -> pd.Series:
    """When it was, by incident; NaT where nobody recorded it.

    units: as `attributes.by_kind` gives them.
    """
    if moment.of == "incident":
        return incidents[moment.field]
    rows = units[moment.of]
    times = moment.recorded(rows).groupby(rows["incident"])
    return (times.min() if moment.take == "first" else times.max()).reindex(incidents.index)


def in_order(*moments: pd.Series) -> pd.Series:
    """Of which rows each moment that is recorded is not before any that should come first."""
    ordered, latest = pd.Series(True, moments[0].index), moments[0]
    for moment in moments[1:]:
        ordered &= ~(moment < latest).fillna(False)
        latest = latest.where(moment.isna() | (latest > moment), moment)
    return ordered


def of_incidents(
    intervals: list[Interval], incidents: pd.DataFrame, units: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """One column an interval, one row an incident; NA where a unit it may be of recorded its
    moments in an impossible order, for nobody knows which of them is wrong.
    """
    columns = {}
    for interval in intervals:
        start, end = (at(one, incidents, units) for one in (interval.start, interval.end))
        disordered = units[interval.of].loc[~units[interval.of]["in_order"], "incident"]
        columns[interval.name] = minutes(start, end).mask(incidents.index.isin(disordered))
        if interval.spent:
            own = units[interval.of][units[interval.of]["in_order"]]
            added = _of_each_unit(interval, own).groupby(own["incident"]).sum()
            columns[interval.spent] = added.reindex(incidents.index)
    return pd.DataFrame(columns, index=incidents.index)


def of_unit_responses(intervals: list[Interval], units: pd.DataFrame) -> pd.DataFrame:
    """One column an interval, one row a unit response."""
    columns = {interval.name: _of_each_unit(interval, units) for interval in intervals}
    spent = {one.spent: columns[one.name] for one in intervals if one.spent}
    return pd.DataFrame({**columns, **spent}, index=units.index)


def _of_each_unit(interval: Interval, units: pd.DataFrame) -> pd.Series:
    return minutes(interval.start.recorded(units), interval.end.recorded(units))


def minutes(start: pd.Series, end: pd.Series) -> pd.Series:
    """Minutes from `start` to `end`; NA where either is missing, the order is impossible, or over a
    day.
    """
    value = (end - start).dt.total_seconds() / 60
    return value.where((value >= 0) & (value <= LONGEST)).astype("Float64")


def _given(moment: Moment, program: Program) -> bool:
    if program.universe == "unit_responses" and moment.of != "any":
        return False
    extract = program.extracts.get(moment.extract)
    return extract is not None and any(field in extract.columns for field in moment.fields)
