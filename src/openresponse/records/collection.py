"""Extracts → linked incidents → de-identified rows.

`collect` is the only way from `data/raw` to what is counted. Its rows about calls and units hold no
name, address, identifier, exact time or free text. Milestones are not about calls: the name, owner
and note that the city wrote for publication pass as they are.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from openresponse.errors import ExtractError
from openresponse.program import ExtractName, Program
from openresponse.program.limits import Limits
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
from openresponse.records.column_readings import FIRST_ROWS, Reading
from openresponse.records.deidentification import deidentify
from openresponse.records.delivery import (
    NO_CALLS,
    delivered_months,
    is_monthly,
    not_delivered,
    not_read,
    read,
    reading,
    refuse_other_kind,
    without_calls,
)
from openresponse.records.plausibility import folder_contents
from openresponse.records.plausibility.delivered import PLANS, Delivered
from openresponse.records.precedence import USED, Vintage
from openresponse.records.schema import FIELDS, NUMBERS
from openresponse.records.written import booked_months, record_numbers

Frames = dict[ExtractName, pd.DataFrame]
MILESTONES = ["milestone", "planned", "actual", "owner", "status", "note"]
OF_ONE_SUM = ["month", "model", "category"]
NO_BOOKINGS = pd.DataFrame(columns=[*OF_ONE_SUM, "amount"], dtype="string")


@dataclass(frozen=True)
class Records:
    """What may be counted.

    universe: `incidents` or `unit_responses`, what one row of `rows` is.
    rows: one row each, columns of `schema.SAFE` only.
    handling: one row a delivered row about a call: `period` (month of its delivery), `extract`,
    `handling`.
    spending: `month`, `model`, `category`, `amount`. milestones: as delivered last.
    months: the months the figures cover, in order. partial: those of which the first or the last
    days are missing.
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
    """Everything delivered up to the month `release`, linked and de-identified.

    published: month to the release that first published it (see `precedence.Vintage`).
    """
    return records(gather(program, release, published))


def gather(program: Program, release: str, published: dict[str, str] | None = None) -> Delivered:
    """Everything delivered up to the month `release`, read and linked: confidential, and what
    `plausibility.judgement` judges.
    """
    vintage = Vintage(release, published or {})
    months = delivered_upto(program, release)
    refuse_other_kind(program, months)
    readings = {name: _read(program, name, months) for name in program.extracts}
    frames = {name: one.rows for name, one in readings.items()}
    if program.universe == "incidents":
        rows, handled = _incidents(program, frames, vintage, months)
    else:
        rows, handled = unit_log.responses(program, frames["units"], vintage)
        handled = contradictions.noted(handled, rows, program.program.zone)
    files = [one for each in readings.values() for one in each.files]
    columns = [one for each in readings.values() for one in each.columns]
    return Delivered(
        program,
        release,
        folder_contents.files(program.folders.raw, files, not_read(program, months)),
        folder_contents.values(columns, release),
        {**handled, **_plans(frames)},
        rows,
        vintage.published,
    )


