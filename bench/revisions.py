"""Ten revisions of a fictional city: late records, one correction, one person removed. How many
figures of the months concerned are then true, how many an earlier release's, how many withheld.

`bench/revisions.py [calls a year]`.
"""

import sys
import tempfile
from pathlib import Path

import pandas as pd

from openresponse.demo import extract
from openresponse.release.tables.cells import count_tables
from releases import WHY, correct
from road import FIRST, Made, demonstration, publish

MONTHS, CALLS_A_YEAR = 11, 10_000
LATE = "Records arrived late."
REMOVED = "A person's records were removed at their request."
CORRECTED, REMOVAL = 5, 7  # after so many months


def remove_person(raw: Path, month: str) -> None:
    """Every row of one incident of a month is taken out of its extract."""
    folder = raw / month
    number = pd.read_csv(folder / "incidents.csv", dtype=str)["Incident Number"].iloc[0]
    for path in folder.glob("*.csv"):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame[~(frame == number).any(axis=1)].to_csv(path, index=False)


def figures(made: Made) -> dict[str, int]:
    """How many of the figures that are not zero are what."""
    counted = {part.counts.name: part.counts.cells for part in made.counted}
    found = {"true": 0, "old": 0, "withheld": 0}
    for table in count_tables(made.release):
        key = ["period", *table.hierarchies]
        truth = table.cells[key].merge(counted[table.name], on=key, validate="1:1")["count"]
        shown = table.cells["status"] != "c"
        old = table.cells.get("carried_forward", pd.Series(pd.NA, table.cells.index)).notna()
        for name, flags in (("true", shown), ("old", old), ("withheld", ~(shown | old))):
            found[name] += int((flags & (truth > 0)).sum())
        assert (table.cells["count"] == truth)[shown].all(), "what is shown is true"
    return found


def show(made: Made, why: str) -> None:
    found = figures(made)
    numbers = "  ".join(f"{number:8,}" for number in found.values())
    print(f"{made.release.name:10}  {numbers}  {why}", flush=True)


def main(calls: int = CALLS_A_YEAR) -> None:
    with tempfile.TemporaryDirectory() as work:
        city = demonstration(Path(work))
        span = [str(month) for month in pd.period_range(FIRST, periods=MONTHS, freq="M")]
        extract.write(city.folders.raw, last=span[-1], months=MONTHS, calls_a_year=calls)
        print("release         true       old  withheld  why")
        for number, month in enumerate(span, start=1):
            show(publish(city, month), "a new month")
            if number == CORRECTED:
                correct(city.folders.raw, month)
                show(publish(city, month, WHY), WHY)
            elif number == REMOVAL:
                remove_person(city.folders.raw, month)
                show(publish(city, month, REMOVED), REMOVED)
            elif number > 1:
                show(publish(city, month, LATE), LATE)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
