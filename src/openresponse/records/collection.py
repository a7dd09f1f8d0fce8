"""Extracts → linked incidents → de-identified rows.

`collect` is the only way from `data/raw` to the rest of the program, and what it returns holds no
name, address, identifier, exact time or free text.
"""

from dataclasses import dataclass

import pandas as pd

from openresponse.errors import ExtractError
from openresponse.program import Program
from openresponse.records import attributes, eligibility, linkage, precedence
from openresponse.records.deidentification import deidentify
from openresponse.records.delivery import drops, is_fictional, read

USED, USED_FOR_FOLLOWUP = "used", "used_for_followup"


@dataclass(frozen=True)
class Records:
    """What may be counted.

    universe: `incidents` or `unit_responses`, what one row of `rows` is.
    rows: one row each, columns of `schema.SAFE` only.
    handling: one row a delivered row about a call: `period` (month of its drop), `extract`,
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

    published: month to the release that first published it (see `check.late`).
    """
    published = published or {}
    raw = program.folders.raw
    months = [month for month in drops(raw) if month <= release]
    monthly = any(e.layout == "monthly" for e in program.extracts.values())
    if monthly and (not months or months[-1] != release):
        there = f"the last is {months[-1]}" if months else "there is none at all"
        raise ExtractError(
            f"{raw}: no drop for {release}; {there}. Add the folder {raw / release}, or choose a "
            "month that is there."
        )
    frames = {name: read(program, name, months) for name in program.extracts}
    if program.universe == "incidents":
        rows, handled = _incidents(program, frames, release, published)
    else:
        rows, handled = _unit_responses(program, frames["units"], release)
    handling = _handling(handled)
    plans = {
        name: precedence.last_word(frames[name], name)
        for name in ("spending", "milestones")
        if name in frames
    }
    money = _standing(plans, "spending", ["month", "model", "category", "amount"])
    covered = sorted(m for m in rows["month"].unique() if m <= release)
    return Records(
        universe=program.universe,
        rows=deidentify(rows, program),
        handling=handling,
        spending=money[money["month"] <= release].reset_index(drop=True),
        milestones=_standing(
            plans, "milestones", ["milestone", "planned", "actual", "owner", "status", "note"]
        ),
        months=tuple(covered),
        partial=_partial(rows, covered),
        fictional=is_fictional(raw, months),
    )


def last_month(program: Program) -> str:
    """The newest month delivered: the last drop, or the last month in a file that holds all months."""
    raw = program.folders.raw
    if any(extract.layout == "monthly" for extract in program.extracts.values()):
        months = drops(raw)
        if not months:
            raise ExtractError(
                f"{raw}: no drop folder such as {raw / '2026-10'}. Add one, or run `openresponse"
                " demo`."
            )
        return months[-1]
    units = read(program, "units", [])
    return units["dispatched"].dt.tz_convert(program.program.zone).max().strftime("%Y-%m")


def _incidents(program: Program, frames: dict, release: str, published: dict):
    zone = program.program.zone
    calls = frames["incidents"]
    calls["month"] = calls["received"].dt.tz_convert(zone).dt.strftime("%Y-%m").astype("string")
    calls = precedence.set_aside(calls, (calls["month"] > release).fillna(False), "out_of_scope")
    calls = precedence.set_aside(
        calls, precedence.late(calls, calls["month"], published, release), "arrived_late"
    )
    calls = precedence.last_word(calls, "incidents")
    incidents = calls[calls["handling"] == ""].copy()
    incidents[["model", "not_eligible_reason"]] = eligibility.classify(incidents, program)
    incidents["team"] = (
        incidents["model"]
        .map({code: m.team for code, m in program.models.items()})
        .astype("string")
    )
    incidents["local"] = incidents["received"].dt.tz_convert(zone)

    units, sent = _units(frames["units"], incidents, zone, published, release)
    clinical = {
        name: _contacts(frames[name], name, incidents, published, release)
        for name in ("encounters", "epcr")
        if name in frames
    }
    contact = pd.concat([rows for rows, _ in clinical.values()]).sort_values(
        ["incident", "started"]
    )
    first = ~contact.duplicated("incident")
    for name, (_, handled) in clinical.items():
        further = contact.index[~first & (contact["extract"] == name)]
        clinical[name] = precedence.set_aside(
            handled, handled.index.isin(contact.loc[further, "origin"]), "another_record"
        )
    contact = contact[first].set_index("incident").drop(columns=["extract", "origin", "started"])

    rows = incidents.join(attributes.who_came(sent, incidents)).join(contact)
    met = rows[rows["contact"] == "contact_made"]
    rows = rows.join(attributes.repeats(met))
    return rows, {"incidents": calls, "units": units, **clinical}


