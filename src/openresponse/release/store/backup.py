"""A copy of what a city cannot make again: deliveries, confidential ledger, run log, releases and
the program file; and what is lost put back from it.
"""

import json
import os
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
    files_below,
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
    many files. A backup that is there is replaced; ReleaseError where it is another folder, or
    not apart from the program's own.
    """
    _refuse_place(folders, to)
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


def _refuse_place(folders: Folders, to: Path) -> None:
    """ReleaseError where a backup would lie in a folder of the program, which may be public, or
    around one, or in the place of what is no backup.
    """
    for name, folder in folders:
        one, other = to.resolve(), folder.resolve()
        if one.is_relative_to(other) or other.is_relative_to(one):
            raise ReleaseError(
                f"{to}: lies in `folders.{name}` of the program file, or that folder in it. Name a"
                " folder apart from all of them."
            )
    if to.is_file():
        raise ReleaseError(f"{to}: is a file. Name a folder, which need not be there yet.")
    if to.exists() and any(to.iterdir()) and not is_backup(to):
        raise ReleaseError(
            f"{to}: holds files that are no backup. Name a folder that is not there yet, or an"
            " earlier backup, which is replaced."
        )


def check(folder: Path) -> int:
    """How many files a backup holds, each as it was copied; ReleaseError names the others."""
    hashes = _hashes(folder / CONTENTS)
    there = {name: digest(folder / name) for name in _below(folder)}
    wrong = sorted(name for name in {**hashes, **there} if hashes.get(name) != there.get(name))
    if wrong:
        raise ReleaseError(
            f"{folder}: not as it was copied: {first(wrong, ', ')}. Take another backup."
        )
    return len(hashes)


def _hashes(contents: Path) -> dict[str, str]:
    try:
        return dict(json.loads(contents.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise ReleaseError(
            f"{contents}: cannot be read; it was changed or cut off. Take another backup."
        ) from error


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
    put_back = [target for _, target in missing]
    with disk_errors(folder, "what is put back", lambda: "The backup is as it was."):
        for source, target in missing:
            _copy_whole(source, target)
        # Where a release is there it may be newer than the backup; `verify` compares it with its
        # own manifests.
        if published(folder / "public") and not published(folders.public):
            _put_back_public(folder / "public", folders.public)
            put_back.append(folders.public)
    for confidential in (folders.ledger, folders.run_log):
        close_off(confidential)
    return put_back


def leaves_out_log(backup: Path, folders: Folders) -> bool:
    """Whether the run log is lost and yet not put back, for that of the backup would miss the newer
    releases.
    """
    is_lost = (backup / "run_log").is_dir() and not folders.run_log.exists()
    return is_lost and not _holds_all(backup, folders)


def _put_back_public(source: Path, public: Path) -> None:
    """All releases and their lists in one step: a run that is stopped leaves none of them. What is
    in the folder stays, and so does the lock of this run.
    """
    target = public.resolve()
    partial = target.with_name(f".{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(source, partial)
    close_off(partial)
    for path in target.iterdir() if target.is_dir() else []:
        kept = partial / path.name
        if path.name == lock.FILE:
            os.link(path, kept)
        elif path.is_dir():
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(path, kept)
        else:
            shutil.copy2(path, kept)
    if target.is_dir():
        shutil.copymode(target, partial)
    replace_folder(partial, target)


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
    """What is put back whole, with its place; the public folder is put back in one."""
    for name, folder in parts(folders).items():
        kept = backup / name
        if name == "public":
            continue
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
        for path in files_below(folder):
            elsewhere = any(path.is_relative_to(other) for other in apart)
            if path.name != lock.FILE and not elsewhere:
                yield path, Path(name) / path.relative_to(folder)


def _below(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(str(path.relative_to(folder)) for path in paths if path.name != CONTENTS)
