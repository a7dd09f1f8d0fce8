"""What a run that was killed left behind, settled by the next one."""

import fcntl
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# `files.replace_folder` writes `.NAME.partial` and may for a moment keep what was there before as
# `.NAME.partial.old`; `files.replace_file` writes `.NAME.partial`.
HALF = re.compile(r"\.(?P<name>.+)\.partial(?P<old>\.old)?")
SCRATCH = "openresponse-"
YOUNG = 60  # seconds in which a scratch folder may not yet be locked by the run that made it


def settle(folder: Path) -> None:
    """Remove what is half written in a folder; what was taken away and not yet replaced goes back
    into its place.
    """
    left = [path for path in folder.glob(".*") if HALF.fullmatch(path.name)]
    for path in sorted(left, reverse=True):  # the one that was there before comes first
        half = HALF.fullmatch(path.name)
        if half and half["old"] and not (folder / half["name"]).exists():
            path.rename(folder / half["name"])
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def scratch(purpose: str) -> Iterator[Path]:
    """An empty folder that goes with the run. Those of runs that were killed go first: the system
    freed their locks.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{SCRATCH}*"):
        _remove_if_left(left)
    with tempfile.TemporaryDirectory(prefix=f"{SCRATCH}{purpose}-") as folder:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield Path(folder)
        finally:
            os.close(handle)


def _remove_if_left(folder: Path) -> None:
    try:
        about = folder.lstat()
        if about.st_uid != os.getuid() or time.time() - about.st_mtime < YOUNG:
            return
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return  # another run removed it, or it is no folder
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        pass  # its run is at work
    finally:
        os.close(handle)
