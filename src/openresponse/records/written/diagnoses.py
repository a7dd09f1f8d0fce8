"""Which patient care records are about behavioral health, by the definition of the EMS standard.

Source: NEMSIS Technical Assistance Center, definition of a behavioral-health record of May 27,
2025, https://nemsis.org
"""

import re

import pandas as pd

from openresponse.records.dialects.text_table import AND

DATED = "2025-05-27"
# Any of these has a code of behavioral health or of self-harm.
SITUATION = (
    "primary_symptom",
    "other_symptoms",
    "primary_impression",
    "secondary_impressions",
)
INJURY = "cause_of_injury"  # has a code of self-harm
FIELDS = (*SITUATION, INJURY)
MEETS, DOES_NOT, NOT_CODED = "meets_definition", "does_not_meet", "codes_not_recorded"
# What says that nothing was recorded, and not that there was nothing to record.
NOTHING_SAID = ("7701003", "7701005")

# Poisoning and asphyxiation say the intent by their sixth sign, where 2 is self-harm. Which codes
# have it in the fifth is listed by the National Center for Health Statistics, National Health
# Statistics Reports 108 (2018), https://www.cdc.gov/nchs/data/nhsr/nhsr108.pdf
_INTENT_SIXTH = r"T(?:3[6-9]|[45]\d|6[0-5]|71)..2"
_INTENT_FIFTH = r"T(?:3[679]9|414|427|4[3579]9|5[1-46-9]9|58[01]|6[0-35]9|61[01]|64[08])2"
SELF_HARM = rf"T1491|{_INTENT_SIXTH}|{_INTENT_FIFTH}|X7[1-9]|X8[0-3]"
BEHAVIORAL = rf"F\d|R4[56]|{SELF_HARM}"


def of_records(records: pd.DataFrame) -> pd.Series:
    """For each record `MEETS`, `DOES_NOT` or `NOT_CODED`. records: the text of `FIELDS`, several
    codes of a cell with `AND` between them.
    """
    said = pd.Series(False, index=records.index)
    meets = _begins(records[INJURY], SELF_HARM)
    for field in SITUATION:
        said |= records[field].notna() & ~records[field].isin(NOTHING_SAID)
        meets |= _begins(records[field], BEHAVIORAL)
    out = pd.Series(NOT_CODED, index=records.index, dtype="string")
    return out.mask(said, DOES_NOT).mask(meets, MEETS)


def of_incidents(records: pd.DataFrame) -> pd.Series:
    """By incident, what its records say: one that meets the definition is enough. records:
    `incident`, `case_definition`.
    """
    order = {MEETS: 0, DOES_NOT: 1, NOT_CODED: 2}
    ranked = records.assign(rank=records["case_definition"].map(order)).dropna(subset=["rank"])
    first = ranked.sort_values("rank", kind="stable").drop_duplicates("incident")
    return first.set_index("incident")["case_definition"]


def _begins(cells: pd.Series, codes: str) -> pd.Series:
    """In which cells a code begins so."""
    plain = cells.fillna("").str.upper().str.replace(".", "", regex=False)
    return plain.str.contains(rf"(?:^|{re.escape(AND)})(?:{codes})").astype(bool)
