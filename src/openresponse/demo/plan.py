"""Money and milestones of the fictional pilots."""

import numpy as np
import pandas as pd

from openresponse.demo import teams

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
CONTRACT_SIGNED = "2026-06-04"
# Before a model begins, money goes to its training at most.
BEGUN = {
    "co_response": min(teams.CO_RESPONSE.values()),
    "alternative_response": teams.ALTERNATIVE,
    "peer_led": CONTRACT_SIGNED[:7],
}
BEFOREHAND = "training"
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
    ("Provider contract signed", "2026-03-31", CONTRACT_SIGNED, "Health and Human Services", ""),
    ("Peer responders hired", "2026-12-31", "", "Provider", ""),
    ("Peer responders trained", "2027-03-31", "", "Provider", ""),
    ("First calls answered", "2027-07-01", "", "Provider", "Depends on training."),
)


def spending(rng: np.random.Generator, month: pd.Period, span: pd.PeriodIndex) -> pd.DataFrame:
    """One row a model and category in whose months this one is: an even share of the whole, a
    little up or down.
    """
    rows = []
    for (model, category), share in SHARES.items():
        booked = span if category == BEFOREHAND else span[span >= BEGUN.get(model, str(span[0]))]
        if month in booked:
            even = SPENT_TO_DATE * share / len(booked)
            rows.append((str(month), model, category, round(even * rng.uniform(0.85, 1.15), 2)))
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
