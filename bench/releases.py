"""The 24 fictional months released one after the other, late records included, and one correction:
seconds a month and the joint audit of all.

Every release is audited together with all releases before it. Where the small changes that the
correction withheld could be worked out, the month is made again with all new figures of the months
concerned withheld (`all`), as `openresponse release` does.
"""

import resource
import tempfile
import time
from pathlib import Path

import pandas as pd

from openresponse.demo import extract
from openresponse.disclosure import cell_suppression, rules
from openresponse.disclosure.audit.verdict import Verdict
from openresponse.disclosure.cell_suppression import ALL, SOME
from openresponse.disclosure.earlier_release import EarlierRelease
from openresponse.disclosure.suppression.search import Settings
from openresponse.errors import DisclosureError
from openresponse.measures import tabulation
from openresponse.measures.counting.record_attributes import microdata
from openresponse.program import Folders, load
from openresponse.records import collection
from openresponse.release import candidate, public_tables, publication
from openresponse.release.candidate import Occasion
from openresponse.release.checks import admission
from openresponse.release.history import confidential_ledger, predecessor
from openresponse.release.store.public_folder import next_revision
from openresponse.release.tables.revisions import Revision

SWAPPED = {"B-2": "B-3", "B-3": "B-2"}  # districts that the correction puts right
CORRECTED_AFTER = 12  # months


def publish(
    city, rule, month: str, revision: Revision | None, around_carried: str
) -> tuple[str, float, Verdict]:
    """One month, or its revision, through the calls of the first notebook; its name, seconds of the
    search, and the verdict.
    """
    public = city.folders.public
    name = next_revision(public, month) if revision else month
    before = predecessor.earlier(city.folders, name)
    memory = confidential_ledger.remember(city.folders.ledger, public, name)
    records = collection.collect(city, month, predecessor.counted_upto(city, name))
    counted = tabulation.count(city, records, month)
    earlier = EarlierRelease(predecessor.cells(city.folders, name), memory.witnesses, memory.truth)
    search = cell_suppression.revise if revision else cell_suppression.protect
    start = time.perf_counter()
    protection = search(
        [part.counts for part in counted],
        microdata(city, records, counted),
        rule,
        earlier,
        around_carried=around_carried,
        settings=Settings(seed=memory.seed),
    )
    searched = time.perf_counter() - start
    tables = public_tables.make(city, records, counted, protection.statuses, rule, before)
    occasion = Occasion(name, before=before, revision=revision)
    release = candidate.write(
        city, records, counted, tables, rule, occasion, relations=protection.system.relations
    )
    verdict = admission.check(release, city.folders, rule)
    confidential_ledger.keep(city.folders.ledger, release.folder, protection)
    publication.publish(city, release.folder)
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
            Revision("Two districts had been interchanged.", "Program analyst"),
        ),
    )
    print("release      cells  withheld  figures attacked  opened  search s  audit s")
    for month, revision in steps:
        if revision:
            correct(folders.raw, month)
        around = SOME
        try:
            name, searched, verdict = publish(city, rule, month, revision, around)
        except DisclosureError:
            around = ALL
            name, searched, verdict = publish(city, rule, month, revision, around)
        print(
            f"{name:10}  {verdict.cells:6,}  {verdict.withheld:8,}  {verdict.tried:16,} "
            f" {len(verdict.opened):6}  {searched:8.1f}  {verdict.seconds:7.1f} "
            f" {'' if around == SOME else around}",
            flush=True,
        )
    start = time.perf_counter()
    verdict = admission.audit(folders, rule)
    print(
        f"joint audit of {verdict.releases} releases from their files: {len(verdict.opened)}"
        f" opened, {time.perf_counter() - start:.1f} s"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
