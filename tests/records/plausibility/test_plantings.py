"""Each named check finds the fault that is planted for it, and is quiet without it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from openresponse.demo import extract
from openresponse.program import Folders
from openresponse.records import collection
from openresponse.records.plausibility import judgement
from openresponse.records.plausibility.checklist import CHECKS
from openresponse.records.plausibility.delivered import Delivered

MONTH, BEFORE = "2026-10", "2026-09"
HOUR, DAY = pd.Timedelta(hours=1), pd.Timedelta(days=1)
Planting = Callable[[Delivered], Delivered]


@pytest.fixture(scope="module")
def healthy(program, tmp_path_factory) -> Delivered:
    """Six months of a small city in which nothing is wrong."""
    raw = tmp_path_factory.mktemp("healthy") / "raw"
    extract.write(raw, last=MONTH, months=6, calls_a_year=8_000)
    city = program.model_copy(update={"folders": Folders(raw=raw)})
    earlier = {name: name for name in ("2026-05", "2026-06", "2026-07", "2026-08", BEFORE)}
    return collection.gather(city, MONTH, earlier)


def cells(name: str, share: float = 1.0, **fields: object) -> Planting:
    """Other values in the newest rows of an extract, or in a share of them. A function is given the
    values that were there.
    """

    def planted(delivered: Delivered) -> Delivered:
        rows = delivered.frames[name].copy()
        newest = rows.index[rows["delivery"] == MONTH]
        some = newest[: int(np.ceil(share * len(newest)))]
        for field, value in fields.items():
            there = rows.loc[some, field]
            rows.loc[some, field] = value(there) if callable(value) else value
        return replace(delivered, frames={**delivered.frames, name: rows})

    return planted


def kept(name: str, chosen: Callable[[pd.DataFrame], pd.Series], month: str = MONTH) -> Planting:
    """Only the chosen rows of a month's delivery."""

    def planted(delivered: Delivered) -> Delivered:
        rows = delivered.frames[name]
        there = chosen(rows) | (rows["delivery"] != month)
        return replace(delivered, frames={**delivered.frames, name: rows[there]})

    return planted


def twice(name: str, share: float, **fields: object) -> Planting:
    """A share of the newest rows once more, with other values."""

    def planted(delivered: Delivered) -> Delivered:
        rows = delivered.frames[name]
        again = rows[rows["delivery"] == MONTH]
        again = again.head(int(np.ceil(share * len(again)))).assign(**fields)
        both = pd.concat([rows, again], ignore_index=True)
        return replace(delivered, frames={**delivered.frames, name: both})

    return planted


def calls(change: Callable[[pd.DataFrame], pd.DataFrame]) -> Planting:
    """Other linked calls in the month of the release."""

    def planted(delivered: Delivered) -> Delivered:
        rows = delivered.rows
        month = rows["month"] == MONTH
        return replace(delivered, rows=pd.concat([rows[~month], change(rows[month])]))

    return planted


def values(kind: str, **numbers: int) -> Planting:
    """Other numbers of cells that were read, in the newest columns of a field."""

    def planted(delivered: Delivered) -> Delivered:
        table = delivered.values.copy()
        at = (table["field"] == kind) & (table["delivery"] == MONTH)
        table.loc[at, list(numbers)] = list(numbers.values())
        return replace(delivered, values=table)

    return planted


def file(**facts: object) -> Planting:
    """One more file of the newest delivery, or of an earlier one."""

    def planted(delivered: Delivered) -> Delivered:
        row = {"delivery": MONTH, "extract": None, "form": "", "rows": 1, "digest": ""} | facts
        return replace(delivered, files=pd.concat([delivered.files, pd.DataFrame([row])]))

    return planted


def no_file(name: str) -> Planting:
    def planted(delivered: Delivered) -> Delivered:
        gone = (delivered.files["extract"] == name) & (delivered.files["delivery"] == MONTH)
        return replace(delivered, files=delivered.files[~gone])

    return planted


def both(*plantings: Planting) -> Planting:
    def planted(delivered: Delivered) -> Delivered:
        for one in plantings:
            delivered = one(delivered)
        return delivered

    return planted


def same_file(delivered: Delivered) -> Delivered:
    files = delivered.files.copy()
    files.loc[files["extract"] == "units", "digest"] = "the same"
    return replace(delivered, files=files)


