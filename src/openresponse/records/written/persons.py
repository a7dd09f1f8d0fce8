"""Which numbers of persons are persons, and which stand for nobody."""

import pandas as pd

# Without spaces and signs. Longer ones may follow: UNKNOWN MALE.
NOBODY = (
    "ANON[A-Z]*|UNK[A-Z]*|UNIDENTIFIED[A-Z]*|JOHNDOE|JANEDOE|DOE|MISSING|NA|NIL|NOID|NONE"
    "|NOT(?:APPLICABLE|AVAILABLE|GIVEN|KNOWN|PROVIDED|RECORDED)|NULL|PENDING|REFUSED|TBD|TEST"
    "|UNABLETOOBTAIN|UNAVAILABLE|0*|X*|9{5,}"
)


def known(ids: pd.Series) -> pd.Series:
    """Person ids without those that stand for nobody."""
    bare = ids.str.upper().str.replace(r"[^A-Z0-9]", "", regex=True)
    return ids.mask(bare.str.fullmatch(NOBODY).fillna(False).astype(bool))
