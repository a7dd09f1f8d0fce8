"""What a city lost, put back from a backup; what is there stays as it is."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from openresponse.errors import ReleaseError
from openresponse.program import Folders
from openresponse.release.store import lock
from openresponse.release.store.backup import CONTENTS, check, is_backup, parts
from openresponse.release.store.confidential import FILE, close_off
from openresponse.release.store.files import disk_errors, replace_folder
from openresponse.release.store.public_folder import published


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
