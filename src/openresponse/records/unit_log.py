"""The unit log: the only sound source for who came, and when."""

import pandas as pd

from openresponse.program import ExtractName, Program
from openresponse.records import clock, intervals, linkage, precedence
from openresponse.records.precedence import Vintage
from openresponse.records.schema import FIELDS, MOMENTS


def linked(
    units: pd.DataFrame, calls: pd.DataFrame, program: Program, vintage: Vintage
) -> pd.DataFrame:
    """The units extract with the `incident` of each row (the index of its call), `came` (an arrival
    was recorded), `in_order` (its moments may have happened so) and its handling.

    calls: every call delivered, with its handling.
    """
    zone = program.program.zone
    optional = [moment for moment in MOMENTS["units"] if not FIELDS["units"][moment].essential]
    # A stamp of midnight to the second is a date without a time of day.
    timed = {
        moment: units[moment].mask(clock.at_midnight(units[moment], zone)) for moment in optional
    }
    sent = units["dispatched"].mask(clock.at_midnight(units["dispatched"], zone))
    links = linkage.link(units, sent, calls, linkage.UNIT)
    units = units.assign(came=units["arrived_given"], incident=links["incident"], **timed)
    received = linkage.of_calls(calls["received"], units)
    units["in_order"] = intervals.in_order(received, *(units[m] for m in MOMENTS["units"]))
    units = precedence.set_aside_by_code(units, links["why_not"])
    month = linkage.of_calls(calls["month"], units)
    key = precedence.keys(units, "units")
    return precedence.settle(units, "units", key, month, vintage)


def responses(
    program: Program, units: pd.DataFrame, vintage: Vintage
) -> tuple[pd.DataFrame, dict[ExtractName, pd.DataFrame]]:
    """The unit responses of a program that counts these, and every row delivered with its handling
    by extract.
    """
    local = units["dispatched"].dt.tz_convert(program.program.zone)
    units = units.assign(month=clock.month(local), local=local)
    units["delivery"] = units["delivery"].astype("string").fillna(units["month"])
    outside = ~precedence.of_their_days(units, program.extracts["units"])
    outside |= vintage.not_yet(units["month"])
    units = precedence.set_aside(units, outside, "out_of_scope")
    rows = precedence.usable(units)
    timed = intervals.of_unit_responses(intervals.timed_by(program), rows)
    return rows.join(timed), {"units": units}