def _units(units: pd.DataFrame, incidents: pd.DataFrame, zone, published: dict, release: str):
    """The units extract with its handling, and the usable rows with `incident`."""
    units = attributes.arrivals(units, zone)
    units["incident"] = linkage.link(units.assign(started=pd.NaT), incidents)
    units = precedence.set_aside(units, units["incident"].isna(), "not_linked")
    month = units["incident"].map(incidents["month"]).astype("string")
    units = precedence.set_aside(
        units, precedence.late(units, month, published, release), "arrived_late"
    )
    units = precedence.last_word(units, "units")
    return units, units[units["handling"] == ""]


def _contacts(
    records: pd.DataFrame, name: str, incidents: pd.DataFrame, published: dict, release: str
):
    """Contact records that stand, by incident, with the follow-up that later deliveries add to
    them.

    What was done at the scene is taken as known when its month was published; referral and
    follow-up are taken as known one month after the incident's quarter, for they happen later.
    """
    later_facts = ["referral", "followed_up_on", "followup_tracked"]
    records["incident"] = linkage.link(records, incidents)
    records = precedence.set_aside(records, records["incident"].isna(), "not_linked")
    month = records["incident"].map(incidents["month"]).astype("string")
    late = precedence.late(records, month, published, release) & (records["handling"] == "")
    in_time = precedence.last_word(
        records.assign(handling=records["handling"].mask(late, "arrived_late")), name
    )
    standing = in_time[in_time["handling"] == ""]
    cutoff = (
        pd.PeriodIndex(month.fillna(release), freq="M").asfreq("Q").asfreq("M", "end") + 1
    ).strftime("%Y-%m")
    news = records[
        (records["handling"] == "") & (records["drop"] <= pd.Series(cutoff, index=records.index))
    ]
    news = news[news["record_number"].isin(standing["record_number"])].drop_duplicates(
        "record_number", keep="last"
    )
    rows = (
        standing.drop(columns=later_facts)
        .merge(
            news[["record_number", *later_facts]], on="record_number", how="left", validate="1:1"
        )
        .set_axis(standing.index)
    )
    additions = late & records.index.isin(news.index)
    in_time.loc[additions, "handling"] = USED_FOR_FOLLOWUP
    facts = [
        "incident",
        "person",
        "age",
        "race_ethnicity",
        "gender",
        "language",
        "contact",
        "outcome",
        "section12",
        "arrest",
        "force",
        "injury",
        "started",
        *later_facts,
    ]
    return rows[facts].assign(extract=name, origin=rows.index), in_time


def _unit_responses(program: Program, units: pd.DataFrame, release: str):
    zone = program.program.zone
    local = units["dispatched"].dt.tz_convert(zone)
    units = units.assign(month=local.dt.strftime("%Y-%m").astype("string"), local=local)
    units["drop"] = units["drop"].astype("string").fillna(units["month"])
    units = precedence.set_aside(units, (units["month"] > release).fillna(False), "out_of_scope")
    rows = units[units["handling"] == ""].copy()
    rows["dispatch_to_arrival"] = attributes.minutes(rows["arrived"], rows["dispatched"])
    return rows, {"units": units}


def _handling(handled: dict[str, pd.DataFrame]) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "period": frame["drop"],
                "extract": name,
                "handling": frame["handling"].replace("", USED),
            }
        )
        for name, frame in handled.items()
    ]
    return pd.concat(parts, ignore_index=True).astype("string")


def _standing(plans: dict[str, pd.DataFrame], name: str, columns: list[str]) -> pd.DataFrame:
    if name not in plans:
        return pd.DataFrame(columns=columns, dtype="string")
    frame = plans[name]
    return frame.loc[frame["handling"] == "", columns].reset_index(drop=True)


def _partial(rows: pd.DataFrame, months: list[str]) -> tuple[str, ...]:
    """Months in which no call came in the last three days: the extract was cut before the month's
    end.
    """
    last = rows.groupby("month")["local"].max()
    short = [m for m in months if last[m].day < last[m].days_in_month - 2]
    return tuple(short)
