"""The files of the raw folder, and which of them an extract reads."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from openresponse.records.column_readings import ColumnReading, FileReading

COLUMNS = ["delivery", "extract", "file", "form", "rows", "digest"]
VALUES = [
    "delivery",
    "extract",
    "field",
    "column",
    "file",
    "rows",
    "readable",
    "empty",
    "unreadable",
    "first",
]


def files(raw: Path, read: Iterable[FileReading], not_read: Iterable[Path]) -> pd.DataFrame:
    """A row for each file.

    `delivery`, `extract` (NA where none reads it), `file` (below the raw folder), `form` (how it is
    written), `rows`, and `digest` (empty where no other file of the extract is as large).
    """
    rows = [[one.delivery, one.extract, one.file, _form(one), one.rows, ""] for one in read]
    rows += [
        [one.parent.name, None, one.relative_to(raw).as_posix(), "", None, ""] for one in not_read
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    sizes = table["file"].map(lambda name: _size(raw / name))
    alike = pd.DataFrame({"extract": table["extract"], "size": sizes}).duplicated(keep=False)
    alike &= table["extract"].notna()
    table.loc[alike, "digest"] = table.loc[alike, "file"].map(lambda name: _digest(raw / name))
    return table


def values(read: Iterable[ColumnReading], delivery: str) -> pd.DataFrame:
    """A row for each column that was read.

    `delivery`, `extract`, `field`, `column` (its heading), `file`, `rows`, which is `readable` +
    `empty` + `unreadable`, and `first`, line numbers of some unreadable cells. delivery: of a file
    that holds all months.
    """
    rows = [
        [
            one.delivery or delivery,
            one.extract,
            one.field,
            one.column,
            one.file,
            one.readable + one.empty + one.unreadable,
            one.readable,
            one.empty,
            one.unreadable,
            one.rows,
        ]
        for one in read
    ]
    return pd.DataFrame(rows, columns=VALUES)


def _form(file: FileReading) -> str:
    """How a file is written, in words."""
    days = (f"of the extract that holds {file.days}",) if file.days else ()
    return "; ".join([file.form, *file.detected, *days])


def _size(path: Path) -> int:
    return sum(one.stat().st_size for one in _inside(path)) if path.exists() else -1


def _digest(path: Path) -> str:
    """Of a file; of a folder that of all its files, whatever their names."""
    digests = []
    for one in _inside(path):
        with one.open("rb") as content:
            digests.append(hashlib.file_digest(content, "sha256").hexdigest())
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def _inside(path: Path) -> list[Path]:
    return [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
