"""What a release is made from: the program file and the deliveries, each by a hash."""

import hashlib
from pathlib import Path

from openresponse.program import Program
from openresponse.records.delivery import delivered_months
from openresponse.release.store.files import digest

PROGRAM = "the program file"
SINGLE = "the files for all months"

Inputs = dict[str, str]


def now(program: Program, month: str) -> Inputs:
    """Name to hash of everything that a release of `month` reads: deliveries up to that month, and
    what the program file says but for where folders are.
    """
    raw = program.folders.raw
    said = program.model_dump_json(exclude={"folders"})
    loose = [path for path in sorted(raw.glob("*")) if path.is_file()]
    return {
        PROGRAM: hashlib.sha256(said.encode()).hexdigest(),
        SINGLE: _hash(raw, loose),
        **{
            name: _hash(raw, sorted((raw / name).rglob("*")))
            for name in delivered_months(raw)
            if name <= month
        },
    }


def changed(before: Inputs, after: Inputs) -> list[str]:
    """The names of what was changed, added or removed."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def _hash(raw: Path, files: list[Path]) -> str:
    """Of the contents and names of these files, hidden ones left out."""
    read = [path for path in files if path.is_file() and not path.name.startswith(".")]
    lines = (f"{digest(path)}  {path.relative_to(raw)}\n" for path in read)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
