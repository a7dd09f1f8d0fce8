"""The whole road from extract to release, step by step: processor seconds and the largest memory.

`bench/road.py [months] [new] [calls a year]`: a first release of so many fictional months less the
new ones (24 and 1 where not said), then the new ones, each a process of its own. With `--full` the
new months have neither the witnesses of the release before nor the tables of the last audit.
"""

import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from openresponse.demo import extract
from openresponse.disclosure import cell_suppression, guesses, rules
from openresponse.disclosure.audit.verdict import Verdict
from openresponse.disclosure.cell_suppression import ALL, SOME, Protection
from openresponse.disclosure.earlier_release import EarlierRelease
from openresponse.disclosure.suppression.search import Settings
from openresponse.errors import DisclosureError
from openresponse.measures import tabulation
from openresponse.measures.counting.counted import Counted
from openresponse.measures.counting.record_attributes import microdata
from openresponse.program import Folders, Program, load
from openresponse.records import collection
from openresponse.release import candidate, public_tables, publication
from openresponse.release.candidate import Occasion
from openresponse.release.checks import admission, leaks, tripwires
from openresponse.release.checks.evidence import pack
from openresponse.release.checks.evidence.basis import Basis
from openresponse.release.history import confidential_ledger, predecessor, published_cells
from openresponse.release.store.public_folder import next_revision
from openresponse.release.store.published import Published
from openresponse.release.tables.revisions import Revision

FIRST = "2024-11"  # month of the demonstration, in which its models begin
MONTHS, NEW, CALLS_A_YEAR = 24, 1, 10_000
BEFORE_THE_SEARCH = ("records", "measures")


class Clock:
    """Processor seconds of each step."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}

    def __call__(self, step: str, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        start = time.process_time()
        result = function(*args, **options)
        self.steps[step] = self.steps.get(step, 0) + time.process_time() - start
        return result


def demonstration(work: Path) -> Program:
    """The demonstration's program over folders below `work`."""
    names = ("raw", "public", "build", "site", "ledger")
    folders = Folders(**{name: work / name for name in names})
    return load("program.yml").model_copy(update={"folders": folders})


@dataclass(frozen=True)
class Made:
    """A published release, what took how long, and what a revision of it would be told."""

    release: Published
    protection: Protection
    counted: list[Counted]
    verdict: Verdict
    steps: dict[str, float]


def publish(city: Program, month: str, reason: str = "", *, full: bool = False) -> Made:
    """A month, or with a reason its revision, through the steps of the first notebook; where a
    revision is refused, a second time with all withheld around what changed.
    """
    if not reason:
        return _published(city, month, None, SOME, full)
    revises = predecessor.revises(city.folders.public, next_revision(city.folders.public, month))
    revision = Revision(reason, "Program analyst", revises)
    try:
        return _published(city, month, revision, SOME, full)
    except DisclosureError:
        return _published(city, month, revision, ALL, full)


def _published(
    city: Program, month: str, revision: Revision | None, around_carried: str, full: bool
) -> Made:
    clock, rule, folders = Clock(), rules.of(city.privacy), city.folders
    if full:
        shutil.rmtree(folders.build, ignore_errors=True)
    name = next_revision(folders.public, month) if revision else month
    before = predecessor.earlier(folders, name)
    memory = confidential_ledger.remember(folders.ledger, folders.public, name)
    counted_upto = predecessor.counted_upto(city, name)
    found = clock("records", collection.collect, city, month, counted_upto)
    counted = clock("measures", tabulation.count, city, found, month)
    behind = clock("measures", microdata, city, found, counted)
    earlier = EarlierRelease(
        clock("search", published_cells.cells, folders, name),
        {} if full else memory.witnesses,
        memory.truth,
        revised=published_cells.vintages(folders, name),
    )
    protection = clock(
        "search",
        cell_suppression.revise if revision else cell_suppression.protect,
        [part.counts for part in counted],
        behind,
        rule,
        earlier,
        around_carried=around_carried,
        settings=Settings(seed=memory.seed),
    )
    sure = clock("guesses", guesses.measure, protection)
    public = clock(
        "candidate", public_tables.make, city, found, counted, protection.statuses, rule, before
    )
    occasion = Occasion(name, before=before, counted_upto=counted_upto, revision=revision)
    release = clock(
        "candidate",
        candidate.write,
        city,
        found,
        counted,
        public,
        rule,
        occasion,
        relations=protection.system.relations,
    )
    verdict = clock("gate and audit", admission.check, release, folders, rule)
    clock("evidence", confidential_ledger.keep, folders.ledger, release.folder, protection)
    basis = Basis(
        program=city,
        records=found,
        counted=counted,
        rule=rule,
        protection=protection,
        guesses=sure,
        candidate=release,
        verdict=verdict,
    )
    clock("evidence", pack.write, folders.build / "confidential" / "evidence", basis)
    clock("traces", lambda: tripwires.check(leaks.search(city, [release.folder], release)))
    publication.publish(city, release.folder)
    there = Published.load(folders.public / name)
    return Made(there, protection, counted, verdict, clock.steps)


def report(work: Path, month: str, full: bool) -> None:
    """Publish one month in this process, and print what it took."""
    made = publish(demonstration(work), month, full=full)
    steps = made.steps
    print(f"{month}: {made.verdict.cells:,} cells, {made.verdict.withheld:,} withheld")
    for step, seconds in steps.items():
        print(f"  {step:16} {seconds:7.1f} s")
    decided = sum(seconds for step, seconds in steps.items() if step not in BEFORE_THE_SEARCH)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {'from search on':16} {decided:7.1f} s, largest memory {peak:,.0f} MB", flush=True)


def main(
    months: int = MONTHS, new: int = NEW, calls: int = CALLS_A_YEAR, full: bool = False
) -> int:
    processes = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as work:
        span = [str(month) for month in pd.period_range(FIRST, periods=months, freq="M")]
        extract.write(Path(work) / "raw", last=span[-1], months=months, calls_a_year=calls)
        for month in span[-1 - new :]:
            one = processes.Process(target=report, args=(Path(work), month, full))
            one.start()
            one.join()
            if one.exitcode:
                return one.exitcode
    return 0


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    sys.exit(main(*numbers, full="--full" in sys.argv))
