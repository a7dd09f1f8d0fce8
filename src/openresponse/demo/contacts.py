"""Contact records of clinicians, and of EMS with a mental-health worker."""

import numpy as np
import pandas as pd

from openresponse.demo import clinical_words, events

TYPED_WRONG = 0.01
BEGINS = (60, 240)  # seconds from the arrival of the crew to the contact
WINDOWS = ((0, 1, 0.18), (2, 7, 0.16), (8, 30, 0.12))  # days to the first follow-up, and how often


def make(
    rng: np.random.Generator, incidents: pd.DataFrame, arrivals: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Records of every call a team came to, as clinicians and as EMS write them; `call` is the row
    of the incident. arrivals: as `units` has them.
    """
    runs = incidents[incidents["team_came"]]
    facts = _facts(rng, runs, arrivals.loc[runs.index], len(incidents))
    clinician = (runs["team"] == "CLINICIAN").to_numpy()
    return _encounters(rng, facts[clinician].reset_index(drop=True)), _epcr(
        rng, facts[~clinician].reset_index(drop=True)
    )


def _facts(
    rng: np.random.Generator, runs: pd.DataFrame, arrivals: pd.DataFrame, calls: int
) -> pd.DataFrame:
    """What happened at each of these calls, before anybody writes it down."""
    n = len(runs)
    end, blank = _end_points(rng, runs.index / calls)
    engaged = (end == "Engaged Client") & ~blank
    days = _followup_days(rng, engaged)
    received = runs["Call Received"].reset_index(drop=True)
    age = np.clip(np.round(rng.gamma(5.2, 7.2, n)), 8, 96).astype(int)
    facts = {
        "call": runs.index,
        "number": runs["Incident Number"].to_numpy(),
        "received": received,
        "started": _begun(rng, arrivals),
        "person": np.where(rng.random(n) < 0.07, "", runs["person"]),
        "first": runs["first"].to_numpy(),
        "last": runs["last"].to_numpy(),
        "born": _days_of_birth(rng, received, age),
        "age": _typed_ages(rng, age),
        "end": np.where(blank, "", end),
        "engaged": engaged,
        "language": clinical_words.draw(rng, clinical_words.LANGUAGES, n),
    }
    happened = events.make(rng, engaged, arrivals["POLICE"].notna().to_numpy())
    return pd.DataFrame(facts | happened | _care(rng, engaged, received, days))


def _begun(rng: np.random.Generator, arrivals: pd.DataFrame) -> pd.Series:
    """A few minutes after the crew came: a clinician, or a worker and EMS."""
    worker = arrivals[["MHW", "EMS"]].max(axis="columns", skipna=False)
    came = arrivals["CLINICIAN"].fillna(worker).reset_index(drop=True)
    return came + pd.to_timedelta(rng.integers(*BEGINS, len(arrivals)), unit="s")


def _end_points(rng: np.random.Generator, since: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How each contact ended, and whether that was left blank; `since`: from 0 to 1, how late."""
    words = [before for before, _, _ in clinical_words.END_POINTS]
    shares = [share for *_, share in clinical_words.END_POINTS]
    end = rng.choice(np.array(words), len(since), p=np.array(shares))
    blank = rng.random(len(since)) < np.interp(since, (0, 1), clinical_words.END_POINT_BLANK)
    return end, blank


def _followup_days(rng: np.random.Generator, engaged: np.ndarray) -> np.ndarray:
    """Days to the first follow-up; -1 where there was none."""
    n = len(engaged)
    days, chance, low = np.full(n, -1), rng.random(n), 0.0
    for first, last, share in WINDOWS:
        chosen = engaged & (chance >= low) & (chance < low + share)
        days[chosen] = rng.integers(first, last + 1, n)[chosen]
        low += share
    return days


def _days_of_birth(rng: np.random.Generator, received: pd.Series, age: np.ndarray) -> pd.Series:
    old = pd.to_timedelta(age * 365.25 + rng.integers(0, 365, len(age)), unit="D")
    return (received - old).dt.strftime("%Y-%m-%d")


def _care(
    rng: np.random.Generator, engaged: np.ndarray, received: pd.Series, days: np.ndarray
) -> dict[str, np.ndarray | pd.Series]:
    """Referral and follow-up: a follow-up is tracked, its absence nine times in ten."""
    n = len(engaged)
    followed = received.dt.normalize() + pd.to_timedelta(np.maximum(days, 0), unit="D")
    tracked = np.where((days >= 0) | (rng.random(n) < 0.9), "Y", "N")
    return {
        "Referral": np.where(engaged, clinical_words.draw(rng, clinical_words.REFERRALS, n), ""),
        "Followed Up On": followed.where(pd.Series(days >= 0)).dt.strftime("%Y-%m-%d").fillna(""),
        "Follow-up Tracked": np.where(engaged, tracked, ""),
    }


def _typed_ages(rng: np.random.Generator, age: np.ndarray) -> np.ndarray:
    wrong = rng.random(len(age)) < 0.004
    typed = np.where(wrong, rng.choice([-1, 199], len(age)), age).astype(str)
    return np.where(rng.random(len(age)) < 0.05, "", typed)


def _typed_numbers(rng: np.random.Generator, numbers: pd.Series) -> pd.Series:
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
    did = facts["engaged"].map({True: "Spoke with ", False: "Looked for "})
    return did + facts["first"] + " " + facts["last"] + ", b. " + facts["born"] + ", at home"


SHARED = [
    "Section 12",
    "Referral",
    "Followed Up On",
    "Follow-up Tracked",
    "Arrest",
    "Force Used",
    "Injury",
]


def _encounters(rng: np.random.Generator, facts: pd.DataFrame) -> pd.DataFrame:
    n = len(facts)
    new = {before: after for before, after, _ in clinical_words.END_POINTS}
    end = facts["end"].mask(
        facts["received"] >= clinical_words.NEW_VOCABULARY, facts["end"].map(new).fillna("")
    )
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
                "Race/Ethnicity": clinical_words.draw(rng, clinical_words.RACES, n),
                "Gender": clinical_words.draw(rng, clinical_words.GENDERS, n),
                "Language": facts["language"],
                "End Point": end,
                "Disposition": facts["disposition"],
            }
        )
        .join(facts[SHARED])
        .assign(Notes=_note(facts))
    )


