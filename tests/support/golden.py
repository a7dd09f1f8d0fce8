"""The golden month: a small fictional extract in, the exact text of every public file out.

After a change that is meant to alter what is published, renew the expected files and read their
    diff: PYTHONPATH=tests python -m support.golden
"""

import shutil
from pathlib import Path
from unittest import mock

from openresponse.disclosure import cell_suppression, rules
from openresponse.measures import tabulation
from openresponse.program import Folders, Program, load
from openresponse.records import collection
from openresponse.release import publication
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
    protection = cell_suppression.protect([part.counts for part in counted], rule, seed=SEED)
    frames = publication.tables(city, found, counted, protection.statuses, rule)
    # The expected manifest names no version of a dependency.
    with mock.patch.object(publication, "digest", return_value=None):
        candidate = publication.propose(city, found, counted, frames, rule, MONTH)
    publication.check(candidate, city.folders, rule)
    return publication.promote(candidate.folder, city.folders.public)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as work:
        made = make(Path(work))
        shutil.rmtree(HERE / "public", ignore_errors=True)
        shutil.copytree(made, HERE / "public")
