"""What a release is made from: the program file and the deliveries, each by a hash."""

import hashlib
from pathlib import Path

from openresponse.program import Program
from openresponse.records.delivery import delivered_months
from openresponse.workflow import delivered_files

PROGRAM = "the program file"
SINGLE = "the files for all months"

Inputs = dict[str, str]


def now(program: Program, month: str) -> Inputs:
    """Name to hash of everything that a release of `month` reads: deliveries up to that month, and
    what the program file says but for where folders are.
    """
    said = program.model_dump_json(exclude={"folders"})
    hashes = delivered_files.hashes(program.folders)
    read = {path: one for path, one in hashes.items() if not path.name.startswith(".")}
    of_all_months = {path: one for path, one in read.items() if path.parent == Path()}
    by_month = {
        name: {path: one for path, one in read.items() if path.parts[0] == name}
        for name in delivered_months(program.folders.raw)
        if name <= month
    }
    return {
        PROGRAM: hashlib.sha256(said.encode()).hexdigest(),
        SINGLE: _in_one(of_all_months),
        **{name: _in_one(files) for name, files in by_month.items()},
    }


def changed(before: Inputs, after: Inputs) -> list[str]:
    """The names of what was changed, added or removed."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def _in_one(hashes: dict[Path, str]) -> str:
    lines = (f"{one}  {path}\n" for path, one in hashes.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()
