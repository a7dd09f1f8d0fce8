"""The 24 fictional months released one after the other, late records included, and one correction:
seconds a month and the joint audit of all.

Every release is audited together with all releases before it. Where the small changes that the
correction left untold could be told, the month is made again with all new figures of the months
concerned withheld (`all`), as the pipeline does.
"""

import resource
import tempfile
import time
from pathlib import Path

import pandas as pd

from openresponse.demo import extract
from openresponse.disclosure import cell_suppression, rules
from openresponse.errors import DisclosureError
from openresponse.measures import tabulation
from openresponse.program import Folders, load
from openresponse.records import collection
from openresponse.release import publication

SWAPPED = {"B-2": "B-3", "B-3": "B-2"}  # districts that the correction puts right
CORRECTED_AFTER = 12  # months


def publish(
    city, rule, month: str, revision: publication.Revision | None = None, stands: str = "some"
) -> tuple[str, float, publication.Verdict]:
    """One month, or its revision, through the calls of the first notebook; its name, seconds of the
    search, and the verdict.
    """
    public = city.folders.public
    name = publication.next_revision(public, month) if revision else month
    before = publication.earlier(city.folders, name)
    memory = publication.ledger.remember(city.folders.ledger, public, name)
    found = collection.collect(city, month, publication.counted_upto(city, name))
    counted = tabulation.count(city, found, month)
    tables, known = (
        [part.counts for part in counted],
        {
            "previous": publication.statuses(before),
            "seed": memory.seed,
            "before": memory.witnesses,
            "stands": stands,
        },
    )
    start = time.perf_counter()
    protection = (
        cell_suppression.revise(tables, rule, truth=memory.truth, **known)
        if revision
        else cell_suppression.protect(tables, rule, **known)
    )
    searched = time.perf_counter() - start
    frames = publication.tables(city, found, counted, protection.statuses, rule, before)
    candidate = publication.propose(
        city, found, counted, frames, rule, name, before=before, revision=revision
    )
    verdict = publication.check(candidate, city.folders, rule)
    publication.ledger.keep(city.folders.ledger, candidate.folder, protection)
    publication.publish(city, candidate.folder)
    return name, searched, verdict


def correct(raw: Path, month: str) -> None:
    """Two districts of a month's extract, put right."""
    path = raw / month / "incidents.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.assign(District=frame["District"].replace(SWAPPED)).to_csv(path, index=False)


with tempfile.TemporaryDirectory() as work:
    work = Path(work)
    folders = Folders(
        raw=work / "raw",
        public=work / "public",
        build=work / "build",
        site=work / "site",
        ledger=work / "ledger",
    )
    city = load("program.yml").model_copy(update={"folders": folders})
    rule = rules.of(city.privacy)
    extract.write(folders.raw)
    months = sorted(
        p.name for p in folders.raw.iterdir() if p.is_dir() and not p.name.startswith(".")
    )
    steps = [(month, None) for month in months]
    steps.insert(
        CORRECTED_AFTER,
        (
            months[CORRECTED_AFTER - 1],
            publication.Revision("Two districts had been interchanged.", "Program analyst"),
        ),
    )
    print("release      cells  withheld  figures attacked  opened  search s  audit s")
    for month, revision in steps:
        if revision:
            correct(folders.raw, month)
        stands = "some"
        try:
            name, searched, verdict = publish(city, rule, month, revision)
        except DisclosureError:
            stands = "all"
            name, searched, verdict = publish(city, rule, month, revision, stands)
        print(
            f"{name:10}  {verdict.cells:6,}  {verdict.withheld:8,}  {verdict.tried:16,} "
            f" {len(verdict.opened):6}  {searched:8.1f}  {verdict.seconds:7.1f} "
            f" {'' if stands == 'some' else stands}",
            flush=True,
        )
    start = time.perf_counter()
    verdict = publication.audit(folders, rule)
    print(
        f"joint audit of {verdict.releases} releases from their files: {len(verdict.opened)}"
        f" opened, {time.perf_counter() - start:.1f} s"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
