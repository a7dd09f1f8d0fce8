"""911 calls of the fictional city: when, where, and what kind."""

import numpy as np
import pandas as pd

# Neighborhood, share of calls, police districts it lies in. Dorchester, Roxbury and the South End
# lead, as in 2020.
PLACES = (
    ("Dorchester", 0.215, ("C-11", "B-3")),
    ("Roxbury", 0.155, ("B-2",)),
    ("South End", 0.115, ("D-4",)),
    ("Mattapan", 0.055, ("B-3",)),
    ("Downtown", 0.060, ("A-1",)),
    ("East Boston", 0.055, ("A-7",)),
    ("Jamaica Plain", 0.045, ("E-13",)),
    ("Hyde Park", 0.040, ("E-18",)),
    ("South Boston", 0.040, ("C-6",)),
    ("Fenway", 0.035, ("D-4",)),
    ("Brighton", 0.035, ("D-14",)),
    ("Allston", 0.030, ("D-14",)),
    ("Roslindale", 0.030, ("E-5",)),
    ("West Roxbury", 0.020, ("E-5",)),
    ("Back Bay", 0.025, ("D-4",)),
    ("Charlestown", 0.025, ("A-15",)),
    ("Mission Hill", 0.020, ("B-2",)),
    ("Chinatown", 0.010, ("A-1",)),
    ("Beacon Hill", 0.008, ("A-1",)),
    ("North End", 0.008, ("A-1",)),
    ("West End", 0.008, ("A-1",)),
    ("South Boston Waterfront", 0.005, ("C-6",)),
    ("Longwood", 0.004, ("B-2",)),
    ("Bay Village", 0.003, ("D-4",)),
    ("Leather District", 0.002, ("A-1",)),
    ("Harbor Islands", 0.001, ("C-6",)),
)
# Calls by hour of day, shaped like a real mobile-crisis service: few before noon, most from 14 to
# 21.
HOURS = (19, 18, 18, 16, 13, 6, 5, 4, 6, 8, 9, 9, 11, 16, 32, 33, 33, 36, 32, 33, 31, 34, 26, 20)
SHARE_EDP2 = 0.65  # 5,953 EDP2 and 3,255 EDP3 calls in 2017
NEW_VOCABULARY = pd.Timestamp(
    "2025-07-01"
)  # from here on the dispatch system writes its codes differently
REPEATERS = 0.12
CLOSED_AS_NO_CALL, TESTS = 0.006, 0.2  # beside so many calls there is another row; a part are tests
FIRST = np.array(
    [
        "Ada",
        "Ben",
        "Cleo",
        "Dov",
        "Eva",
        "Finn",
        "Gus",
        "Hana",
        "Ivo",
        "June",
        "Kofi",
        "Lena",
        "Mara",
        "Nils",
        "Olga",
        "Pia",
        "Quinn",
        "Rosa",
        "Sven",
        "Tia",
    ]
)
LAST = np.array(
    [
        "Ashgrove",
        "Birchmoor",
        "Cindervale",
        "Dunholt",
        "Emberly",
        "Fennimore",
        "Gorsefield",
        "Hollowell",
        "Inkpen",
        "Juniper",
    ]
)
STREETS = np.array(
    ["Nowhere Lane", "Imaginary Street", "Fable Road", "Pretend Avenue", "Invention Court"]
)


def make(rng: np.random.Generator, span: pd.PeriodIndex, calls_a_year: int) -> pd.DataFrame:
    """One row a call, in order of time, with columns of the file and some of our own in lower
    case.
    """
    received = _received(rng, span, calls_a_year)
    n = len(received)
    neighborhoods, districts = _places(rng, n)
    edp2 = rng.random(n) < SHARE_EDP2
    written = np.where(
        rng.random(n) < 0.1, np.char.replace(districts.astype(str), "-", ""), districts
    )
    number = pd.Series(np.arange(100_000, 100_000 + n)).astype(str).str.zfill(7)
    new = (received >= NEW_VOCABULARY).to_numpy()
    out = pd.DataFrame(
        {
            "Incident Number": "P" + received.dt.strftime("%y") + number,
            "Call Received": received,
            "Type Code": np.where(
                new, np.where(edp2, "EDP-2", "EDP-3"), np.where(edp2, "EDP2", "EDP3")
            ),
            "Priority": np.where(edp2, "2", "3"),
            "District": np.where(rng.random(n) < 0.01, "", written),
            "Neighborhood": np.where(rng.random(n) < 0.01, "", neighborhoods),
            "Imminent Risk": np.where(rng.random(n) < 0.1, "", np.where(edp2, "Y", "N")),
            "Not Sent Reason": "",
            "Call Disposition": "",
        }
    )
    first, last, phone, street = _invented(rng, n)
    out["Address"] = street
    out["Caller Name"] = first + " " + last
    out["Caller Phone"] = phone
    out["Narrative"] = _narrative(rng, first, last, phone, street)
    out.loc[rng.random(n) < 0.001, "Type Code"] = "EDP9"
    return out.assign(
        edp2=edp2, district=districts, person=_persons(rng, n), first=first, last=last
    )


