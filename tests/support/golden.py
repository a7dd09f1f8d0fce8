"""The golden month: a small fictional extract in, the exact bytes of every public file out, and of
a few pictures of it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from openresponse.disclosure import cell_suppression, rules
from openresponse.disclosure.rules import Rule
from openresponse.disclosure.suppression.search import Settings
from openresponse.measures import tabulation
from openresponse.measures.counting.counted import Counted
from openresponse.measures.counting.record_attributes import microdata
from openresponse.program import Folders, Program, load
from openresponse.records import collection
from openresponse.records.collection import Records
from openresponse.release import candidate, public_tables
from openresponse.release.candidate import Occasion
from openresponse.release.checks import admission
from openresponse.release.store.published import Published
from openresponse.release.store.write import promote
from openresponse.report.figures import png, table_figures
from support.workspace import ROOT

HERE = ROOT / "tests" / "golden"
PUBLIC, PICTURES = HERE / "public", HERE / "pictures"
MONTH = "2025-03"
SEED = 1
# A figure of each kind, by its table: bars, a line, times, money.
DRAWN = {
    "funnel": ("funnel-breakdown", "funnel-trend"),
    "response_times": ("response-times-call-to-arrival-times",),
    "spending": ("spending-breakdown",),
}
# A machine as few are: no language, the day that begins first on Earth, and an order of sets of its
# own.
ODD = {
    "LC_ALL": "POSIX",
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "4242",
}
RENEW = "PYTHONPATH=tests .venv/bin/python -m support.golden"


def program(work: Path, tables: Iterable[str] | None = None) -> Program:
    """Boston's, with the golden extract. tables: those it publishes, where not all."""
    city = load(ROOT / "program.yml")
    folders = Folders(
        raw=HERE / "raw",
        public=work / "public",
        build=work / "build",
        site=work / "site",
        ledger=work / "ledger",
    )
    chosen = {name: city.tables[name] for name in tables or city.tables}
    return city.model_copy(update={"folders": folders, "tables": chosen})


@dataclass(frozen=True)
class Counts:
    """The golden month as it was counted: what every rule begins with."""

    records: Records
    counted: list[Counted]

    @classmethod
    def of(cls, city: Program) -> "Counts":
        records = collection.collect(city, MONTH)
        return cls(records, tabulation.count(city, records, MONTH))

    def candidate(self, city: Program, rule: Rule) -> Published:
        """The release under a rule, through the same calls as the notebook; it is not admitted."""
        protection = cell_suppression.protect(
            [part.counts for part in self.counted],
            microdata(city, self.records, self.counted),
            rule,
            settings=Settings(seed=SEED),
        )
        tables = public_tables.make(city, self.records, self.counted, protection.statuses, rule)
        # The expected manifest names no version of a dependency.
        with mock.patch.object(candidate, "digest", return_value=None):
            return candidate.write(
                city,
                self.records,
                self.counted,
                tables,
                rule,
                Occasion(MONTH),
                relations=protection.system.relations,
            )


def make(work: Path) -> Path:
    """The golden month under the rule of its program; returns its public folder."""
    city = program(work)
    rule = rules.of(city.privacy)
    made = Counts.of(city).candidate(city, rule)
    admission.check(made, city.folders, rule)
    return promote(made.folder, city.folders.public)


def draw(release: Path, out: Path) -> Path:
    """Some figures of a release, as SVG and as PNG, written into `out`."""
    published = Published.load(release)
    out.mkdir(parents=True)
    for table, names in DRAWN.items():
        for figure in table_figures.of_table(published, table):
            if figure.name not in names:
                continue
            (out / f"{figure.name}.svg").write_text(figure.picture, encoding="utf-8")
            (out / f"{figure.name}.png").write_bytes(png.png(figure, published))
    return out


def make_on_an_odd_machine(folder: Path) -> str:
    """The golden month, made by a process without a home folder on a machine as few are, in a
    folder with blanks and é in its name; returns its public folder. Its pictures are in `pictures`
    beside the folder that holds it.
    """
    work = folder / "Été à la ville"
    work.mkdir(parents=True)
    code = (
        "from pathlib import Path; from support import golden;"
        " golden.draw(golden.make(Path.cwd()), Path('pictures'))"
    )
    known = {name: os.environ[name] for name in ("PATH", "OMP_NUM_THREADS") if name in os.environ}
    environment = {**known, **ODD, "PYTHONPATH": str(ROOT / "tests")}
    subprocess.run([sys.executable, "-c", code], cwd=work, env=environment, check=True)
    return str(work / "public" / MONTH)


def differences(made: Path, kept: Path) -> list[str]:
    """Names of the files that are in one folder alone or have other bytes. Tables and texts come
    first: where one differs, the formats made from it and the manifest do too.
    """
    names = {path.name for folder in (made, kept) for path in folder.iterdir()}
    return [
        name
        for name in sorted(names, key=lambda name: (not name.endswith((".csv", ".md")), name))
        if not (made / name).is_file()
        or not (kept / name).is_file()
        or (made / name).read_bytes() != (kept / name).read_bytes()
    ]


def stale(names: list[str], kept: Path) -> str:
    """What whoever changed the code is to do about golden files that differ."""
    return (
        f"stale golden file: {', '.join(names)} in {kept.relative_to(ROOT)} is no longer what the"
        f" code makes. If that is meant, run `{RENEW}` and read the diff."
    )


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as work:
        made = make(Path(work))
        for name in (PUBLIC, PICTURES):
            shutil.rmtree(name, ignore_errors=True)
        shutil.copytree(made, PUBLIC)
        draw(made, PICTURES)
