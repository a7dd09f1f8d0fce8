"""In which area a call was by the areas of its month, which response model it was eligible for, and
why for none.
"""

from collections.abc import Mapping

import pandas as pd

from openresponse.program import Program
from openresponse.program.areas import Area
from openresponse.program.lifetimes import successors

STANDARD = "standard"
# Why a call was eligible for no model.
REASONS = {
    "no_pilot_for_code": "No pilot answers this kind of call",
    "before_launch": "The pilot had not begun",
    "after_end": "The pilot had ended",
    "outside_area": "The pilot did not yet operate in that district",
    "area_not_recorded": "District not recorded",
}


def classify(incidents: pd.DataFrame, program: Program) -> pd.DataFrame:
    """`model` and `not_eligible_reason` for incidents with `code`, `district` and local `month`.

    A call is eligible for the model its dispatch code names, in a district where that model
    operated in the month of the call. Districts that did not exist then say nothing about it.
    """
    facts = incidents[["code", "district", "month"]].drop_duplicates()
    answers = [_answer(program, *row) for row in facts.itertuples(index=False)]
    facts = facts.assign(model=[a[0] for a in answers], not_eligible_reason=[a[1] for a in answers])
    merged = incidents[["code", "district", "month"]].merge(facts, how="left", validate="m:1")
    return merged[["model", "not_eligible_reason"]].astype("string").set_axis(incidents.index)


def _answer(program: Program, code: str, district: str, month: str) -> tuple[str, str | None]:
    eligible = program.dispatch_codes[code].eligible
    if eligible is None or program.models[eligible].status == "planning":
        return STANDARD, "no_pilot_for_code"
    launch = program.models[eligible].launched
    if launch is None or month < launch:
        return STANDARD, "before_launch"
    if month > (program.models[eligible].ended or month):
        return STANDARD, "after_end"
    existing = {d: area for d, area in program.areas.districts.items() if area.exists_in(month)}
    operating = {
        d
        for d, area in existing.items()
        if eligible in area.launched and month >= area.launched[eligible]
    }
    by_district = any(eligible in area.launched for area in existing.values())
    if not by_district or operating == set(existing):
        return eligible, None
    if pd.isna(district):
        return STANDARD, "area_not_recorded"
    return (eligible, None) if district in operating else (STANDARD, "outside_area")


def areas_in_force(rows: pd.DataFrame, program: Program) -> pd.DataFrame:
    """`district` and `neighborhood` of calls with these columns and `month`: a code that there was
    not in the month is that which it became or was, where there is one; else it is not recorded.
    """
    return pd.DataFrame(
        {
            "district": _of_kind(rows["district"], rows["month"], program.areas.districts),
            "neighborhood": _of_kind(
                rows["neighborhood"], rows["month"], program.areas.neighborhoods
            ),
        }
    )


def out_of_time(rows: pd.DataFrame, field: str, areas: Mapping[str, Area]) -> pd.Series:
    """Which rows have the code of an area that there was not in their month."""
    pairs = rows[[field, "month"]].dropna().drop_duplicates()
    wrong = {
        (code, month)
        for code, month in pairs.itertuples(index=False)
        if code in areas and not areas[code].exists_in(month)
    }
    named = pd.Series(list(zip(rows[field], rows["month"], strict=True)), index=rows.index)
    return named.isin(wrong) if wrong else pd.Series(False, index=rows.index)


def _of_kind(codes: pd.Series, month: pd.Series, areas: Mapping[str, Area]) -> pd.Series:
    rows = pd.DataFrame({"code": codes, "month": month})
    wrong = out_of_time(rows, "code", areas)
    if not wrong.any():
        return codes
    after = successors(areas)
    other = {**after, **{new: old for old, new in after.items()}}
    moved = rows.assign(code=codes.where(~wrong, codes.map(other).astype("string")))
    return moved["code"].mask(out_of_time(moved, "code", areas))
