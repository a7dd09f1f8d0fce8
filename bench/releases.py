"""Fictional months released one after the other, late records included, and one correction:
processor seconds a month, the largest memory, and at the end the audit of all from their files.

`bench/releases.py [months] [calls a year]`: 24 and 10,000 where not said; 120 months of 1,500 calls
a year take about as long.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from openresponse.demo import extract
from openresponse.disclosure import rules
from openresponse.release.checks import admission
from road import FIRST, demonstration, publish

MONTHS, CALLS_A_YEAR = 24, 10_000
SWAPPED = {"B-2": "B-3", "B-3": "B-2"}  # districts that the correction puts right
CORRECTED_AFTER = 12  # months
WHY = "Two districts had been interchanged."
FOUND = ("records", "measures", "candidate")  # steps that are no part of privacy


def correct(raw: Path, month: str) -> None:
    """Two districts of a month's extract, put right."""
    path = raw / month / "incidents.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.assign(District=frame["District"].replace(SWAPPED)).to_csv(path, index=False)


def main(months: int = MONTHS, calls: int = CALLS_A_YEAR) -> None:
    with tempfile.TemporaryDirectory() as work:
        city = demonstration(Path(work))
        span = [str(month) for month in pd.period_range(FIRST, periods=months, freq="M")]
        extract.write(city.folders.raw, last=span[-1], months=months, calls_a_year=calls)
        steps = [(month, "") for month in span]
        steps.insert(CORRECTED_AFTER, (span[CORRECTED_AFTER - 1], WHY))
        print("release      cells  withheld  attacked  opened  search  audit  all of privacy  MB")
        for month, reason in steps:
            if reason:
                correct(city.folders.raw, month)
            made = publish(city, month, reason)
            verdict, took = made.verdict, made.steps
            privacy = sum(seconds for step, seconds in took.items() if step not in FOUND)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{made.release.name:10}  {verdict.cells:6,}  {verdict.withheld:8,} "
                f" {verdict.tried:8,}  {len(verdict.opened):6}  {took['search']:6.1f} "
                f" {took['gate and audit']:5.1f}  {privacy:14.1f}  {peak:,.0f}",
                flush=True,
            )
        start = time.process_time()
        verdict = admission.audit(city.folders, rules.of(city.privacy))
        print(
            f"joint audit of {verdict.releases} releases from their files: {len(verdict.opened)}"
            f" opened, {time.process_time() - start:.1f} s"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
