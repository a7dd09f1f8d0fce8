"""The golden month: a small fictional extract in, the exact text of every public file out.

After a change that is meant to alter what is published, renew the expected files and read their diff:
    python tests/release/golden.py
"""

import shutil
from pathlib import Path
from unittest import mock

from openresponse import disclosure, measures, records, release
from openresponse.disclosure import rules
from openresponse.program import Folders, Program, load

HERE = Path(__file__).parent.parent / "golden"
MONTH = "2025-03"
SEED = 1


def program(work: Path) -> Program:
    folders = Folders(raw=HERE / "raw", public=work / "public", build=work / "build", site=work / "site", ledger=work / "ledger")
    return load(Path(__file__).parent.parent.parent / "program.yml").model_copy(update={"folders": folders})


def make(work: Path) -> Path:
    """The golden month through the same calls as the notebook; returns its public folder."""
    city = program(work)
    rule = rules.of(city.privacy)
    found = records.collect(city, MONTH)
    counted = measures.count(city, found, MONTH)
    protection = disclosure.protect([part.counts for part in counted], rule, seed=SEED)
    frames = release.tables(city, found, counted, protection.statuses, rule)
    with mock.patch.object(release, "LOCK", Path("none")):  # the expected manifest names no version of a dependency
        candidate = release.propose(city, found, counted, frames, rule, MONTH)
    release.check(candidate, city.folders, rule)
    return release.promote(candidate.folder, city.folders.public)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as work:
        made = make(Path(work))
        shutil.rmtree(HERE / "public", ignore_errors=True)
        shutil.copytree(made, HERE / "public")
