"""The dimensions that a program names: areas, models, hours, who people are."""

import pandas as pd

from openresponse.errors import ProgramError
from openresponse.measures.measure import recorded
from openresponse.program import Program
from openresponse.records.eligibility import STANDARD
from openresponse.tables.hierarchy import ALL, NOT_RECORDED, Hierarchy, Node, flat

NEVER_MISSING = {"model", "day_type", "time_band", "extract"}
FIXED = {
    "call_source": {
        "call_911": "A call to 911",
        "call_988": "Handed over by the 988 lifeline",
        "call_311": "A call to 311 or another city line",
        "on_view": "Seen by a crew on the street",
        "walk_in": "Came to a station in person",
        "other_source": "Another way",
    },
    "day_type": {"weekday": "Monday to Friday", "weekend": "Saturday and Sunday"},
    "time_band": {
        "night": "Night (midnight to 6 a.m.)",
        "morning": "Morning (6 a.m. to noon)",
        "afternoon": "Afternoon (noon to 6 p.m.)",
        "evening": "Evening (6 p.m. to midnight)",
    },
    "age_band": {
        "under_18": "Under 18",
        "18_to_24": "18 to 24",
        "25_to_44": "25 to 44",
        "45_to_64": "45 to 64",
        "65_and_over": "65 and over",
    },
}

POLICE = Hierarchy(
    "police",
    (
        Node(ALL, "All"),
        Node("police_on_scene", "Police on scene", ALL, means=("responders", "police_on_scene")),
        Node(
            "no_police_on_scene",
            "No police recorded on scene",
            ALL,
            means=("responders", "no_police_on_scene"),
        ),
    ),
)


def dimension(name: str, program: Program, total: str | None = "All") -> Hierarchy:
    """The hierarchy of a by-dimension: its values under `all`, with `not_recorded` where a value
    can be missing.
    """
    if name == POLICE.dimension:
        return POLICE
    labels = dict(_labels(name, program))
    if name not in NEVER_MISSING:
        labels[NOT_RECORDED] = "Not recorded"
    return flat(name, labels, total)


def _labels(name: str, program: Program) -> dict[str, str]:
    if name == "model":
        return {code: m.label for code, m in program.operating.items()} | {
            STANDARD: "Standard response"
        }
    if name == "district":
        return {code: area.label for code, area in program.areas.districts.items()}
    if name == "neighborhood":
        return {code: area.label for code, area in program.areas.neighborhoods.items()}
    labels = program.dimensions.get(name) or FIXED.get(name)
    if labels is None:
        raise ProgramError(
            f"the dimension `{name}` is used under `tables` but has no values; add"
            f" `dimensions.{name}` to the program file, code by code with a label."
        )
    return labels


def values(rows: pd.DataFrame, name: str, program: Program) -> pd.Series:
    """Each row's leaf code in a by-dimension."""
    if name == POLICE.dimension:
        return (
            rows["police_on_scene"]
            .map({True: "police_on_scene", False: "no_police_on_scene"})
            .astype("string")
        )
    return recorded(rows[name], dimension(name, program), NOT_RECORDED)
