"""Extracts → linked incidents → de-identified rows.

`collect` is the only way from `data/raw` to what is counted. Its rows about calls and units hold no
name, address, identifier, exact time or free text. Milestones are not about calls: the name, owner
and note that the city wrote for publication pass as they are.
"""

from dataclasses import dataclass

import pandas as pd

from openresponse.errors import ExtractError
from openresponse.program import ExtractName, Program
from openresponse.records import (
    attributes,
    clock,
    contact_records,
    contradictions,
    eligibility,
    intervals,
    precedence,
    unit_log,
)
from openresponse.records.deidentification import deidentify
from openresponse.records.delivery import delivered_months, is_fictional, is_monthly, read
from openresponse.records.precedence import USED, Vintage

Frames = dict[ExtractName, pd.DataFrame]
PLANS: dict[ExtractName, list[str]] = {
    "spending": ["month", "model", "category", "amount"],
    "milestones": ["milestone", "planned", "actual", "owner", "status", "note"],
}
CUT_SHORT = 3  # days without a call at a month's end show that its extract was cut before the end


@dataclass(frozen=True)
class Records:
    """What may be counted.

    universe: `incidents` or `unit_responses`, what one row of `rows` is.
    rows: one row each, columns of `schema.SAFE` only.
    handling: one row a delivered row about a call: `period` (month of its delivery), `extract`,
    `handling`.
    spending: `month`, `model`, `category`, `amount`. milestones: as delivered last.
    months: the months the figures cover, in order. partial: those whose calls do not reach the last
    day.
    """

    universe: str
    rows: pd.DataFrame
    handling: pd.DataFrame
    spending: pd.DataFrame
    milestones: pd.DataFrame
    months: tuple[str, ...]
    partial: tuple[str, ...]
    fictional: bool


def collect(program: Program, release: str, published: dict[str, str] | None = None) -> Records:
    """Everything delivered up to the month `release`, checked, linked and de-identified.

    published: month to the release that first published it (see `precedence.Vintage`).
    """
    vintage = Vintage(release, published or {})
    delivered = delivered_upto(program, release)
    frames = {name: read(program, name, delivered) for name in program.extracts}
    if program.universe == "incidents":
        rows, handled = _incidents(program, frames, vintage)
    else:
        rows, handled = unit_log.responses(program, frames["units"], vintage)
        handled = contradictions.noted(handled, rows, program.program.zone)
    spending = _plan(frames, "spending")
    covered = sorted(m for m in rows["month"].unique() if m <= release)
    return Records(
        universe=program.universe,
        rows=deidentify(rows, program),
        handling=_handling(handled),
        spending=spending[spending["month"] <= release].reset_index(drop=True),
        milestones=_plan(frames, "milestones"),
        months=tuple(covered),
        partial=_partial(rows, covered),
        fictional=is_fictional(program.folders.raw, delivered),
    )


def last_month(program: Program) -> str:
    """The newest month delivered: the last delivery, or the last month in a file that holds all
    months.
    """
    raw = program.folders.raw
    if is_monthly(program):
        months = delivered_months(raw)
        if not months:
            raise ExtractError(
                f"{raw}: no delivery; a folder such as {raw / '2026-10'} is missing. Add one, or"
                " run `openresponse demo`."
            )
        return months[-1]
    counted: ExtractName = "incidents" if program.universe == "incidents" else "units"
    return str(read(program, counted, [])["delivery"].max())


def delivered_upto(program: Program, release: str) -> list[str]:
    """The months delivered up to that of the release; ExtractError where its own is not there."""
    raw = program.folders.raw
    months = [month for month in delivered_months(raw) if month <= release]
    if is_monthly(program) and (not months or months[-1] != release):
        there = f"the last is {months[-1]}" if months else "there is none at all"
        raise ExtractError(
            f"{raw}: no delivery for {release}; {there}. Add the folder {raw / release}, or choose"
            " a month that is there."
        )
    return months


def _incidents(program: Program, frames: Frames, vintage: Vintage) -> tuple[pd.DataFrame, Frames]:
    """One row an incident, linked with its units and its contact; and every row delivered with its
    handling.
    """
    calls = _calls(frames["incidents"], program, vintage)
    incidents = precedence.usable(calls).copy()
    incidents[["model", "not_eligible_reason"]] = eligibility.classify(incidents, program)
    teams = {code: model.team for code, model in program.models.items()}
    incidents["team"] = incidents["model"].map(teams).astype("string")
    units = unit_log.linked(frames["units"], incidents, program, vintage)
    contact, records = contact_records.contacts(frames, incidents, vintage)
    by_kind = attributes.by_kind(precedence.usable(units), incidents)
    rows = (
        incidents.join(attributes.who_came(by_kind, incidents))
        .join(intervals.of_incidents(intervals.timed_by(program), incidents, by_kind))
        .join(contact)
    )
    rows = rows.join(attributes.repeats(rows[rows["contact"] == "contact_made"]))
    handled = {"incidents": calls, "units": units, **records}
    return rows, contradictions.noted(handled, rows, program.program.zone)


def _calls(calls: pd.DataFrame, program: Program, vintage: Vintage) -> pd.DataFrame:
    """The incidents extract with its handling, and the local time and month of each call."""
    local = calls["received"].dt.tz_convert(program.program.zone)
    calls = calls.assign(local=local, month=clock.month(local))
    calls = precedence.set_aside(calls, vintage.not_yet(calls["month"]), "out_of_scope")
    calls = precedence.set_aside(calls, vintage.late(calls, calls["month"]), "arrived_late")
    return precedence.last_delivered(calls, "incidents")


def _handling(handled: Frames) -> pd.DataFrame:
    pieces = [
        pd.DataFrame(
            {
                "period": frame["delivery"],
                "extract": name,
                "handling": frame["handling"].replace("", USED),
            }
        )
        for name, frame in handled.items()
    ]
    return pd.concat(pieces, ignore_index=True).astype("string")


def _plan(frames: Frames, name: ExtractName) -> pd.DataFrame:
    """Spending or milestones as delivered last; empty where the program has no such extract."""
    if name not in frames:
        return pd.DataFrame(columns=PLANS[name], dtype="string")
    rows = precedence.usable(precedence.last_delivered(frames[name], name))
    return rows[PLANS[name]].reset_index(drop=True)


def _partial(rows: pd.DataFrame, months: list[str]) -> tuple[str, ...]:
    """Months whose last days have no call."""
    last = rows.groupby("month")["local"].max()
    return tuple(m for m in months if last[m].day <= last[m].days_in_month - CUT_SHORT)
