"""Contact records of clinicians (co-response) and of EMS with a mental-health worker (alternative
response).
"""

import numpy as np
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
TYPED_WRONG = 0.01
WINDOWS = ((0, 1, 0.18), (2, 7, 0.16), (8, 30, 0.12))  # days to the first follow-up, and how often


def make(
    rng: np.random.Generator, incidents: pd.DataFrame, units: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Records of every call a team came to, as clinicians and as EMS write them; `call` is the row
    of the incident.
    """
    met = incidents[incidents["team_came"]]
    facts = _facts(rng, met, len(incidents))
    clinician = (met["team"] == "CLINICIAN").to_numpy()
    return _encounters(rng, facts[clinician].reset_index(drop=True)), _epcr(
        rng, facts[~clinician].reset_index(drop=True)
    )


def _pick(rng, shares: dict[str, float], n: int) -> np.ndarray:
    return rng.choice(
        np.array(list(shares)), n, p=np.array(list(shares.values())) / sum(shares.values())
    )


def _facts(rng, met: pd.DataFrame, calls: int) -> pd.DataFrame:
    n = len(met)
    old = np.array([before for before, _, _ in END_POINTS])
    end = rng.choice(old, n, p=np.array([share for *_, share in END_POINTS]))
    blank = rng.random(n) < np.interp(met.index / calls, (0, 1), END_POINT_BLANK)
    engaged = (end == "Engaged Client") & ~blank
    days = np.full(n, -1)
    chance, low = rng.random(n), 0.0
    for first, last, share in WINDOWS:
        chosen = engaged & (chance >= low) & (chance < low + share)
        days[chosen] = rng.integers(first, last + 1, n)[chosen]
        low += share
    received = met["Call Received"].reset_index(drop=True)
    started = received + pd.to_timedelta(np.round(60 * rng.lognormal(np.log(26), 0.5, n)), unit="s")
    age = np.clip(np.round(rng.gamma(5.2, 7.2, n)), 8, 96).astype(int)
    followed = received.dt.normalize() + pd.to_timedelta(np.maximum(days, 0), unit="D")
    return pd.DataFrame(
        {
            "call": met.index,
            "number": met["Incident Number"].to_numpy(),
            "received": received,
            "started": started,
            "person": np.where(rng.random(n) < 0.07, "", met["person"]),
            "first": met["first"].to_numpy(),
            "last": met["last"].to_numpy(),
            "born": (
                (
                    received - pd.to_timedelta(age * 365.25 + rng.integers(0, 365, n), unit="D")
                ).dt.strftime("%Y-%m-%d")
            ),
            "age": _typed_ages(rng, age),
            "end": np.where(blank, "", end),
            "engaged": engaged,
            "disposition": np.where(engaged, _pick(rng, DISPOSITIONS, n), ""),
            "language": _pick(rng, LANGUAGES, n),
            "Section 12": np.where(engaged, _pick(rng, SECTION_12, n), ""),
            "Referral": np.where(engaged, _pick(rng, REFERRALS, n), ""),
            "Followed Up On": (
                followed.where(pd.Series(days >= 0)).dt.strftime("%Y-%m-%d").fillna("")
            ),
            "Follow-up Tracked": np.where(engaged, np.where(rng.random(n) < 0.9, "Y", "N"), ""),
            "Arrest": _answers(rng, engaged, 0.02, n),
            "Force Used": _answers(rng, engaged, 0.025, n),
            "Injury": _answers(rng, engaged, 0.02, n),
        }
    )


def _answers(rng, engaged, share: float, n: int) -> np.ndarray:
    answer = np.where(rng.random(n) < share, "Y", "N")
    return np.where(engaged & (rng.random(n) > 0.06), answer, "")


def _typed_ages(rng, age: np.ndarray) -> np.ndarray:
    wrong = rng.random(len(age)) < 0.004
    typed = np.where(wrong, rng.choice([-1, 199], len(age)), age).astype(str)
    return np.where(rng.random(len(age)) < 0.05, "", typed)


def _typed_numbers(rng, numbers: pd.Series) -> pd.Series:
    """Incident numbers as people type them: no letter, lower case, spaces, O for 0, now and then
    two digits swapped.
    """
    form = rng.integers(0, 12, len(numbers))
    typed = numbers.mask(form == 0, numbers.str.lower()).mask(form == 1, numbers.str[1:])
    typed = typed.mask(form == 2, numbers.str[:3] + " " + numbers.str[3:]).mask(
        form == 3, numbers.str.replace("0", "O", n=1)
    )
    swap = rng.random(len(numbers)) < TYPED_WRONG
    return typed.mask(swap, numbers.str[:-3] + numbers.str[-2] + numbers.str[-3] + numbers.str[-1])


def _note(facts: pd.DataFrame) -> pd.Series:
    return (
        "Spoke with " + facts["first"] + " " + facts["last"] + ", b. " + facts["born"] + ", at home"
    )


SHARED = [
    "Section 12",
    "Referral",
    "Followed Up On",
    "Follow-up Tracked",
    "Arrest",
    "Force Used",
    "Injury",
]


def _encounters(rng, facts: pd.DataFrame) -> pd.DataFrame:
    n = len(facts)
    new = {before: after for before, after, _ in END_POINTS}
    end = facts["end"].mask(facts["received"] >= NEW_VOCABULARY, facts["end"].map(new).fillna(""))
    return (
        pd.DataFrame(
            {
                "call": facts["call"],
                "Encounter ID": [f"EN{i:06d}" for i in range(n)],
                "CAD Number": _typed_numbers(rng, facts["number"]),
                "Encounter Start": facts["started"],
                "Person ID": facts["person"],
                "First Name": facts["first"],
                "Last Name": facts["last"],
                "Date of Birth": facts["born"],
                "Age": facts["age"],
                "Race/Ethnicity": _pick(rng, RACES, n),
                "Gender": _pick(rng, GENDERS, n),
                "Language": facts["language"],
                "End Point": end,
                "Disposition": facts["disposition"],
            }
        )
        .join(facts[SHARED])
        .assign(Notes=_note(facts))
    )


def _epcr(rng, facts: pd.DataFrame) -> pd.DataFrame:
    """The same in NEMSIS codes: a destination only where somebody was taken somewhere."""
    n = len(facts)
    place = facts["disposition"].map(NEMSIS_PLACES).fillna("")
    stayed = facts["disposition"] == "Remained in community"
    return (
        pd.DataFrame(
            {
                "call": facts["call"],
                "eRecord.01": [f"PCR{i:06d}" for i in range(n)],
                "eResponse.03": _typed_numbers(rng, facts["number"]),
                "eTimes.07": facts["started"],
                "Person ID": facts["person"],
                "ePatient.02": facts["last"],
                "ePatient.03": facts["first"],
                "ePatient.17": facts["born"],
                "ePatient.15": facts["age"],
                "ePatient.14": _pick(rng, NEMSIS_RACES, n),
                "ePatient.13": _pick(rng, NEMSIS_GENDERS, n),
                "Language": facts["language"],
                "eDisposition.27": facts["end"].map(NEMSIS_CONTACTS).fillna(""),
                "eDisposition.21": place.mask(stayed, "7701001"),
                "eDisposition.30": np.where(
                    place != "", "4230001", np.where(stayed, "4230013", "")
                ),
            }
        )
        .join(facts[SHARED])
        .assign(**{"eNarrative.01": _note(facts)})
    )
