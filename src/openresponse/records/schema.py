"""The fields every city's extracts are mapped to, and which of them may go on.

Columns that the program file does not map are never read. Identifiers and exact times are read, to
link rows and to compute intervals, and end at de-identification: a row about a call or a unit goes
on with the columns of `SAFE` alone. Spending and milestones are about no call and are not part of
that list.
"""

from dataclasses import dataclass
from typing import Literal

from openresponse.program import ExtractName
from openresponse.records.intervals import INTERVALS, SPENT

Kind = Literal[
    "identifier",
    "code",
    "diagnosis",
    "time",
    "number",
    "age",
    "date",
    "month",
    "text",
    "amount",
]


@dataclass(frozen=True)
class Field:
    """kind says how a cell is read, meaning what it holds, for whoever maps a city's columns; a row
    without an `essential` field is set aside; an `optional` one need not be mapped. relied_on:
    whether figures need an optional one where it is mapped.
    """

    kind: Kind
    meaning: str
    essential: bool = False
    optional: bool = False
    relied_on: bool = False

    @property
    def is_relied_on(self) -> bool:
        """Whether figures need it where it is mapped."""
        return self.relied_on or not self.optional


def _clinical() -> dict[str, Field]:
    return {
        "record_number": Field("identifier", "the number of the contact record", essential=True),
        "incident_number": Field(
            "identifier", "the number of the 911 incident, by which rows are linked", essential=True
        ),
        "started": Field("time", "when the contact began"),
        "person": Field(
            "identifier",
            "a number for the person, used in memory to count repeat contacts and then dropped",
            optional=True,
        ),
        "age": Field("age", "the age, in years where no unit says otherwise", optional=True),
        "age_unit": Field(
            "code",
            "the unit of the age: `years`, `months`, `weeks`, `days`, `hours` or `minutes`",
            optional=True,
        ),
        "race_ethnicity": Field("code", "race and ethnicity, as recorded", optional=True),
        "gender": Field("code", "the gender, as recorded", optional=True),
        "language": Field("code", "the language the person speaks", optional=True),
        "contact": Field("code", "whether the team met the person, and if not, why"),
        "declined": Field(
            "code",
            "whether the person refused to be evaluated: with `yes` nobody was met",
            optional=True,
        ),
        "outcome": Field("code", "how the contact ended"),
        "involuntary_hold": Field(
            "code", "whether an involuntary hold was applied for, and by whom", optional=True
        ),
        "referral": Field("code", "how far a referral to care got", optional=True),
        "followed_up_on": Field("date", "the day of the first follow-up", optional=True),
        "followup_tracked": Field("code", "whether follow-up was tracked at all", optional=True),
        "arrest": Field("code", "whether somebody was arrested", optional=True),
        "force": Field("code", "whether force was used", optional=True),
        "injury": Field("code", "whether somebody was injured", optional=True),
    }


def _coded() -> dict[str, Field]:
    """What the standard's definition of a behavioral-health record looks at."""
    return {
        field: Field("diagnosis", f"{meaning}, in ICD-10-CM", optional=True)
        for field, meaning in (
            ("primary_symptom", "the primary symptom (`eSituation.09`)"),
            ("other_symptoms", "other associated symptoms (`eSituation.10`)"),
            ("primary_impression", "the primary impression (`eSituation.11`)"),
            ("secondary_impressions", "the secondary impressions (`eSituation.12`)"),
            ("cause_of_injury", "the cause of injury (`eInjury.01`)"),
        )
    }


FIELDS: dict[ExtractName, dict[str, Field]] = {
    "incidents": {
        "incident_number": Field(
            "identifier", "the number of the 911 incident, by which rows are linked", essential=True
        ),
        "received": Field("time", "when the call was received", essential=True),
        "code": Field(
            "code",
            "the dispatch code; only those under `dispatch_codes` are mental-health calls",
            essential=True,
        ),
        "district": Field("code", "the police district", optional=True, relied_on=True),
        "neighborhood": Field("code", "the neighborhood", optional=True),
        "not_sent_reason": Field("code", "why no team was sent to an eligible call", optional=True),
        "call_source": Field("code", "how the call reached the city", optional=True),
        "call_result": Field(
            "code", "what the call-taker did where nobody was sent", optional=True
        ),
        "leave_out": Field(
            "code",
            "why a row is no call of its own: `duplicate_call`, `test_call` or"
            " `administrative_entry`; empty for every call",
            optional=True,
        ),
    },
    "units": {
        "incident_number": Field(
            "identifier", "the number of the 911 incident, by which rows are linked", optional=True
        ),
        "unit": Field("identifier", "the name of the unit", essential=True),
        "unit_type": Field(
            "code",
            "which agency the unit is of; a list where one car holds several",
            optional=True,
        ),
        "requested_by": Field(
            "code", "who asked for the unit: dispatch, or the team on scene", optional=True
        ),
        "priority": Field("code", "the priority of the call", optional=True),
        "condition": Field("code", "what the call was about", optional=True),
        "dispatched": Field("time", "when the unit was sent", essential=True),
        "arrived": Field("time", "when the unit arrived"),
        "left_scene": Field("time", "when the unit left the scene", optional=True),
        "cleared": Field("time", "when the unit was free again", optional=True),
        "cancelled_by": Field("code", "who cancelled the unit on its way", optional=True),
    },
    "encounters": _clinical(),
    "epcr": _clinical() | _coded(),
    "spending": {
        "month": Field("month", "the month in which the money was booked", essential=True),
        "model": Field(
            "code", "the response model that the money was spent on, or `shared`", essential=True
        ),
        "category": Field(
            "code", "what the money was spent on, a code of `dimensions.spending`", essential=True
        ),
        "amount": Field("amount", "the amount in dollars", essential=True),
    },
    "milestones": {
        "milestone": Field("text", "the name of the milestone", essential=True),
        "planned": Field("date", "the day planned"),
        "actual": Field("date", "the day it was reached"),
        "owner": Field("text", "the office that answers for it"),
        "status": Field("code", "how it is going"),
        "note": Field("text", "a remark that is published"),
    },
}

# In which order the moments of one row happen: a time of day without a date that is earlier than
# the moment before it was on the next day.
MOMENTS: dict[ExtractName, tuple[str, ...]] = {
    "incidents": ("received",),
    "units": ("dispatched", "arrived", "left_scene", "cleared"),
    "encounters": ("started",),
    "epcr": ("started",),
}

# Numbers that are compared in one form, whatever their spelling.
NUMBERS = frozenset({"incident_number", "record_number"})

# What one row of an extract is known by: the same key again is the same fact again.
KEYS: dict[ExtractName, tuple[str, ...]] = {
    "incidents": ("incident_number",),
    "units": ("incident_number", "unit", "dispatched"),
    "encounters": ("record_number",),
    "epcr": ("record_number",),
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
    "case_definition",
    "police_on_scene",
    "police_sent",
    "police_requested_by",
    "police_before",
    "anyone_sent",
    "call_source",
    "call_result",
    "ems_on_scene",
    "team_order",
    *INTERVALS,
    *SPENT,
    "followup_days",
    "followup_tracked",
    "referral",
    "person_known",
    "repeat",
    "age_band",
    "race_ethnicity",
    "gender",
    "language",
    "involuntary_hold",
    "arrest",
    "force",
    "injury",
)
