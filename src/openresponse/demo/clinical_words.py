"""What clinicians and EMS write in their records, and how often."""

import pandas as pd

# End points before and after the vocabulary changed, with shares among recorded ones.
END_POINTS = (
    ("Engaged Client", "Engaged client", 0.56),
    ("Unable to Locate", "Unable to locate client", 0.22),
    ("Refused", "Client declined to engage", 0.15),
    ("No contact due to safety concern", "No contact due to safety concern", 0.03),
    ("Other", "Other", 0.04),
)
END_POINT_BLANK = (0.34, 0.15)  # share left blank, first month to last
NEW_VOCABULARY = pd.Timestamp("2025-09-15")
DISPOSITIONS = {
    "Remained in community": 0.66,
    "Emergency Department": 0.17,
    "Crisis walk-in Center": 0.045,
    "Respite": 0.03,
    "Sobering/Detox Facility": 0.025,
    "Arrest": 0.02,
    "Other": 0.02,
    "": 0.03,
}
SECTION_12 = {"None": 0.83, "Clinician": 0.07, "Police": 0.03, "Physician": 0.02, "": 0.05}
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
NEMSIS_CONTACTS = {
    "Engaged Client": "4227001",
    "Unable to Locate": "4227009",
    "Refused": "4227007",
    "No contact due to safety concern": "4227007",
    "Other": "4227003",
}
NEMSIS_PLACES = {
    "Emergency Department": "4221003",
    "Crisis walk-in Center": "4221005",
    "Respite": "4221005",
    "Sobering/Detox Facility": "4221001",
    "Other": "4221001",
}
