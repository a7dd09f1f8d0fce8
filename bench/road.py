"""The whole road on 24 fictional months, step by step: seconds, and the largest memory of this
process.
"""

import resource
import tempfile
import time
from pathlib import Path

from openresponse.demo import extract
from openresponse.disclosure import cell_suppression, rules
from openresponse.measures import tabulation
from openresponse.measures.counting.record_attributes import microdata
from openresponse.program import Folders, load
from openresponse.records import collection
from openresponse.release import candidate, public_tables
from openresponse.release.candidate import Occasion
from openresponse.release.checks import admission

MONTH = "2026-10"


def timed(name, function, *arguments, **options):
    start = time.perf_counter()
    result = function(*arguments, **options)
    print(f"{name:32} {time.perf_counter() - start:7.2f} s")
    return result


with tempfile.TemporaryDirectory() as work:
    folders = Folders(
        raw=Path(work) / "raw",
        public=Path(work) / "public",
        build=Path(work) / "build",
        site=Path(work) / "site",
        ledger=Path(work) / "ledger",
    )
    city = load("program.yml").model_copy(update={"folders": folders})
    rule = rules.of(city.privacy)
    timed("fictional extract, 24 months", extract.write, folders.raw)
    found = timed("records", collection.collect, city, MONTH)
    counted = timed("measures", tabulation.count, city, found, MONTH)
    counts = [part.counts for part in counted]
    behind = timed("microdata", microdata, city, found, counted)
    protection = timed("disclosure: search", cell_suppression.protect, counts, behind, rule)
    tables = timed(
        "release: tables", public_tables.make, city, found, counted, protection.statuses, rule
    )
    made = timed(
        "release: candidate",
        lambda: candidate.write(
            city,
            found,
            counted,
            tables,
            rule,
            Occasion(MONTH),
            relations=protection.system.relations,
        ),
    )
    verdict = timed("release: gate and audit", admission.check, made, folders, rule)
    print(f"{verdict.cells:,} cells, {verdict.withheld:,} withheld, {len(verdict.opened)} opened")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
