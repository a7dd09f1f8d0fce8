"""Which files differ between two folders."""

from pathlib import Path

import pandas as pd

from openresponse.release.store import lock
from openresponse.release.store.files import digest

COLUMNS = ["Added", "Changed", "Removed"]


def files(before: Path, after: Path) -> pd.DataFrame:
    """How many files are added, changed and removed; a row for each folder directly below, and one
    for the files beside them, where any is.
    """
    old, new = _digests(before), _digests(after)
    rows: dict[str, list[int]] = {}
    for name in sorted(old.keys() | new.keys()):
        part, _, inner = name.partition("/")
        row = rows.setdefault(f"{part}/" if inner else "files beside them", [0, 0, 0])
        row[0] += name not in old
        row[1] += name in old and name in new and old[name] != new[name]
        row[2] += name not in new
    changed = {name: row for name, row in rows.items() if any(row)}
    return pd.DataFrame.from_dict(changed, orient="index", columns=COLUMNS)


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != lock.FILE
    }
