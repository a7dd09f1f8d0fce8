"""Which calls the fictional pilots answer: a clinician or mental-health worker is sent, or not."""

import numpy as np
import pandas as pd

from openresponse.demo.calls import NEW_VOCABULARY

# From when co-response operates in a district; alternative response is citywide from its launch.
CO_RESPONSE = {
    "A-1": "2024-11",
    "B-2": "2024-11",
    "B-3": "2025-05",
    "C-11": "2025-05",
    "D-4": "2025-05",
}
CO_RESPONSE_ELSEWHERE = "2025-11"
ALTERNATIVE = "2025-01"
# Share of eligible calls that the team comes to, first month to last.
CLINICIAN_COMES, WORKER_COMES = (0.55, 0.80), (0.60, 0.85)
CANCELLED = 0.30  # of those it does not come to
REASONS = np.array(["NO TEAM ON DUTY", "ALL TEAMS BUSY", "SCENE NOT SAFE", "CALLER DECLINED", ""])
REASON_SHARES = (0.28, 0.32, 0.10, 0.06, 0.24)


def send(rng: np.random.Generator, incidents: pd.DataFrame) -> pd.DataFrame:
    """The incidents with `team` (the unit type of the pilot's team, or empty), `team_came`,
    `team_cancelled`, and `Not Sent Reason`.
    """
    n = len(incidents)
    month = incidents["Call Received"].dt.strftime("%Y-%m")
    launched = incidents["district"].map(CO_RESPONSE).fillna(CO_RESPONSE_ELSEWHERE)
    co_response = incidents["edp2"] & (month >= launched)
    alternative = ~incidents["edp2"] & (month >= ALTERNATIVE)
    eligible = (co_response | alternative).to_numpy()
    since = np.linspace(0, 1, n)
    comes = np.where(
        co_response,
        np.interp(since, (0, 1), CLINICIAN_COMES),
        np.interp(since, (0, 1), WORKER_COMES),
    )
    came = eligible & (rng.random(n) < comes)
    cancelled = eligible & ~came & (rng.random(n) < CANCELLED)
    reason = rng.choice(REASONS, n, p=REASON_SHARES)
    new = incidents["Call Received"] >= NEW_VOCABULARY
    reason = np.where(new, np.char.title(reason.astype(str)), reason)
    return incidents.assign(
        team=np.where(co_response, "CLINICIAN", np.where(alternative, "MHW", "")),
        team_came=came,
        team_cancelled=cancelled,
        **{"Not Sent Reason": np.where(eligible & ~came & ~cancelled, reason, "")},
    )
