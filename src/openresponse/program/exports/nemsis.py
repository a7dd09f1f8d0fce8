"""The codes of NEMSIS 3.5, the national standard of EMS records, and the word of this program that
each is read as.

All codes of the elements that are used are here, each with the standard's name.
Source: NEMSIS Data Dictionary 3.5.1, EMS Data Standard, by the NEMSIS Technical Assistance Center,
https://nemsis.org/technical-resources/version-3/version-3-data-dictionaries/
"""

from typing import Any, NamedTuple

NAME = "nemsis-3.5"
NOT_APPLICABLE = "7701001"
APPROXIMATE = "8801029"  # the one pertinent negative that does not take back the value beside it
# Why a value is absent: an element's `NV`, and its `PN`, the pertinent negative.
NOT_VALUES = {
    NOT_APPLICABLE: "Not applicable",
    "7701003": "Not recorded",
    "7701005": "Not reporting",
}
PERTINENT_NEGATIVES = {
    "8801001": "Contraindication noted",
    "8801003": "Denied by order",
    "8801005": "Exam finding not present",
    "8801007": "Medication allergy",
    "8801009": "Medication already taken",
    "8801013": "No known drug allergy",
    "8801015": "None reported",
    "8801017": "Not performed by EMS",
    "8801019": "Refused",
    "8801021": "Unresponsive",
    "8801023": "Unable to complete",
    "8801025": "Not immunized",
    "8801027": "Order criteria not met",
    "8801031": "Symptom not present",
}
ABSENT = NOT_VALUES | PERTINENT_NEGATIVES


class Code(NamedTuple):
    """name: the standard's. word: what it is read as."""

    name: str
    word: str


class Element(NamedTuple):
    """name: the standard's. more_than_one: what different codes in one record are read as, where
    the element may be repeated. Why a value is absent is among the codes where it is read as
    something; otherwise nothing was recorded.
    """

    name: str
    codes: dict[str, Code]
    more_than_one: str | None = None


_PLACES = {  # where EMS took the person; who was taken nowhere stayed in the community
    "4221001": Code("Home", "other_outcome"),  # nothing says whether they were to stay there
    "4221003": Code("Hospital, emergency department", "emergency_department"),
    "4221005": Code("Hospital, non-emergency department bed", "other_outcome"),
    "4221007": Code("Clinic", "other_outcome"),
    "4221009": Code("Morgue or mortuary", "other_outcome"),
    "4221013": Code("Other", "other_outcome"),
    "4221015": Code("Other EMS responder (air)", "other_outcome"),
    "4221017": Code("Other EMS responder (ground)", "other_outcome"),
    "4221019": Code("Police or jail", "arrest"),
    "4221021": Code("Urgent care", "other_outcome"),
    "4221023": Code("Freestanding emergency department", "emergency_department"),
    "4221025": Code("Dialysis center", "other_outcome"),
    "4221027": Code("Diagnostic services", "other_outcome"),
    "4221029": Code("Assisted living facility", "other_outcome"),
    "4221031": Code("Mental health facility", "crisis_or_respite"),
    "4221033": Code("Nursing home", "other_outcome"),
    "4221035": Code("Other recurring care center", "other_outcome"),
    "4221037": Code("Physical rehabilitation facility", "other_outcome"),
    "4221039": Code("Drug or alcohol rehabilitation or detox facility", "detox"),
}

ELEMENTS = {
    "ePatient.13": Element(
        "Gender",
        {
            "9906001": Code("Female", "woman"),
            "9906003": Code("Male", "man"),
            "9906005": Code("Unknown (unable to determine)", "not_recorded"),
            "9906007": Code("Female-to-male, transgender male", "another_gender"),
            "9906009": Code("Male-to-female, transgender female", "another_gender"),
            "9906011": Code("Other, neither exclusively male nor female", "another_gender"),
        },
    ),
    "ePatient.14": Element(
        "Race",
        {
            "2514001": Code("American Indian or Alaska Native", "other"),
            "2514003": Code("Asian", "asian"),
            "2514005": Code("Black or African American", "black"),
            "2514007": Code("Hispanic or Latino", "hispanic"),
            "2514009": Code("Native Hawaiian or Other Pacific Islander", "other"),
            "2514011": Code("White", "white"),
            "2514013": Code("Middle Eastern or North African", "other"),
        },
        more_than_one="other",
    ),
    "ePatient.16": Element(
        "Age units",
        {
            "2516001": Code("Days", "days"),
            "2516003": Code("Hours", "hours"),
            "2516005": Code("Minutes", "minutes"),
            "2516007": Code("Months", "months"),
            "2516009": Code("Years", "years"),
        },
    ),
    "eDisposition.21": Element(
        "Type of destination",
        _PLACES | {NOT_APPLICABLE: Code("Not applicable", "remained_in_community")},
    ),
    "eDisposition.27": Element(
        "Unit disposition",
        {
            "4227001": Code("Patient contact made", "contact_made"),
            "4227003": Code("Cancelled on scene", "no_contact_other"),
            "4227005": Code("Cancelled prior to arrival at scene", "no_contact_other"),
            "4227007": Code("No patient contact", "no_contact_other"),
            "4227009": Code("No patient found", "person_not_found"),
            "4227011": Code("Non-patient incident (not otherwise listed)", "no_contact_other"),
        },
    ),
    "eDisposition.28": Element(
        "Patient evaluation/care",
        {
            "4228001": Code("Patient evaluated and care provided", "no"),
            "4228003": Code("Patient evaluated and refused care", "no"),
            "4228005": Code("Patient evaluated, no care required", "no"),
            "4228007": Code("Patient refused evaluation/care", "yes"),
            "4228009": Code("Patient support services provided", "no"),
            NOT_APPLICABLE: Code("Not applicable", "no"),
        },
    ),
}
# The element that holds each field of a patient care record.
ELEMENT_OF = {
    "record_number": "eRecord.01",
    "incident_number": "eResponse.03",
    "started": "eTimes.07",
    "person": "ePatient.01",
    "age": "ePatient.15",
    "age_unit": "ePatient.16",
    "race_ethnicity": "ePatient.14",
    "gender": "ePatient.13",
    "contact": "eDisposition.27",
    "declined": "eDisposition.28",
    "outcome": "eDisposition.21",
    "primary_symptom": "eSituation.09",
    "other_symptoms": "eSituation.10",
    "primary_impression": "eSituation.11",
    "secondary_impressions": "eSituation.12",
    "cause_of_injury": "eInjury.01",
}


def described(heading: Any) -> dict[str, Any]:
    """How the column of an element is read: empty for what is no element with codes."""
    element = ELEMENTS.get(heading) if isinstance(heading, str) else None
    if element is None:
        return {}
    codes = {code: word for code, (_, word) in element.codes.items()}
    return {"codes": codes, "more_than_one": element.more_than_one}
