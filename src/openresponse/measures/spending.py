"""Money against the budget, and milestones of what is still planned: no person is counted in
either.
"""

import pandas as pd

from openresponse.program import Program
from openresponse.tables.hierarchy import ALL

COLUMNS = [
    "period",
    "model",
    "category",
    "amount",
    "total_to_date",
    "budget",
    "share_of_budget",
    "is_sum",
]


def spending(money: pd.DataFrame, program: Program) -> pd.DataFrame:
    """What was spent, by model and category, and the total to date against the budget.

    Counts: dollars booked in the month, to the cent; rows in which `is_sum` is `yes` hold others
    of the table, so add up only those in which it is `no`.
    Share of: the announced budget (`share_of_budget`, of the total to date), whatever the years
    it was announced for.
    Leaves out: costs that no department booked on the pilots.
    Not recorded: a month for which nothing was booked is 0 dollars; totals to date go on.
    """
    amounts = money.astype({"month": "string", "model": "string", "category": "string"})
    margins = [
        amounts,
        amounts.assign(category=ALL),
        amounts.assign(model=ALL),
        amounts.assign(model=ALL, category=ALL),
    ]
    sums = (
        pd.concat(margins)
        .groupby(["model", "category", "month"])["amount"]
        .sum()
        .unstack("month")
        .sort_index(axis="columns")
    )
    monthly = sums.fillna(0).round(2).stack().rename("amount").reset_index()
    monthly["total_to_date"] = monthly.groupby(["model", "category"])["amount"].cumsum().round(2)
    monthly["budget"] = float(program.budget.amount) if program.budget else None
    monthly["share_of_budget"] = (
        (monthly["total_to_date"] / monthly["budget"]).round(3) if program.budget else None
    )
    is_sum = (monthly["model"] == ALL) | (monthly["category"] == ALL)
    monthly["is_sum"] = is_sum.map({True: "yes", False: "no"}).astype("string")
    return monthly.rename(columns={"month": "period"})[COLUMNS]


def milestones(listed: pd.DataFrame) -> pd.DataFrame:
    """What the planned model has reached and what is next.

    Counts: milestones of the plan, each once, as they stood at the release.
    Share of: none; a milestone is a step and a day, not a number.
    Leaves out: milestones withdrawn from the plan.
    Not recorded: a date that is not set is empty.
    """
    return listed
