"""In which area a call was, by the areas that there were in its month."""

from collections.abc import Mapping

import pandas as pd

from openresponse.program import Program
from openresponse.program.areas import Area
from openresponse.program.lifetimes import successors


def in_force(rows: pd.DataFrame, program: Program) -> pd.DataFrame:
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
