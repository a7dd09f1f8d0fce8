"""The fictional Boston extract: invented, seeded, and with the defects that real files have."""

from pathlib import Path

import numpy as np
import pandas as pd

from openresponse.demo import arrivals, calls, contacts, plan, units
from openresponse.errors import OpenResponseError
from openresponse.records.delivery import FICTIONAL

NOTICE = "Everything in this folder is invented. No person, call, place or unit in it is real.\n"


def write(
    folder: Path,
    *,
    seed: int = 20210805,
    last: str = "2026-10",
    months: int = 24,
    calls_a_year: int = 10_000,
) -> None:
    """Write one drop a month below `folder`: incidents, units, encounters, epcr, spending,
    milestones.

    The same seed gives the same bytes. An existing drop is never overwritten: OpenResponseError.
    """
    span = pd.period_range(end=pd.Period(last, freq="M"), periods=months, freq="M")
    there = [str(month) for month in span if (folder / str(month)).exists()]
    if there:
        raise OpenResponseError(
            f"{folder}: there is already a drop for {there[0]}. The fictional extract never mixes"
            " with another: empty the folder first, or give another one."
        )
    rng = np.random.default_rng(seed)
    incidents = calls.make(rng, span, calls_a_year)
    sent = units.make(rng, incidents)
    encounters, epcr = contacts.make(rng, incidents, sent)
    files = arrivals.split(rng, span, incidents, sent, encounters, epcr)
    for month in span:
        drop = folder / str(month)
        drop.mkdir(parents=True)
        (drop / FICTIONAL).write_text(NOTICE, encoding="utf-8")
        for name, frame in files[str(month)].items():
            frame.to_csv(
                drop / f"{name}.csv",
                index=False,
                lineterminator="\n",
                date_format="%Y-%m-%d %H:%M:%S",
            )
        plan.spending(rng, month, span).to_csv(
            drop / "spending.csv", index=False, lineterminator="\n"
        )
        plan.milestones(month).to_csv(drop / "milestones.csv", index=False, lineterminator="\n")
