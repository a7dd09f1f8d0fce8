"""A release on disk: written beside, moved into place whole, and never rewritten."""

import ctypes
import hashlib
import json
import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from openresponse.errors import ReleaseError
from openresponse.tables.months import MONTH

LATEST = "latest"
NAME = re.compile(
    rf"({MONTH})(?:-r([1-9]\d*))?"
)  # of a release: its newest month, and the number of the revision
MANIFEST = "manifest.json"
APPROVALS = "release.toml"  # who approved that manifest
RETRACTION = (  # why and by whom; all that stands beside the manifest of a retracted release
    "retraction.json"
)
# A spreadsheet runs a cell that begins with one of these; a leading apostrophe makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def csv_text(frame: pd.DataFrame) -> str:
    """Tidy CSV: plain numbers, empty where there is no value, no cell a spreadsheet would run."""
    texts = [
        name
        for name in frame.columns
        if pd.api.types.is_string_dtype(frame[name]) or frame[name].dtype == object
    ]
    return frame.assign(
        **{name: frame[name].astype("string").map(harmless, na_action="ignore") for name in texts}
    ).to_csv(index=False, lineterminator="\n")


def harmless(text: str) -> str:
    """A text that no spreadsheet runs, without characters that none can hold."""
    text = CONTROL.sub("", text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def json_text(content) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def stage(
    build: Path, public: Path, release: str, files: dict[str, str | bytes], facts: dict
) -> Path:
    """Write a candidate release into the build folder, with a manifest of its hashes; return its
    folder.

    files: file name to content. facts: what the manifest says beside the hashes and the chain.
    """
    folder = build / "candidate" / release
    with disk_errors(folder, release):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, content in files.items():
            write_file(folder / name, content)
        previous = latest_before(public, release)
        write_file(
            folder / MANIFEST,
            json_text(
                {
                    **facts,
                    "files": {name: digest(folder / name) for name in sorted(files)},
                    "previous": previous,
                    "previous_manifest": digest(public / previous / MANIFEST) if previous else None,
                }
            ),
        )
    return folder


def promote(candidate: Path, public: Path, approvals: Path | None = None) -> Path:
    """Make a candidate the public release of its name: copied beside, moved into place whole.

    approvals: the file that says who approved it. The same content again is accepted; other content
    under a published name is a ReleaseError.
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
                write_file(beside / path.name, path.read_bytes())
            if approvals:
                write_file(beside / APPROVALS, approvals.read_bytes())
            os.rename(beside, target)
            _sync_folder(public)
        point_latest(public)
    return target


def published(public: Path) -> list[str]:
    """Every release that was ever public, oldest first; of a retracted one only the manifest is
    left.
    """
    if not public.is_dir():
        return []
    return sorted(
        (p.name for p in public.iterdir() if NAME.fullmatch(p.name) and (p / MANIFEST).is_file()),
        key=order,
    )


def is_retracted(folder: Path) -> bool:
    return (folder / RETRACTION).is_file()


def standing(public: Path) -> list[str]:
    """The releases whose files are there, oldest first."""
    return [name for name in published(public) if not is_retracted(public / name)]


def order(release: str) -> tuple[str, int]:
    """Where a release stands: after those of earlier months, and after earlier revisions of its
    own.
    """
    month, revision = NAME.fullmatch(release).group(1, 3)
    return month, int(revision or 0)


def published_before(public: Path, release: str) -> list[str]:
    return [name for name in published(public) if order(name) < order(release)]


def latest_before(public: Path, release: str) -> str | None:
    earlier = published_before(public, release)
    return earlier[-1] if earlier else None


def next_revision(public: Path, month: str) -> str:
    """The name of the next revision of a month's release."""
    return f"{month}-r{1 + max(order(name)[1] for name in published(public) if order(name)[0] == month)}"


def differing(folder: Path) -> list[str]:
    """The files of a release that are not those of its manifest: changed, missing, or added."""
    named = (
        {}
        if is_retracted(folder)
        else json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    )
    there = {p.name for p in folder.iterdir()} - {MANIFEST, RETRACTION, APPROVALS}
    return sorted(
        {
            name
            for name, known in named.items()
            if name not in there or digest(folder / name) != known
        }
        | there - set(named)
    )


def verify(folder: Path) -> None:
    """Compare every file of a release with its manifest; ReleaseError names those that differ."""
    if wrong := differing(folder):
        raise ReleaseError(
            f"{folder}: not as published: {', '.join(wrong)}. Restore the folder from version"
            " control."
        )


def _same_or_refuse(target: Path, candidate: Path) -> None:
    ours = {p.name: digest(p) for p in candidate.iterdir()}
    theirs = {p.name: digest(p) for p in target.iterdir() if p.name != APPROVALS}
    if changed := sorted(
        name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)
    ):
        raise ReleaseError(
            f"{target}: already published, and {', '.join(changed)} would change. A release is"
            " never rewritten: restore the extracts and code it was made from, or release a later"
            " month."
        )


@contextmanager
def disk_errors(folder: Path, release: str):
    """A full disk or a read-only folder in one sentence."""
    try:
        yield
    except OSError as error:
        raise ReleaseError(
            f"{folder}: the release {release} could not be written"
            f" ({error.strerror or 'disk error'}). Earlier releases are as they were. Free space or"
            " permit writing there, then run again."
        ) from error


def point_latest(public: Path) -> None:
    """Make `latest` the newest release that stands. It is a copy, not a link, so that it survives a
    web server and a checkout on any system.
    """
    newest, latest, beside = standing(public)[-1:], public / LATEST, public / f".{LATEST}.partial"
    shutil.rmtree(beside, ignore_errors=True)
    if not newest:
        shutil.rmtree(latest, ignore_errors=True)
        return
    release = public / newest[0]
    if (
        (latest / MANIFEST).is_file()
        and digest(latest / MANIFEST) == digest(release / MANIFEST)
        and not differing(latest)
    ):
        return
    shutil.copytree(release, beside)
    replace_folder(beside, latest)


def replace_folder(new: Path, target: Path) -> None:
    """Put a folder in another's place. Where the system can (Linux), there is no moment without
    one.
    """
    old = new.with_name(f"{new.name}.old")
    if not target.exists():
        os.rename(new, target)
    elif _exchange(new, target):
        shutil.rmtree(new)
    else:
        shutil.rmtree(old, ignore_errors=True)
        os.rename(target, old)
        os.rename(new, target)
        shutil.rmtree(old)
    _sync_folder(target.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Two folders change places in one step; False where the system cannot do that."""
    call = getattr(ctypes.CDLL(None), "renameat2", None)
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE: see renameat2(2)
    return bool(call) and call(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0


def write_file(path: Path, content: str | bytes) -> None:
    with path.open("wb") as handle:
        handle.write(content.encode() if isinstance(content, str) else content)
        handle.flush()
        os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
