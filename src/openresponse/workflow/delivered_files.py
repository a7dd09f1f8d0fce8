"""The files of the deliveries, each by a hash."""

from functools import cache
from pathlib import Path

from openresponse.program import Folders
from openresponse.release.store.files import digest, files_below


def hashes(folders: Folders) -> dict[Path, str]:
    """The hash of each file by its place in the raw folder, in order, but for what the program
    keeps there itself.
    """
    own = (folders.ledger, folders.run_log)
    return {
        path.relative_to(folders.raw): _digest(path, *_stamp(path))
        for path in files_below(folders.raw)
        if not any(path.is_relative_to(one) for one in own)
    }


def _stamp(path: Path) -> tuple[int, ...]:
    state = path.stat()
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


@cache
def _digest(path: Path, *_stamp: int) -> str:
    """Read once in a run: deliveries can be large, and several parts of a run ask for them."""
    return digest(path)
