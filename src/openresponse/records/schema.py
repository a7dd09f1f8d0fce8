"""The fields every city's extracts are mapped to, and which of them may go on.

A field exists past de-identification only if it is listed in `SAFE`; everything else (names,
addresses, identifiers, exact times, free text) is not even read from the file.
"""

from dataclasses import dataclass
from typing import Literal

from openresponse.program import ExtractName
from openresponse.records.intervals import INTERVALS

Kind = Literal["identifier", "code", "time", "number", "date", "text", "amount"]


@dataclass(frozen=True)
class Field:
    """kind says how a cell is read; a row without an `essential` field is set aside; an `optional`
    one need not be mapped.
    """

    kind: Kind
    essential: bool = False
    optional: bool = False


def _clinical() -> dict[str, Field]:
    return {
        "record_number": Field("identifier", essential=True),
        "incident_number": Field("identifier", essential=True),
        "started": Field("time"),
        "person": Field("identifier", optional=True),
        "age": Field("number", optional=True),
        "race_ethnicity": Field("code", optional=True),
        "gender": Field("code", optional=True),
        "language": Field("code", optional=True),
        "contact": Field("code"),
        "outcome": Field("code"),
        "section12": Field("code", optional=True),
        "referral": Field("code", optional=True),
        "followed_up_on": Field("date", optional=True),
        "followup_tracked": Field("code", optional=True),
        "arrest": Field("code", optional=True),
        "force": Field("code", optional=True),
        "injury": Field("code", optional=True),
    }


FIELDS: dict[ExtractName, dict[str, Field]] = {
    "incidents": {
        "incident_number": Field("identifier", essential=True),
        "received": Field("time", essential=True),
        "code": Field("code", essential=True),
        "district": Field("code"),
        "neighborhood": Field("code", optional=True),
        "not_sent_reason": Field("code", optional=True),
    },
    "units": {
        "incident_number": Field("identifier", optional=True),
        "unit": Field("identifier", essential=True),
        "unit_type": Field("code", optional=True),
        "requested_by": Field("code", optional=True),
        "priority": Field("code", optional=True),
        "condition": Field("code", optional=True),
        "dispatched": Field("time", essential=True),
        "arrived": Field("time"),
        "cancelled_by": Field("code", optional=True),
    },
    "encounters": _clinical(),
    "epcr": _clinical(),
    "spending": {
        "month": Field("text", essential=True),
        "model": Field("code", essential=True),
        "category": Field("code", essential=True),
        "amount": Field("amount", essential=True),
    },
    "milestones": {
        "milestone": Field("text", essential=True),
        "planned": Field("date"),
        "actual": Field("date"),
        "owner": Field("text"),
        "status": Field("code"),
        "note": Field("text"),
    },
}

# In which order the moments of one row happen: a time of day without a date that is earlier than
# the moment before it was on the next day.
MOMENTS: dict[ExtractName, tuple[str, ...]] = {
    "incidents": ("received",),
    "units": ("dispatched", "arrived"),
    "encounters": ("started",),
    "epcr": ("started",),
}

# What one row of an extract is known by: the same key again is the same fact again.
KEYS: dict[ExtractName, tuple[str, ...]] = {
    "incidents": ("incident_number",),
    "units": ("incident_number", "unit", "dispatched"),
    "encounters": ("record_number",),
    "epcr": ("record_number",),
    "spending": ("month", "model", "category"),
    "milestones": ("milestone",),
}

# The allow-list: what a de-identified incident or unit response consists of. Nothing else passes.
SAFE = (
    "month",
    "quarter",
    "year",
    "day_type",
    "time_band",
    "model",
    "not_eligible_reason",
    "district",
    "neighborhood",
    "priority",
    "condition",
    "team_sent",
    "team_arrived",
    "team_cancelled",
    "not_sent_reason",
    "contact",
    "outcome",
    "police_on_scene",
    "police_requested_by",
    "ems_on_scene",
    "team_order",
    *INTERVALS,
    "followup_days",
    "followup_tracked",
    "referral",
    "person_known",
    "repeat",
    "age_band",
    "race_ethnicity",
    "gender",
    "language",
    "section12",
    "arrest",
    "force",
    "injury",
)
