"""A release on disk: written beside, moved into place whole, and never rewritten."""

import hashlib
import json
import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from openresponse.errors import ReleaseError

LATEST = "latest"
NAME = re.compile(r"(\d{4}-\d{2})(?:-r([1-9]\d*))?")  # of a release: its newest month, and the number of the revision
MANIFEST = "manifest.json"
# A spreadsheet runs a cell that begins with one of these; a leading apostrophe makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(frame: pd.DataFrame) -> str:
    """Tidy CSV: plain numbers, empty where there is no value, no cell a spreadsheet would run."""
    safe = frame.copy()
    for column in safe.columns:
        if pd.api.types.is_string_dtype(safe[column]) or safe[column].dtype == object:
            cells = safe[column].astype("string")
            safe[column] = cells.mask(cells.str.startswith(FORMULA_STARTS).fillna(False), "'" + cells)
    return safe.to_csv(index=False, lineterminator="\n")


def json_text(content) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def stage(build: Path, public: Path, release: str, files: dict[str, str], facts: dict) -> Path:
    """Write a candidate release into the build folder, with a manifest of its hashes; return its folder.

    files: file name to content. facts: what the manifest says beside the hashes and the chain.
    """
    folder = build / "candidate" / release
    with disk_errors(folder, release):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, content in files.items():
            write_file(folder / name, content)
        previous = latest_before(public, release)
        write_file(folder / MANIFEST, json_text({
            **facts, "files": {name: digest(folder / name) for name in sorted(files)},
            "previous": previous, "previous_manifest": digest(public / previous / MANIFEST) if previous else None}))
    return folder


def promote(candidate: Path, public: Path) -> Path:
    """Make a candidate the public release of its name: copied beside, moved into place whole.

    The same content again is accepted; other content under a published name is a ReleaseError.
    """
    release = candidate.name
    target, beside = public / release, public / f".{release}.partial"
    with disk_errors(public, release):
        public.mkdir(parents=True, exist_ok=True)
        if target.exists():
            _same_or_refuse(target, candidate)
        else:
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir()
            for path in sorted(candidate.iterdir()):
                write_file(beside / path.name, path.read_text(encoding="utf-8"))
            os.rename(beside, target)
            _sync_folder(public)
        _point_latest(public, release)
    return target


def published(public: Path) -> list[str]:
    """The releases that are there, oldest first."""
    if not public.is_dir():
        return []
    return sorted((p.name for p in public.iterdir() if NAME.fullmatch(p.name) and (p / MANIFEST).is_file()), key=order)


def order(release: str) -> tuple[str, int]:
    """Where a release stands: after those of earlier months, and after earlier revisions of its own."""
    month, revision = NAME.fullmatch(release).groups()
    return month, int(revision or 0)


def published_before(public: Path, release: str) -> list[str]:
    return [name for name in published(public) if order(name) < order(release)]


def latest_before(public: Path, release: str) -> str | None:
    earlier = published_before(public, release)
    return earlier[-1] if earlier else None


def newest_of(public: Path, month: str) -> str:
    """The release of a month, or its newest revision where there is one."""
    return max((name for name in published(public) if order(name)[0] == month), key=order, default=month)


def next_revision(public: Path, month: str) -> str:
    """The name of the next revision of a month's release."""
    return f"{month}-r{1 + max(order(name)[1] for name in published(public) if order(name)[0] == month)}"


def verify(folder: Path) -> None:
    """Compare every file of a release with its manifest; ReleaseError names those that differ."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    named, there = manifest["files"], {p.name for p in folder.iterdir() if p.name != MANIFEST}
    wrong = sorted(name for name, known in named.items() if name not in there or digest(folder / name) != known)
    wrong += sorted(there - set(named))
    if wrong:
        raise ReleaseError(f"{folder}: not as published: {', '.join(wrong)}. Restore the folder from version control.")


def _same_or_refuse(target: Path, candidate: Path) -> None:
    ours = {p.name: digest(p) for p in candidate.iterdir()}
    theirs = {p.name: digest(p) for p in target.iterdir()}
    differing = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    if differing:
        raise ReleaseError(f"{target}: already published, and {', '.join(differing)} would change. A release is never "
                           "rewritten: restore the extracts and code it was made from, or release a later month.")


@contextmanager
def disk_errors(folder: Path, release: str):
    """A full disk or a read-only folder in one sentence."""
    try:
        yield
    except OSError as error:
        raise ReleaseError(f"{folder}: the release {release} could not be written ({error.strerror or 'disk error'}). "
                           "Earlier releases are as they were. Free space or permit writing there, then run again.") from error


def _point_latest(public: Path, release: str) -> None:
    """`latest` is a copy, not a link, so that it survives a web server and a checkout on any system."""
    if release != published(public)[-1]:
        return
    beside, old, latest = public / ".latest.partial", public / ".latest.old", public / LATEST
    for leftover in (beside, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(public / release, beside)
    if latest.exists():
        os.rename(latest, old)
    os.rename(beside, latest)
    shutil.rmtree(old, ignore_errors=True)


def write_file(path: Path, content: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
