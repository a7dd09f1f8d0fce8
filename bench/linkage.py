"""How often a contact record finds its call, and how often the wrong one, where 5% of the numbers
were mistyped: against the fictional extract, whose truth is known.

    python bench/linkage.py [share of numbers mistyped]
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from openresponse.demo import extract
from openresponse.program import Folders, load
from openresponse.records import delivery, linkage

SEED, SHARE = 33, float(sys.argv[1]) if len(sys.argv) > 1 else 0.05


def swapped(number, at):
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def dropped(number, at):
    return number[:at] + number[at + 1 :]


def doubled(number, at):
    return number[: at + 1] + number[at:]


ERRORS = {"two digits swapped": swapped, "a digit left out": dropped, "a digit doubled": doubled}


def mistype(numbers, rng):
    """The numbers with one error in a share of them, at any digit, and which error it was."""
    kinds = pd.Series("none", numbers.index)
    wrong = rng.random(len(numbers)) < SHARE
    out = numbers.copy()
    for index in numbers.index[wrong]:
        number = numbers[index]
        kind = list(ERRORS)[rng.integers(len(ERRORS))]
        first = next(at for at, sign in enumerate(number) if sign.isdigit())
        changed = ERRORS[kind](number, int(rng.integers(first, len(number) - 1)))
        if changed != number:
            out[index], kinds[index] = changed, kind
    return out, kinds


with tempfile.TemporaryDirectory() as work:
    folders = Folders(raw=Path(work) / "raw").below(Path(work))
    city = load("program.yml").model_copy(update={"folders": folders})
    extract.write(folders.raw)
    months = delivery.delivered_months(folders.raw)
    calls = delivery.read(city, "incidents", months).drop_duplicates("incident_number")
    calls = calls.dropna(subset=["received"]).reset_index(drop=True)
    rng = np.random.default_rng(SEED)
    found, true = [], []
    for name in ("encounters", "epcr"):
        rows = delivery.read(city, name, months).dropna(subset=["incident_number", "started"])
        exact = linkage.link(rows, rows["started"], calls, linkage.UNIT)["incident"]
        rows, exact = rows[exact.notna()], exact.dropna()  # its own number is the truth
        rows = rows.copy()
        rows["incident_number"], kind = mistype(rows["incident_number"], rng)
        links = linkage.link(rows, rows["started"], calls, linkage.CONTACT)
        found.append(links.assign(true=exact, kind=kind, extract=name))
every = pd.concat(found)
linked = every[every["incident"].notna()]
right = linked["incident"] == linked["true"]
print(f"{len(every):,} records, {(every['kind'] != 'none').sum():,} with a mistyped number")
print(f"precision {right.mean():.5f}   recall {right.sum() / len(every):.5f}")
for kind, rows in every.groupby("kind"):
    share = (rows["incident"] == rows["true"]).fillna(False).mean()
    wrong = (rows["incident"].notna() & (rows["incident"] != rows["true"])).sum()
    print(f"  {kind:20} {len(rows):7,} records   right {share:.4f}   wrong {wrong}")
