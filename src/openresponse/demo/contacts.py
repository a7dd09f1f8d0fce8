"""Contact records of clinicians, and of EMS with a mental-health worker."""

import numpy as np
import pandas as pd

from openresponse.demo import clinical_words

TYPED_WRONG = 0.01
WINDOWS = ((0, 1, 0.18), (2, 7, 0.16), (8, 30, 0.12))  # days to the first follow-up, and how often


def make(rng: np.random.Generator, incidents: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Records of every call a team came to, as clinicians and as EMS write them; `call` is the row
    of the incident.
    """
    met = incidents[incidents["team_came"]]
    facts = _facts(rng, met, len(incidents))
    clinician = (met["team"] == "CLINICIAN").to_numpy()
    return _encounters(rng, facts[clinician].reset_index(drop=True)), _epcr(
        rng, facts[~clinician].reset_index(drop=True)
    )


def _pick(rng: np.random.Generator, shares: dict[str, float], n: int) -> np.ndarray:
    return rng.choice(
        np.array(list(shares)), n, p=np.array(list(shares.values())) / sum(shares.values())
    )


def _facts(rng: np.random.Generator, met: pd.DataFrame, calls: int) -> pd.DataFrame:
    """What happened at each of these calls, before anybody writes it down."""
    n = len(met)
    end, blank = _end_points(rng, met.index / calls)
    engaged = (end == "Engaged Client") & ~blank
    days = _followup_days(rng, engaged)
    received = met["Call Received"].reset_index(drop=True)
    started = received + pd.to_timedelta(np.round(60 * rng.lognormal(np.log(26), 0.5, n)), unit="s")
    age = np.clip(np.round(rng.gamma(5.2, 7.2, n)), 8, 96).astype(int)
    facts = {
        "call": met.index,
        "number": met["Incident Number"].to_numpy(),
        "received": received,
        "started": started,
        "person": np.where(rng.random(n) < 0.07, "", met["person"]),
        "first": met["first"].to_numpy(),
        "last": met["last"].to_numpy(),
        "born": _days_of_birth(rng, received, age),
        "age": _typed_ages(rng, age),
        "end": np.where(blank, "", end),
        "engaged": engaged,
        "disposition": np.where(engaged, _pick(rng, clinical_words.DISPOSITIONS, n), ""),
        "language": _pick(rng, clinical_words.LANGUAGES, n),
    }
    return pd.DataFrame(facts | _care(rng, engaged, received, days))


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
    """The columns that both kinds of record share."""
    n = len(engaged)
    followed = received.dt.normalize() + pd.to_timedelta(np.maximum(days, 0), unit="D")
    return {
        "Section 12": np.where(engaged, _pick(rng, clinical_words.SECTION_12, n), ""),
        "Referral": np.where(engaged, _pick(rng, clinical_words.REFERRALS, n), ""),
        "Followed Up On": followed.where(pd.Series(days >= 0)).dt.strftime("%Y-%m-%d").fillna(""),
        "Follow-up Tracked": np.where(engaged, np.where(rng.random(n) < 0.9, "Y", "N"), ""),
        "Arrest": _answers(rng, engaged, 0.02, n),
        "Force Used": _answers(rng, engaged, 0.025, n),
        "Injury": _answers(rng, engaged, 0.02, n),
    }


def _answers(rng: np.random.Generator, engaged: np.ndarray, share: float, n: int) -> np.ndarray:
    answer = np.where(rng.random(n) < share, "Y", "N")
    return np.where(engaged & (rng.random(n) > 0.06), answer, "")


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
                "Race/Ethnicity": _pick(rng, clinical_words.RACES, n),
                "Gender": _pick(rng, clinical_words.GENDERS, n),
                "Language": facts["language"],
                "End Point": end,
                "Disposition": facts["disposition"],
            }
        )
        .join(facts[SHARED])
        .assign(Notes=_note(facts))
    )


def _epcr(rng: np.random.Generator, facts: pd.DataFrame) -> pd.DataFrame:
    """The same in NEMSIS codes: a destination only where somebody was taken somewhere."""
    n = len(facts)
    place = facts["disposition"].map(clinical_words.NEMSIS_PLACES).fillna("")
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
                "ePatient.14": _pick(rng, clinical_words.NEMSIS_RACES, n),
                "ePatient.13": _pick(rng, clinical_words.NEMSIS_GENDERS, n),
                "Language": facts["language"],
                "eDisposition.27": facts["end"].map(clinical_words.NEMSIS_CONTACTS).fillna(""),
                "eDisposition.21": place.mask(stayed, "7701001"),
                "eDisposition.30": np.where(
                    place != "", "4230001", np.where(stayed, "4230013", "")
                ),
            }
        )
        .join(facts[SHARED])
        .assign(**{"eNarrative.01": _note(facts)})
    )
