"""The tables that a new city can begin with: those whose extracts and columns are there, each at a
grain at which little has to be withheld.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from openresponse.measures.planned_tables import NEEDS
from openresponse.program import ExtractName

PEOPLE = {
    "age_band": ("age", "Age"),
    "race_ethnicity": ("race_ethnicity", "Race and ethnicity"),
    "gender": ("gender", "Gender"),
    "language": ("language", "Language"),
}
EVENTS = {"arrest": "Arrest", "force": "Force", "injury": "Injury"}
# How many contacts a month it takes for a table of them by month or quarter, so that little in it
# is withheld: with fewer the rare outcomes of each period are too few.
PERIODS = (("month", 400), ("quarter", 130), ("year", 0))
OUTCOMES = ["remained_in_community", "emergency_department", "another_outcome"]
# The measure of each, its title, and what else the table says.
OF_CONTACTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("outcomes", "How runs ended", {"upto": OUTCOMES}),
    ("followup", "Follow-up after contact", {"lag_months": 1}),
    ("referrals", "Referrals", {"lag_months": 1}),
    ("repeat_contacts", "Repeat contacts", {}),
)
RARE = (
    ("involuntary_hold", "Involuntary holds"),
    ("case_definition", "Two definitions of a mental-health call"),
)

Fields = Mapping[ExtractName, Collection[str]]


def tables(
    fields: Fields, *, models: bool, districts: bool, contacts_a_month: float
) -> dict[str, Any]:
    """The tables by name. fields: those of each extract that are mapped."""
    period = next(name for name, least in PERIODS if contacts_a_month >= least)
    hours = _table("When calls came", "volumes", "year", by=["day_type"], category="time_band")
    quality = _table("What became of every row delivered", "data_quality", "month")
    if "units" not in fields:
        calls = _table("Mental-health calls", "volumes", "month", category="day_type")
        return {"calls": calls, "hours": hours, "data_quality": quality}
    if "incidents" not in fields:
        sent = _table("Unit responses", "volumes", "month", category="day_type")
        times = _times("Response times", {"dispatch_to_arrival": "Dispatch to arrival"})
        return {"responses": sent, "response_times": times, "hours": hours, "data_quality": quality}
    chosen: dict[str, Any] = {}
    if models:
        chosen["funnel"] = _table("What happened to every call", "funnel", "month")
    chosen["responders"] = _table("Who came", "responders", "month")
    chosen["response_times"] = _times(
        "Response times", {"call_to_arrival": "Call to arrival of the first unit"}
    )
    if models:
        for name, title, more in OF_CONTACTS:
            if _is_counted(name, fields):
                chosen[name] = _table(title, name, period, **more)
        for name, title in RARE:
            if _is_counted(name, fields):
                chosen[name] = _table(title, name, "year")
    if models and (people := dict(_people(fields))):
        chosen["demographics"] = _stacked(
            "Who was met", "characteristic", "Characteristic", people, "group", measure="contacts"
        )
    events = {name: label for name, label in EVENTS.items() if _is_counted(name, fields)}
    if models and events:
        chosen["safety"] = _stacked("Arrest, force and injury", "event", "Event", events, "answer")
    if models and districts:
        chosen["districts"] = _table("Calls by district", "service", "quarter", by=["district"])
    if "cleared" in fields["units"]:
        chosen["time_on_scene"] = _times(
            "Time on scene", {"time_on_scene": "Arrival of the first unit to the last one cleared"}
        )
    return chosen | {"hours": hours, "data_quality": quality}


def _table(title: str, measure: str, period: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "measure": measure, "period": period, **more}


def _times(title: str, parts: dict[str, str]) -> dict[str, Any]:
    stack = {"column": "interval", "label": "Time measured", "parts": parts}
    return _table(title, "times", "month", stack=stack)


def _stacked(
    title: str, column: str, label: str, parts: dict[str, str], category: str, **more: Any
) -> dict[str, Any]:
    stack = {"column": column, "label": label, "parts": parts}
    return {"title": title, **more, "period": "year", "category": category, "stack": stack}


def _is_counted(measure: str, fields: Fields) -> bool:
    extracts, wanted = NEEDS[measure]
    return any(set(wanted) & set(fields.get(extract, ())) for extract in extracts)


def _people(fields: Fields) -> Iterator[tuple[str, str]]:
    extracts, _none = NEEDS["contacts"]
    mapped = {field for extract in extracts for field in fields.get(extract, ())}
    for dimension, (field, label) in PEOPLE.items():
        if field in mapped:
            yield dimension, label