def no_calls(rng: np.random.Generator, incidents: pd.DataFrame) -> pd.DataFrame:
    """Further rows that the dispatch center closed as no call of their own: a second report of a
    call a minute later, or a test.
    """
    rows = incidents[rng.random(len(incidents)) < CLOSED_AS_NO_CALL]
    number = pd.Series(np.arange(len(rows)) + 100_000 + len(incidents), rows.index)
    again = "DUPLICATE OF " + rows["Incident Number"]
    return rows.assign(
        **{
            "Incident Number": rows["Incident Number"].str[:3] + number.astype(str).str.zfill(7),
            "Call Received": rows["Call Received"] + pd.Timedelta(minutes=1),
            "Call Disposition": again.mask(rng.random(len(rows)) < TESTS, "TEST CALL"),
            "Not Sent Reason": "",
        }
    )


def _received(rng: np.random.Generator, span: pd.PeriodIndex, calls_a_year: int) -> pd.Series:
    """When the calls came, in order."""
    days = pd.date_range(span[0].start_time, span[-1].end_time, freq="D")
    season = 1 + 0.08 * np.sin((days.day_of_year.to_numpy() - 100) / 365 * 2 * np.pi)
    day = np.repeat(days, rng.poisson(calls_a_year / 365.25 * season))
    hours = np.array(HOURS) / sum(HOURS)
    seconds = rng.choice(24, len(day), p=hours) * 3600 + rng.integers(0, 3600, len(day))
    received = pd.Series(day + pd.to_timedelta(seconds, unit="s")).sort_values(ignore_index=True)
    return received.mask(_does_not_exist(received), received + pd.Timedelta(hours=1))


def _places(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Neighborhood and police district of each call."""
    shares = np.array([share for _, share, _ in PLACES])
    places = rng.choice(len(PLACES), n, p=shares / shares.sum())
    names = np.array([name for name, _, _ in PLACES])
    within = [PLACES[place][2] for place in places]
    which = rng.integers(0, 10, n)
    districts = [codes[k % len(codes)] for codes, k in zip(within, which, strict=True)]
    return names[places], np.array(districts)


def _does_not_exist(local: pd.Series) -> pd.Series:
    return local.dt.tz_localize(
        "America/New_York", ambiguous=np.ones(len(local), dtype=bool), nonexistent="NaT"
    ).isna()


def _persons(rng: np.random.Generator, n: int) -> np.ndarray:
    """A person each; some calls are about somebody who called within the weeks before."""
    person = np.arange(n)
    back = np.maximum(person - rng.integers(1, 700, n), 0)
    again = rng.random(n) < REPEATERS
    person[again] = person[back[again]]
    return np.array([f"ID{p:06d}" for p in person])


def _invented(rng: np.random.Generator, n: int) -> tuple[np.ndarray, ...]:
    """First names, last names, phone numbers and streets of nobody."""
    first, last = FIRST[rng.integers(0, len(FIRST), n)], LAST[rng.integers(0, len(LAST), n)]
    digits = rng.integers(0, 100, n)
    phone = np.array([f"617-555-01{d:02d}" for d in digits])
    street = np.array([f"{1000 + k} {STREETS[k % len(STREETS)]}" for k in rng.integers(0, 9000, n)])
    return first.astype(object), last.astype(object), phone.astype(object), street.astype(object)


def _narrative(
    rng: np.random.Generator,
    first: np.ndarray,
    last: np.ndarray,
    phone: np.ndarray,
    street: np.ndarray,
) -> np.ndarray:
    """Free text as dispatchers type it: names, numbers, commas, quotes and line breaks."""
    form = rng.integers(0, 4, len(first))
    texts = (
        first + " " + last + ", call back " + phone,
        'Caller says "not safe" at ' + street + ", asks for " + first,
        "RP " + last + "\nCB " + phone + "\nLOC " + street,
        first + " walking near " + street + "; no weapon seen",
    )
    return np.choose(form, texts)