def unit_types_per_unit(rows: pd.Series) -> pd.Series:
    return pd.Series(["police", "ems"] * (len(rows) // 2) + ["ems"] * (len(rows) % 2), rows.index)


def later(hours: float) -> Callable[[pd.Series], pd.Series]:
    return lambda moments: moments + hours * HOUR


def many_rows(number: int) -> Planting:
    """So many rows in the newest file of units."""

    def planted(delivered: Delivered) -> Delivered:
        rows = delivered.frames["units"]
        newest = rows[rows["delivery"] == MONTH]
        more = newest.iloc[np.arange(number) % len(newest)]
        frames = {**delivered.frames, "units": pd.concat([rows[rows["delivery"] != MONTH], more])}
        return replace(delivered, frames=frames)

    return planted


def from_day(day: int) -> Planting:
    return calls(lambda rows: rows[rows["local"].dt.day >= day])


def upto_day(day: int) -> Planting:
    return calls(lambda rows: rows[rows["local"].dt.day <= day])


def on(moment: Callable[[pd.Series], pd.Series]) -> Planting:
    return calls(lambda rows: rows.assign(local=moment(rows["local"])))


def handled(name: str, reason: str, share: float) -> Planting:
    return cells(name, share, handling=reason)


def unlinked(name: str) -> Planting:
    return cells(name, 0.6, incident=pd.NA, handling="not_linked")


def first_row(name: str, **fields: object) -> Planting:
    return cells(name, 1e-9, **fields)


def lost_units(delivered: Delivered) -> Delivered:
    """The units of all calls of the last ten days."""
    rows = delivered.rows
    last = rows.index[(rows["month"] == MONTH) & (rows["local"].dt.day > 21)]
    return kept("units", lambda units: ~units["incident"].isin(last))(delivered)


def eligible_for_none(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(model="standard")


def again_with_other_districts(delivered: Delivered) -> Delivered:
    """All calls of the month before once more, in another district."""
    rows = delivered.frames["incidents"]
    again = rows[rows["delivery"] == BEFORE].assign(delivery=MONTH, district="B-2")
    frames = {**delivered.frames, "incidents": pd.concat([rows, again], ignore_index=True)}
    return replace(delivered, frames=frames)


def numbers_begin_again(delivered: Delivered) -> Delivered:
    rows = delivered.frames["incidents"].copy()
    newest = rows.index[rows["delivery"] == MONTH]
    first = rows.index[rows["delivery"] == "2026-05"][: len(newest)]
    rows.loc[newest[: len(first)], "incident_number"] = rows.loc[first, "incident_number"].array
    return replace(delivered, frames={**delivered.frames, "incidents": rows})


def without_month(delivered: Delivered) -> Delivered:
    return replace(delivered, rows=delivered.rows[delivered.rows["month"] != "2026-07"])


def total_row(delivered: Delivered) -> Delivered:
    """One more line of spending, with the sum of those of the month."""
    lines = delivered.newest["spending"]
    return twice("spending", 1e-9, amount=lines["amount"].sum())(delivered)


def earlier_arrests(number: int) -> Planting:
    """So many arrests in each month before, and none else."""

    def planted(delivered: Delivered) -> Delivered:
        rows = delivered.frames["encounters"].copy()
        nth = rows.groupby("delivery").cumcount()
        rows["arrest"] = (nth < number).map({True: "yes", False: "no"}).astype("string")
        return replace(delivered, frames={**delivered.frames, "encounters": rows})

    return planted


def may_be_absent(delivered: Delivered) -> Delivered:
    """The column of cancellations is one that a file may be without."""
    units = delivered.program.extracts["units"]
    column = units.columns["cancelled_by"].model_copy(update={"required": False})
    units = units.model_copy(update={"columns": {**units.columns, "cancelled_by": column}})
    extracts = {**delivered.program.extracts, "units": units}
    return replace(delivered, program=delivered.program.model_copy(update={"extracts": extracts}))


def a_fifth_moved(delivered: Delivered) -> Delivered:
    """A fifth of one model's calls of the month are another's."""
    rows = delivered.rows.copy()
    own = rows.index[(rows["month"] == MONTH) & (rows["model"] == "co_response")]
    rows.loc[own[::5], "model"] = "alternative_response"
    return replace(delivered, rows=rows)


def lenient(delivered: Delivered) -> Delivered:
    """What stops is so far from chance that a fifth of a model's calls is less."""
    limits = delivered.limits.model_copy(update={"chance": 9.0})
    program = delivered.program.model_copy(update={"plausibility": limits})
    return replace(delivered, program=program)


def district_ended(delivered: Delivered) -> Delivered:
    """A district ended before the month, whose calls still have its code."""
    areas = delivered.program.areas
    ended = areas.districts["B-2"].model_copy(update={"valid_to": BEFORE})
    areas = areas.model_copy(update={"districts": {**areas.districts, "B-2": ended}})
    return replace(delivered, program=delivered.program.model_copy(update={"areas": areas}))


def decimals(numbers: pd.Series) -> pd.Series:
    return pd.Series([f"{one}.0" for one in range(len(numbers))], numbers.index, dtype="string")


PLANTED: dict[str, Planting] = {
    # files
    "month_without_calls": calls(lambda rows: rows.head(0)),
    "file_without_rows": kept("units", lambda rows: rows["delivery"] != MONTH),
    "file_missing": no_file("epcr"),
    "same_file_again": same_file,
    "second_file": file(file=f"{MONTH}/incidents (1).csv"),
    "file_not_read": file(file=f"{MONTH}/Thumbs.db"),
    "month_absent": without_month,
    "calls_of_other_months": cells("incidents", month=BEFORE),
    "calls_after_the_month": first_row("incidents", month="2026-11"),
    "rows_where_a_spreadsheet_ends": many_rows(65_535),
    "round_number_of_rows": many_rows(5_000),
    # cells
    "times_unreadable": values("received", readable=300, unreadable=30, first=[[2, 3]]),
    "dates_unreadable": values("followed_up_on", readable=60, unreadable=6, first=[[2]]),
    "ages_unreadable": values("age", readable=60, unreadable=6, first=[[2]]),
    "amounts_unreadable": values("amount", readable=7, unreadable=1, first=[[2]]),
    "unknown_codes": values("outcome", readable=90, unreadable=10, rows=100, first=[[2]]),
    "more_unknown_codes": values("unit_type", readable=470, unreadable=20, rows=490),
    "empty_cells": values("requested_by", empty=400, readable=200, rows=600),
    "column_without_values": values("district", empty=300, readable=0, rows=300),
    "spreadsheet_errors": first_row("incidents", incident_number="#REF!"),
    "more_cells_than_headings": first_row("incidents", malformed=True),
    "broken_letters": first_row("milestones", note="HÃ©lÃ¨ne"),
    # numbers of rows
    "calls": calls(lambda rows: rows.iloc[::3]),
    "unit_responses": kept("units", lambda rows: rows.index % 3 == 0),
    "unit_types": kept("units", lambda rows: rows["unit_type"] != "police"),
    "encounters": kept("encounters", lambda rows: rows.index % 6 == 0),
    "care_records": kept("epcr", lambda rows: rows.index % 6 == 0),
    "rows_set_aside": handled("units", "required_field_missing", 0.4),
    # days
    "first_days_missing": from_day(11),
    "last_days_missing": upto_day(20),
    "days_missing_between": calls(lambda rows: rows[~rows["local"].dt.day.between(10, 17)]),
    "days_without_units": lost_units,
    "calls_on_one_day": on(
        lambda local: local.where(local.dt.day > 25, local - (local.dt.day - 1) * DAY)
    ),
    "calls_at_one_moment": on(lambda local: local.where(local.dt.day > 20, local.iloc[0])),
    "hours_of_the_day": on(lambda local: local.where(local.dt.hour < 12, local - 12 * HOUR)),
    "weekends": on(lambda local: local.where(local.dt.day_of_week < 5, local - 3 * DAY)),
    # moments
    "call_to_sent_order": cells("units", 0.4, dispatched=later(-5)),
    "call_to_sent_length": cells("units", 0.4, dispatched=later(12)),
    "call_to_sent_median": cells("units", dispatched=later(0.5)),
    "sent_to_arrived_order": cells("units", 0.4, arrived=later(-5)),
    "sent_to_arrived_length": cells("units", 0.4, arrived=later(12)),
    "sent_to_arrived_median": cells("units", arrived=later(1)),
    "call_to_encounter_order": cells("encounters", 0.5, started=later(-5)),
    "call_to_encounter_length": cells("encounters", 0.5, started=later(12)),
    "call_to_encounter_median": cells("encounters", started=later(2)),
    "call_to_care_order": cells("epcr", 0.5, started=later(-5)),
    "call_to_care_length": cells("epcr", 0.5, started=later(12)),
    "call_to_care_median": cells("epcr", started=later(2)),
    "without_time_of_day": cells("units", arrived=lambda at: at.dt.normalize() + 4 * HOUR),
    "far_from_its_month": first_row("units", arrived=later(24 * 900)),
    # numbers and links
    "numbers_with_decimals": cells("units", incident_number=decimals),
    "shape_of_numbers": cells("incidents", 0.3, incident_number=lambda one: one.str[3:]),
    "one_number_in_two_spellings": twice(
        "incidents", 0.01, incident_number=lambda rows: rows["incident_number"].str.lower()
    ),
    "numbers_used_again": numbers_begin_again,
    "fields_missing": handled("incidents", "required_field_missing", 0.3),
    "units_not_linked": unlinked("units"),
    "encounters_not_linked": unlinked("encounters"),
    "care_records_not_linked": unlinked("epcr"),
    "calls_without_units": kept("units", lambda rows: rows.index % 3 == 0),
    "arrivals_without_record": both(
        kept("encounters", lambda rows: rows.index % 6 == 0),
        kept("epcr", lambda rows: rows.index % 6 == 0),
    ),
    "several_records_of_one_call": handled("epcr", "another_record", 0.6),
    # codes
    "code_appears": cells("units", 0.1, requested_by="bystander"),
    "code_disappears": kept("units", lambda rows: rows["unit_type"] != "ems"),
    "code_almost_gone": kept(
        "incidents", lambda rows: (rows["district"] != "B-2") | (rows.index % 10 == 0)
    ),
    "category_moves": cells("units", 0.6, unit_type="police"),
    "one_code_only": cells("incidents", district="B-2"),
    "no_eligible_calls": calls(eligible_for_none),
    "areas_of_other_months": district_ended,
    "unit_of_two_types": cells("units", unit="A1", unit_type=unit_types_per_unit),
    # small shifts
    "shares_shift": a_fifth_moved,
    "shares_shift_by_less": both(a_fifth_moved, lenient),
    "times_rounded": cells("units", arrived=lambda at: at.dt.floor("5min")),
    # people
    "one_person_too_often": cells("encounters", 0.4, person="UNKNOWN"),
    "impossible_ages": cells("epcr", 0.3, age=999),
    "ages_of_zero": cells("epcr", 0.1, age=0),
    "one_age": cells("epcr", 0.5, age=33),
    "ages_move": cells("epcr", age=lambda ages: ages * 0 + 12),
    "met_without_outcome": cells("epcr", outcome=pd.NA),
    "followed_up_years_later": first_row("epcr", followed_up_on=pd.Timestamp("2019-01-01")),
    # follow-ups
    "follow_ups_on_one_day": cells(
        "encounters",
        followed_up_on=lambda days: days.where(days.isna(), pd.Timestamp(f"{MONTH}-20")),
    ),
    "follow_ups_within_a_week": cells("encounters", followed_up_on=later(24 * 30)),
    # what vanishes
    "no_harm_recorded": both(earlier_arrests(10), cells("encounters", arrest="no")),
    "no_harm_recorded_by_chance": both(earlier_arrests(5), cells("encounters", arrest="no")),
    "values_vanish": values("cancelled_by", readable=0, empty=600, rows=600),
    "optional_values_vanish": both(
        may_be_absent, values("cancelled_by", readable=0, empty=600, rows=600)
    ),
    "empty_cells_vanish": values("arrived", empty=0),
    # contradictions
    "contradictory_rows": handled("units", "cancelled_yet_arrived", 0.1),
    "more_contradictions": handled("units", "arrived_before_sent", 0.008),
    # again
    "repeated_rows": twice("units", 0.5),
    "contradicting_rows": handled("incidents", "contradicting", 0.01),
    "restated_field": again_with_other_districts,
    "late_rows": handled("incidents", "arrived_late", 0.6),
    "published_rows_again": both(
        again_with_other_districts, handled("incidents", "arrived_late", 1.0)
    ),
    "before_the_first_month": first_row("incidents", handling="out_of_scope", month="2025-08"),
    # money
    "spending_total": cells("spending", amount=lambda amounts: amounts / 100),
    "month_without_spending": kept("spending", lambda rows: rows["delivery"] != MONTH),
    "credits": first_row("spending", amount=-1.0),
    "large_line": first_row("spending", amount=lambda amounts: amounts * 100),
    "category_without_spending": kept("spending", lambda rows: rows["category"] != "salaries"),
    "spending_of_later_months": first_row("spending", month="2027-01"),
    "spending_restated": first_row("spending", month=BEFORE),
    "spending_repeated": twice("spending", 1.0),
    "equal_lines": twice("spending", 0.1),
    "total_among_lines": total_row,
    # milestones
    "milestone_disappears": kept("milestones", lambda rows: rows["row"] > 2),
    "no_milestones": kept("milestones", lambda rows: rows["delivery"] != MONTH),
    "milestone_twice": twice("milestones", 0.2),
    "planned_day_moves": first_row("milestones", planned=pd.Timestamp("2030-01-01")),
    "done_without_day": cells("milestones", status="done"),
    "day_without_done": cells("milestones", status="late"),
    "reached_after_the_month": first_row("milestones", actual=pd.Timestamp("2027-01-01")),
}


def test_every_check_has_a_fault_that_is_planted_for_it():
    assert set(PLANTED) == set(CHECKS)
    assert len(CHECKS) >= 60


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_what_is_planted_for_it_and_nothing_where_nothing_is_wrong(name, healthy):
    find = CHECKS[name].find
    assert not [str(one) for one in find(healthy)]
    assert [str(one) for one in find(PLANTED[name](healthy))]


def test_a_city_without_faults_has_no_findings(healthy):
    assert judgement.judge(healthy) == ()
