"""What clinicians and EMS write in their records, and how often."""

import numpy as np
import pandas as pd

# End points before and after the vocabulary changed, with shares among recorded ones. With those
# left blank, a team that arrives meets the person about three times in four, as mobile crisis teams
# met 77% of adults (Psychiatric Services, ps.202100736).
END_POINTS = (
    ("Engaged Client", "Engaged client", 0.84),
    ("Unable to Locate", "Unable to locate client", 0.08),
    ("Refused", "Client declined to engage", 0.055),
    ("No contact due to safety concern", "No contact due to safety concern", 0.01),
    ("Other", "Other", 0.015),
)
END_POINT_BLANK = (0.14, 0.06)  # share left blank, first month to last
NEW_VOCABULARY = pd.Timestamp("2025-09-15")
# Of contacts without a hold: whoever is held is taken to an emergency department.
DISPOSITIONS = {
    "Remained in community": 0.72,
    "Emergency Department": 0.09,
    "Crisis walk-in Center": 0.05,
    "Respite": 0.033,
    "Sobering/Detox Facility": 0.027,
    "Arrest": 0.03,
    "Other": 0.02,
    "": 0.03,
}
SECTION_12 = {"None": 0.86, "Clinician": 0.055, "Police": 0.025, "Physician": 0.01, "": 0.05}
REFERRALS = {"Not offered": 0.26, "Declined": 0.18, "Accepted": 0.28, "Completed": 0.16, "": 0.12}
RACES = {
    "Black or African American": 0.36,
    "White": 0.27,
    "Hispanic or Latino": 0.2,
    "Asian": 0.05,
    "Other": 0.04,
    "Unknown": 0.08,
}
NEMSIS_RACES = {
    "2514005": 0.36,
    "2514011": 0.27,
    "2514007": 0.2,
    "2514003": 0.05,
    "2514009": 0.04,
    "": 0.08,
}
GENDERS = {"Female": 0.46, "Male": 0.47, "Nonbinary": 0.03, "Unknown": 0.04}
NEMSIS_GENDERS = {"9906001": 0.46, "9906003": 0.47, "9906007": 0.03, "9906005": 0.04}
LANGUAGES = {
    "English": 0.74,
    "Spanish": 0.13,
    "Haitian Creole": 0.06,
    "Cape Verdean": 0.03,
    "Vietnamese": 0.02,
    "": 0.02,
}
# What the codes mean is in `extracts.epcr` of the program file. Who refuses is met all the same:
# that is in another element.
NEMSIS_CONTACTS = {
    "Engaged Client": "4227001",
    "Unable to Locate": "4227009",
    "Refused": "4227001",
    "No contact due to safety concern": "4227007",
    "Other": "4227003",
}
NEMSIS_CARE = {
    "Engaged Client": "4228001",
    "Unable to Locate": "7701001",
    "Refused": "4228007",
    "No contact due to safety concern": "7701001",
    "Other": "7701001",
}
NEMSIS_PLACES = {
    "Emergency Department": "4221003",
    "Crisis walk-in Center": "4221031",
    "Respite": "4221031",
    "Sobering/Detox Facility": "4221039",
    "Arrest": "4221019",
    "Other": "4221013",
}
NEMSIS_YEARS = "2516009"


def draw(rng: np.random.Generator, shares: dict[str, float], n: int) -> np.ndarray:
    """`n` of the words, each as often as its share says."""
    weights = np.array(list(shares.values()))
    return rng.choice(np.array(list(shares)), n, p=weights / weights.sum())
