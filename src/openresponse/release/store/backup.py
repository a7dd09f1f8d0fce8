"""A copy of what a city cannot make again: deliveries, confidential ledger, run log, releases and
the program file.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from openresponse.errors import ReleaseError, first
from openresponse.program import Folders
from openresponse.release.store import lock
from openresponse.release.store.confidential import closed_off
from openresponse.release.store.files import (
    digest,
    disk_errors,
    files_below,
    json_text,
    replace_folder,
    write_file,
)

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
