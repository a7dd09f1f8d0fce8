"""The fictional Boston extract: invented, seeded, and with the defects that real files have."""

from pathlib import Path

import numpy as np
import pandas as pd

from openresponse.demo import arrivals, calls, contacts, first_rings, plan, teams, units
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
    """Write one delivery a month below `folder`: incidents, units, encounters, epcr, spending,
    milestones.

    The same seed gives the same bytes. An existing delivery is never overwritten:
    OpenResponseError.
    """
    span = pd.period_range(end=pd.Period(last, freq="M"), periods=months, freq="M")
    there = [str(month) for month in span if (folder / str(month)).exists()]
    if there:
        raise OpenResponseError(
            f"{folder}: there is already a delivery for {there[0]}. The fictional extract never"
            " mixes with another. `openresponse fresh` removes a fictional one, what was released"
            " from it, the website and the build, and nothing real; or name another `folders.raw`"
            " in the program file."
        )
    rng = np.random.default_rng(seed)
    incidents = teams.send(rng, calls.make(rng, span, calls_a_year))
    sent = units.make(rng, incidents)
    encounters, epcr = contacts.make(rng, incidents, units.arrivals(sent))
    # What came later draws from generators of its own, so that nothing before it moves.
    incidents = first_rings.add(np.random.default_rng([seed, 2]), incidents, sent)
    logged = units.spoiled(rng, sent)
    rows = {"incidents": incidents, "units": logged, "encounters": encounters, "epcr": epcr}
    delivered = arrivals.split(rng, span, rows)
    further = calls.no_calls(np.random.default_rng([seed, 1]), incidents)
    arrivals.add(delivered, further)
    for month in span:
        plans = {"spending": plan.spending(rng, month, span), "milestones": plan.milestones(month)}
        _deliver(folder / str(month), delivered[str(month)] | plans)


def _deliver(folder: Path, files: dict[str, pd.DataFrame]) -> None:
    folder.mkdir(parents=True)
    (folder / FICTIONAL).write_text(NOTICE, encoding="utf-8")
    for name, frame in files.items():
        frame.to_csv(
            folder / f"{name}.csv",
            index=False,
            lineterminator="\n",
            date_format="%Y-%m-%d %H:%M:%S",
        )