def records(delivered: Delivered) -> Records:
    """What may be counted of it: de-identified."""
    program, rows, frames = delivered.program, delivered.rows, delivered.frames
    months = delivered_upto(program, delivered.month)
    spending = _spending(frames["spending"]) if "spending" in frames else NO_BOOKINGS
    covered = sorted({*rows["month"], *_without_calls(program, months, rows)})
    return Records(
        universe=program.universe,
        rows=deidentify(rows, program),
        handling=_handling(frames),
        spending=spending[spending["month"] <= delivered.month].reset_index(drop=True),
        milestones=_milestones(frames),
        months=tuple(covered),
        partial=_partial(rows, covered, program.plausibility),
        fictional=program.program.demonstration,
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
        newest = max(delivered_months(raw), default="")
        there = f"the last is {newest}" if newest else "there is none at all"
        raise ExtractError(
            f"{raw}: no delivery for {release}; {there}. Add the folder {raw / release}, or choose"
            " a month that is there."
        )
    return months


def _read(program: Program, name: ExtractName, months: list[str]) -> Reading:
    """An extract as it was delivered; ExtractError where its numbers were rounded, or months of
    bookings cannot be read.
    """
    whole = reading(program, name, months)
    rows = whole.rows
    for field in NUMBERS.intersection(FIELDS[name]):
        wrong = record_numbers.rounded(rows[field])
        why = "a spreadsheet rounded the numbers, as 2.6E+12. Export them again as text"
        _refuse(rows[wrong], name, field, why, program)
    if name == "spending":
        months_read = booked_months.months(rows["month"])
        wrong = months_read.isna() & rows["month"].notna()
        _refuse(rows[wrong], name, "month", "no month; write it as 2026-10", program)
        rows = rows.assign(month=months_read)
    return replace(whole, rows=rows)


def _refuse(wrong: pd.DataFrame, name: ExtractName, field: str, why: str, program: Program) -> None:
    """ExtractError where there are rows that are wrong in a field."""
    if wrong.empty:
        return
    first = wrong.iloc[0]
    extract, month = program.extracts[name].forms[first["form"]], first["delivery"]
    folder = program.folders.raw / ("" if extract.layout == "single" else str(month))
    same = wrong[wrong["delivery"].eq(month).fillna(True) & (wrong["form"] == first["form"])]
    named = ", ".join(map(str, same["row"].head(FIRST_ROWS)))
    heading = extract.columns[field].names[-1]
    raise ExtractError(
        f"{folder / extract.file}, column `{heading}`, {len(same)} rows (the first are {named}):"
        f" {why}."
    )


def _spending(lines: pd.DataFrame) -> pd.DataFrame:
    """The amount of each month, model and category. The lines of one delivery add up, a credit
    too.
    """
    usable = precedence.usable(lines)
    return usable.groupby(OF_ONE_SUM, as_index=False, sort=False)["amount"].sum()


def _said_again(lines: pd.DataFrame) -> pd.Series:
    """The lines of a month, model and category of which a later delivery has lines: that says all
    of them again.
    """
    usable = precedence.usable(lines)
    last = usable.groupby(OF_ONE_SUM)["delivery"].transform("max")
    again = (usable["delivery"] < last).fillna(False)
    return again.reindex(lines.index, fill_value=False).astype(bool)


def _without_calls(program: Program, delivered: list[str], rows: pd.DataFrame) -> list[str]:
    """The months delivered of which it is said that no call came; ExtractError where one did."""
    said = without_calls(program, delivered)
    if wrong := sorted(said & set(rows["month"])):
        raise ExtractError(
            f"{program.folders.raw / wrong[0]}: there are calls of {wrong[0]}, but `no_calls` in"
            f" the program file or a file `{NO_CALLS}` in the folder says that none came. Take that"
            " away, or correct the delivery."
        )
    return sorted(said)


def _incidents(
    program: Program, frames: Frames, vintage: Vintage, delivered: list[str]
) -> tuple[pd.DataFrame, Frames]:
    """One row an incident, linked with its units and its contact; and every row delivered with its
    handling.
    """
    calls = _calls(frames["incidents"], program, vintage, delivered)
    incidents = precedence.usable(calls)
    incidents = incidents.assign(**eligibility.areas_in_force(incidents, program))
    incidents[["model", "not_eligible_reason"]] = eligibility.classify(incidents, program)
    before = {code: one.police_before for code, one in program.dispatch_codes.items()}
    incidents["police_before"] = incidents["code"].map(before).astype(bool)
    teams = {code: model.team for code, model in program.models.items()}
    incidents["team"] = incidents["model"].map(teams).astype("string")
    log = frames["units"] if "units" in frames else not_delivered(program, "units")
    units = unit_log.linked(log, calls, program, vintage)
    contact, records = contact_records.contacts(frames, calls, program, vintage)
    by_kind = attributes.by_kind(precedence.usable(units), incidents)
    rows = (
        incidents.join(attributes.who_came(by_kind, incidents))
        .join(intervals.of_incidents(intervals.timed_by(program), incidents, by_kind))
        .join(contact)
    )
    rows = rows.join(attributes.repeats(rows[rows["contact"] == "contact_made"]))
    handled = {"incidents": calls, "units": units, **records}
    noted = contradictions.noted(handled, rows, program.program.zone)
    return rows, {name: every for name, every in noted.items() if name in frames}


def _calls(
    calls: pd.DataFrame, program: Program, vintage: Vintage, delivered: list[str]
) -> pd.DataFrame:
    """The incidents extract with its handling, and the local time and month of each call."""
    extract = program.extracts["incidents"]
    local = calls["received"].dt.tz_convert(program.program.zone)
    calls = calls.assign(local=local, month=clock.month(local))
    outside = vintage.not_yet(calls["month"]) | ~precedence.of_their_days(calls, extract)
    monthly = [number for number, one in enumerate(extract.forms) if one.layout == "monthly"]
    if delivered:  # a stray row makes no month of its own
        first = min(program.first_month or delivered[0], delivered[0])
        before = (calls["month"] < first).fillna(False).astype(bool)
        outside |= before & calls["form"].isin(monthly)
    calls = precedence.set_aside(calls, outside, "out_of_scope")
    calls = precedence.set_aside_by_code(calls, calls["leave_out"])
    key = precedence.keys(calls, "incidents", precedence.period(calls, local, extract))
    return precedence.settle(calls, "incidents", key, calls["month"], vintage)


def _handling(handled: Mapping[ExtractName, pd.DataFrame]) -> pd.DataFrame:
    pieces = [
        pd.DataFrame(
            {
                "period": frame["delivery"],
                "extract": name,
                "handling": frame["handling"].replace("", USED),
            }
        )
        for name, frame in handled.items()
        if name not in PLANS
    ]
    return pd.concat(pieces, ignore_index=True).astype("string")


def _plans(frames: Frames) -> Frames:
    """Money and milestones with the handling of each row."""
    plans: Frames = {}
    if "spending" in frames:
        lines = frames["spending"]
        plans["spending"] = precedence.set_aside(lines, _said_again(lines), "restated")
    if "milestones" in frames:
        plans["milestones"] = precedence.last_delivered(frames["milestones"], "milestones")
    return plans


def _milestones(handled: Mapping[ExtractName, pd.DataFrame]) -> pd.DataFrame:
    """Milestones as delivered last; empty where the program has no such extract."""
    if "milestones" not in handled:
        return pd.DataFrame(columns=MILESTONES, dtype="string")
    return precedence.usable(handled["milestones"])[MILESTONES].reset_index(drop=True)


def _partial(rows: pd.DataFrame, months: list[str], limits: Limits) -> tuple[str, ...]:
    """Months whose first or last days have no call, where that is more than chance."""
    days = rows["local"].dt.day.groupby(rows["month"]).agg(["min", "max", "size"])
    partial = []
    for month in months:
        if month in days.index:
            first, last, calls = days.loc[month]
            length = monthrange(int(month[:4]), int(month[5:]))[1]
            if any(limits.unlikely(gap / length, calls) for gap in (first - 1, length - last)):
                partial.append(month)
    return tuple(partial)
