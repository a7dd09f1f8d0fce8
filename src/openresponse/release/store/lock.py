"""One run at a time: two that write the same releases would each undo what the other made."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from openresponse.errors import ReleaseError
from openresponse.release.store import interruptions
from openresponse.release.store.files import disk_errors

FILE = ".lock"


@contextmanager
def held(public: Path, doing: str) -> Iterator[None]:
    """Hold the public folder while something is made there, and settle what a killed run left;
    ReleaseError says who holds it. The system frees it when a run dies.
    """
    with disk_errors(public, "the lock"):
        public.mkdir(parents=True, exist_ok=True)
        handle = (public / FILE).open("a+", encoding="utf-8")
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            raise ReleaseError(
                f"{public}: another run is at work here"
                f" ({handle.read().strip() or 'it has just begun'}). Wait until it has ended, then"
                " run again."
            ) from None
        with disk_errors(public, "the lock"):
            _write(handle, doing)
            interruptions.settle(public)
        try:
            yield
        finally:
            handle.truncate(0)


def _write(handle: TextIO, doing: str) -> None:
    handle.truncate(0)
    handle.write(f"{doing}, process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n")
    handle.flush()
