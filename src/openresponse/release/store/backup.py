"""A copy of what a city cannot make again: deliveries, confidential ledger, run log, releases and
the program file; and what is lost put back from it.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from openresponse.errors import ReleaseError, first
from openresponse.program import Folders
from openresponse.release.store import lock
from openresponse.release.store.confidential import FILE, close_off, closed_off
from openresponse.release.store.files import (
    digest,
    disk_errors,
    json_text,
    replace_folder,
    write_file,
)
from openresponse.release.store.public_folder import published

CONTENTS = "backup.json"  # path below the backup to the hash of each file
PROGRAM = "program.yml"


def parts(folders: Folders) -> dict[str, Path]:
    """Name in a backup to folder of each part, in the order in which they are put back."""
    return {
        "ledger": folders.ledger,
        "run_log": folders.run_log,
        "raw": folders.raw,
        "public": folders.public,
    }


def is_backup(folder: Path) -> bool:
    return (folder / CONTENTS).is_file()


def write(program_file: Path, folders: Folders, to: Path) -> int:
    """Copy every part into `to`, whole or not at all, and let nobody but its owner in; returns how
    many files. A backup that is there is replaced; ReleaseError where it is another folder.
    """
    if to.exists() and any(to.iterdir()) and not is_backup(to):
        raise ReleaseError(
            f"{to}: holds files that are no backup. Name a folder that is not there yet, or an"
            " earlier backup, which is replaced."
        )
    partial = to.with_name(f".{to.name}.partial")
    with disk_errors(to, "the backup", lambda: "An earlier backup there is as it was."):
        shutil.rmtree(partial, ignore_errors=True)
        with closed_off(partial):
            for source, name in _files(folders):
                (partial / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, partial / name)
            shutil.copyfile(program_file, partial / PROGRAM)
            hashes = {name: digest(partial / name) for name in _below(partial)}
            write_file(partial / CONTENTS, json_text(hashes))
        replace_folder(partial, to)
    return len(hashes)


def check(folder: Path) -> int:
    """How many files a backup holds, each as it was copied; ReleaseError names the others."""
    hashes = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
    there = {name: digest(folder / name) for name in _below(folder)}
    wrong = sorted(name for name in {**hashes, **there} if hashes.get(name) != there.get(name))
    if wrong:
        raise ReleaseError(
            f"{folder}: not as it was copied: {first(wrong, ', ')}. Take another backup."
        )
    return len(hashes)


def restore(folder: Path, folders: Folders) -> list[Path]:
    """Put back what is missing, and change nothing that is there: a delivery, what is kept of a
    release, the public folder where it holds no release. Returns what was put back.
    """
    if not is_backup(folder):
        raise ReleaseError(
            f"{folder}: no backup, for it has no {CONTENTS}. Name the folder of one."
        )
    check(folder)
    missing = [
        (source, target) for source, target in _units(folder, folders) if not target.exists()
    ]
    with disk_errors(folder, "what is put back", lambda: "The backup is as it was."):
        for source, target in missing:
            _copy_whole(source, target)
    for folder in (folders.ledger, folders.run_log):
        close_off(folder)
    return [target for _, target in missing]


def _copy_whole(source: Path, target: Path) -> None:
    """Copy a file or a folder beside its place, and move it there when it is complete."""
    partial = target.with_name(f".{target.name}.partial")
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(source, partial)
    else:
        shutil.copyfile(source, partial)
    close_off(partial) if partial.is_dir() else partial.chmod(FILE)
    partial.rename(target)


def _units(backup: Path, folders: Folders) -> Iterator[tuple[Path, Path]]:
    """What is put back whole, with its place."""
    for name, folder in parts(folders).items():
        kept = backup / name
        if name == "public" and published(folder):
            continue  # it may be newer than the backup; `verify` compares it with its own manifests
        if name == "run_log" and (folder.exists() or not _holds_all(backup, folders)):
            continue  # a log goes on, and an old one would miss the newer releases
        for source in sorted(kept.iterdir()) if kept.is_dir() else []:
            if source.name == "retracted":
                yield from ((one, folder / source.name / one.name) for one in source.iterdir())
            else:
                yield source, folder / source.name


def _holds_all(backup: Path, folders: Folders) -> bool:
    """Whether every release that is public is in the backup too."""
    return set(published(folders.public)) <= set(published(backup / "public"))


def _files(folders: Folders) -> Iterator[tuple[Path, Path]]:
    """Every file of the parts, with its path below the backup. Ledger and run log may lie in the
    raw folder, and are copied once.
    """
    for name, folder in parts(folders).items():
        apart = (folders.ledger, folders.run_log) if name == "raw" else ()
        for path in sorted(folder.rglob("*")):
            elsewhere = any(path.is_relative_to(other) for other in apart)
            if path.is_file() and path.name != lock.FILE and not elsewhere:
                yield path, Path(name) / path.relative_to(folder)


def _below(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(str(path.relative_to(folder)) for path in paths if path.name != CONTENTS)