def _epcr(rng: np.random.Generator, facts: pd.DataFrame) -> pd.DataFrame:
    """The same in NEMSIS codes: a destination only where somebody was taken somewhere, and a
    transport where EMS did it.
    """
    n = len(facts)
    place = facts["disposition"].map(clinical_words.NEMSIS_PLACES).fillna("")
    stayed = facts["disposition"] == events.STAYED
    arrested = facts["disposition"] == events.ARREST
    return (
        pd.DataFrame(
            {
                "call": facts["call"],
                "eRecord.01": [f"PCR{i:06d}" for i in range(n)],
                "eResponse.03": _typed_numbers(rng, facts["number"]),
                "eTimes.07": facts["started"],
                "Person ID": facts["person"].str.replace("ID", "PT"),  # EMS numbers by itself
                "ePatient.02": facts["last"],
                "ePatient.03": facts["first"],
                "ePatient.17": facts["born"],
                "ePatient.15": facts["age"],
                "ePatient.16": np.where(facts["age"] == "", "", clinical_words.NEMSIS_YEARS),
                "ePatient.14": clinical_words.draw(rng, clinical_words.NEMSIS_RACES, n),
                "ePatient.13": clinical_words.draw(rng, clinical_words.NEMSIS_GENDERS, n),
                "Language": facts["language"],
                "eDisposition.27": facts["end"].map(clinical_words.NEMSIS_CONTACTS).fillna(""),
                "eDisposition.28": facts["end"].map(clinical_words.NEMSIS_CARE).fillna(""),
                "eDisposition.21": place.mask(stayed, "7701001"),
                "eDisposition.30": np.select(
                    [stayed | arrested, place != ""], ["4230013", "4230001"], ""
                ),
            }
        )
        .join(facts[SHARED])
        .assign(**{"eNarrative.01": _note(facts)})
    )
