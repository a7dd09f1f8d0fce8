"""Money and milestones of the fictional pilots."""

import numpy as np
import pandas as pd

SPENT_TO_DATE = 1_552_000  # after the last month, of $1.75 million
SHARES = {
    ("co_response", "salaries"): 0.40,
    ("co_response", "vehicles"): 0.06,
    ("co_response", "training"): 0.05,
    ("alternative_response", "salaries"): 0.27,
    ("alternative_response", "vehicles"): 0.07,
    ("alternative_response", "training"): 0.04,
    ("peer_led", "contracts"): 0.05,
    ("shared", "evaluation"): 0.06,
}
STEPS = (
    (
        "Community design group reports",
        "2022-12-01",
        "2022-12-15",
        "Health and Human Services",
        "Report received.",
    ),
    (
        "Model chosen with residents",
        "2025-06-30",
        "2025-09-12",
        "Health and Human Services",
        "Ten weeks later than planned.",
    ),
    ("Provider contract signed", "2026-03-31", "2026-06-04", "Health and Human Services", ""),
    ("Peer responders hired", "2026-12-31", "", "Provider", ""),
    ("Peer responders trained", "2027-03-31", "", "Provider", ""),
    ("First calls answered", "2027-07-01", "", "Provider", "Depends on training."),
)


def spending(rng: np.random.Generator, month: pd.Period, span: pd.PeriodIndex) -> pd.DataFrame:
    """One row a model and category: an even share of the whole, a little up or down."""
    even = SPENT_TO_DATE / len(span)
    rows = [
        (str(month), model, category, round(even * share * rng.uniform(0.85, 1.15), 2))
        for (model, category), share in SHARES.items()
    ]
    return pd.DataFrame(rows, columns=["Month", "Model", "Category", "Amount"])


def milestones(month: pd.Period) -> pd.DataFrame:
    """The whole list as it was at the end of the month."""
    end = month.end_time.strftime("%Y-%m-%d")
    rows = []
    for name, planned, actual, owner, note in STEPS:
        done = actual != "" and actual <= end
        status = (
            "done"
            if done
            else (
                "late" if planned < end else "on track" if planned[:4] <= end[:4] else "not started"
            )
        )
        rows.append(
            (
                name,
                planned,
                actual if done else "",
                owner,
                status,
                note if done or not actual else "",
            )
        )
    return pd.DataFrame(rows, columns=["Milestone", "Planned", "Actual", "Owner", "Status", "Note"])
