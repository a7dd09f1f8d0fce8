"""Contacts: incidents at which a team met a person."""

import pandas as pd

CONTACTS = (("stage", "contact_made"),)  # the same calls as a code of the funnel


def met(rows: pd.DataFrame) -> pd.Series:
    """Which incidents are contacts: the record says so, and a team was sent and arrived."""
    return (
        (rows["contact"] == "contact_made").fillna(False).astype(bool)
        & rows["team_arrived"]
        & rows["team_sent"]
    )
