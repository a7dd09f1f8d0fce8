"""The 24 fictional months released one after the other, late records included: seconds a month and the joint audit of all.

Every release is audited together with all releases before it; a figure that could be proved to be small stops the run.
"""

import resource
import tempfile
import time
from pathlib import Path

from openresponse import demo, disclosure, measures, records, release
from openresponse.disclosure import rules
from openresponse.program import Folders, load


def publish(city, rule, month: str) -> tuple[float, disclosure.Protection, release.Verdict]:
    """One month through the calls of the first notebook; seconds of the search, what it decided, and the verdict."""
    public = city.folders.public
    found = records.collect(city, month, release.counted_upto(city, month))
    counted = measures.count(city, found, month)
    memory = release.ledger.remember(city.folders.ledger, public, month)
    start = time.perf_counter()
    protection = disclosure.protect([part.counts for part in counted], rule, previous=release.statuses(release.earlier(public, month)),
                                    seed=memory.seed, before=memory.witnesses)
    searched = time.perf_counter() - start
    frames = release.tables(city, found, counted, protection.statuses, rule)
    candidate = release.propose(city, found, counted, frames, rule, month)
    verdict = release.check(candidate, public, rule)
    release.ledger.keep(city.folders.ledger, candidate.folder, protection)
    release.promote(candidate.folder, public)
    release.ledger.append(public)
    return searched, protection, verdict


with tempfile.TemporaryDirectory() as work:
    work = Path(work)
    folders = Folders(raw=work / "raw", public=work / "public", build=work / "build", site=work / "site", ledger=work / "ledger")
    city = load("program.yml").model_copy(update={"folders": folders})
    rule = rules.of(city.privacy)
    demo.write(folders.raw)
    print("month     cells  withheld  figures attacked  opened  search s  audit s")
    for month in sorted(p.name for p in folders.raw.iterdir() if p.is_dir() and not p.name.startswith(".")):
        searched, protection, verdict = publish(city, rule, month)
        print(f"{month}  {verdict.cells:7,}  {verdict.withheld:8,}  {verdict.tried:16,}  {len(verdict.opened):6}  {searched:8.1f}  {verdict.seconds:7.1f}", flush=True)
    start = time.perf_counter()
    verdict = release.audit(folders.public, rule)
    print(f"joint audit of {verdict.releases} releases from their files: {len(verdict.opened)} opened, {time.perf_counter() - start:.1f} s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
