"""Folders and files that only their owner may read, whatever a new file's rights are otherwise."""

import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@contextmanager
def closed_off(folder: Path) -> Iterator[None]:
    """Make a folder, where there is none, and let nobody but its owner into it, also into what is
    written there meanwhile.
    """
    close_off(folder)
    try:
        yield
    finally:
        close_off(folder)


def close_off(folder: Path) -> None:
    """Make a folder, where there is none, and let nobody but its owner into it and what it
    holds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(FOLDER)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(FOLDER if path.is_dir() else FILE)


def shut(folder: Path) -> None:
    """Make a folder, where there is none, and let nobody but its owner enter it. What it holds
    keeps its own rights, so it can be copied to where others read it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(FOLDER)


def not_shut(folders: Iterable[Path]) -> list[Path]:
    """The folders that are there and that somebody else may read, write or enter."""
    return [folder for folder in folders if folder.exists() and folder.stat().st_mode & OTHERS]


def open_to_others(folders: Iterable[Path]) -> list[Path]:
    """What is below the folders, they included, and somebody else may read, write or enter."""
    there = [path for folder in folders if folder.exists() for path in (folder, *folder.rglob("*"))]
    return sorted(path for path in there if path.lstat().st_mode & OTHERS and not path.is_symlink())
