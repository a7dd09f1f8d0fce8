"""The golden month: a small fictional extract in, the exact text of every public file out.

After a change that is meant to alter what is published, renew the expected files and read their
    diff: PYTHONPATH=tests python -m support.golden
"""

import shutil
from pathlib import Path
from unittest import mock

from openresponse.disclosure import cell_suppression, rules
from openresponse.disclosure.suppression.search import Settings
from openresponse.measures import tabulation
from openresponse.program import Folders, Program, load
from openresponse.records import collection
from openresponse.release import candidate, public_tables
from openresponse.release.candidate import Occasion
from openresponse.release.checks import admission
from openresponse.release.store.write import promote
from support.workspace import ROOT

HERE = ROOT / "tests" / "golden"
MONTH = "2025-03"
SEED = 1


def program(work: Path) -> Program:
    folders = Folders(
        raw=HERE / "raw",
        public=work / "public",
        build=work / "build",
        site=work / "site",
        ledger=work / "ledger",
    )
    return load(ROOT / "program.yml").model_copy(update={"folders": folders})


def make(work: Path) -> Path:
    """The golden month through the same calls as the notebook; returns its public folder."""
    city = program(work)
    rule = rules.of(city.privacy)
    found = collection.collect(city, MONTH)
    counted = tabulation.count(city, found, MONTH)
    protection = cell_suppression.protect(
        [part.counts for part in counted], rule, settings=Settings(seed=SEED)
    )
    tables = public_tables.make(city, found, counted, protection.statuses, rule)
    # The expected manifest names no version of a dependency.
    with mock.patch.object(candidate, "digest", return_value=None):
        made = candidate.write(city, found, counted, tables, rule, Occasion(MONTH))
    admission.check(made, city.folders, rule)
    return promote(made.folder, city.folders.public)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as work:
        made = make(Path(work))
        shutil.rmtree(HERE / "public", ignore_errors=True)
        shutil.copytree(made, HERE / "public")
