"""The entries of the run log: one JSON object a line, each with the hash of the line before.

An entry is never changed. Those older than the program file says are removed, and an entry says so.
"""

import errno
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openresponse.errors import ReleaseError, first
from openresponse.program import Program
from openresponse.release.store.confidential import closed_off
from openresponse.release.store.files import digest, disk_errors, replace_file
from openresponse.release.store.public_folder import MANIFEST, order, published

FILE, LOCK = "runs.jsonl", ".lock"
PUBLISHING = "publishing"  # noted before a release becomes public, with its name and manifest
REMOVED = "old entries removed"
Entry = dict[str, Any]


def append(
    program: Program,
    entry: Mapping[str, Any],
    done: str = "Nothing public was changed.",
    now: datetime | None = None,
) -> None:
    """Add an entry, numbered, dated and chained. ReleaseError where it cannot be written, which
    says what was done by then, or where one before it was changed. now: the moment, in UTC.
    """
    folder, now = program.folders.run_log, now or datetime.now(UTC)
    with disk_errors(folder, "the run log", lambda: done), closed_off(folder), _alone(folder):
        lines = _chained(folder / FILE)
        kept = _young(lines, now, program.release.run_log_years)
        if len(kept) < len(lines):
            gone = lines[len(lines) - len(kept) - 1]
            facts = {"last": _hash(gone), "upto": json.loads(gone)["when"]}
            kept.append(_line({"event": REMOVED, **facts}, now, lines))
            replace_file(folder / FILE, b"".join(kept))
        _add(folder / FILE, _line(entry, now, kept))


def entries(program: Program) -> list[Entry]:
    """All that are kept, oldest first; ReleaseError where one was changed or taken away."""
    return [json.loads(line) for line in _chained(program.folders.run_log / FILE)]


def check(program: Program) -> None:
    """ReleaseError where an entry was changed or taken away, or a release became public without
    one of its name and manifest; nothing where no log was ever kept.
    """
    public = program.folders.public
    noted = [
        (one["release"], one["manifest"]) for one in entries(program) if one["event"] == PUBLISHING
    ]
    since = [name for name in published(public) if _follows(name, [of for of, _ in noted])]
    if unnoted := [one for one in since if (one, digest(public / one / MANIFEST)) not in noted]:
        raise ReleaseError(
            f"{program.folders.run_log / FILE}: no entry for {first(unnoted, ', ')} as it is,"
            " though it is public. Restore the file from a backup, and find out how the release"
            " became public."
        )


def _chained(path: Path) -> list[bytes]:
    """The whole lines; ReleaseError where one does not follow from the line before it."""
    lines = _lines(path)
    if broken := _broken(lines):
        raise ReleaseError(
            f"{path}, line {broken}: does not follow from the line before it, so an entry was"
            " changed or taken away. Restore the file from a backup, and find out who changed it."
        )
    return lines


def _follows(name: str, noted: list[str]) -> bool:
    """Whether a release is the first that was noted or comes after it: the log may be younger than
    the first ones.
    """
    return bool(noted) and order(name) >= order(noted[0])


def _broken(lines: list[bytes]) -> int:
    """The number of the first line that does not follow from the one before; 0 where all do."""
    found: list[Entry] = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(dict(json.loads(line)))
            expected = _hash(lines[number - 2]) if number > 1 else found[0]["previous"]
            follows = found[-1]["number"] == found[0]["number"] + number - 1
            if found[-1]["previous"] != expected or not follows or "event" not in found[-1]:
                return number
        except (ValueError, KeyError, TypeError):
            return number
    begins = [None, *(one["last"] for one in found if one["event"] == REMOVED)]
    return 1 if found and found[0]["previous"] not in begins else 0


def _young(lines: list[bytes], now: datetime, years: int) -> list[bytes]:
    """Without the first ones that are older than so many years."""
    oldest = f"{now.year - years}{now:-%m-%dT%H:%M:%S}"
    old = next(
        (at for at, line in enumerate(lines) if json.loads(line)["when"] >= oldest), len(lines)
    )
    return lines[old:]


def _line(entry: Mapping[str, Any], now: datetime, before: list[bytes]) -> bytes:
    number = json.loads(before[-1])["number"] if before else 0
    chained = {
        "number": number + 1,
        "when": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        **entry,
        "previous": _hash(before[-1]) if before else None,
    }
    return json.dumps(chained, ensure_ascii=False, default=str).encode() + b"\n"


def _lines(path: Path) -> list[bytes]:
    """The whole lines; half of one is what a run left that was killed while it wrote."""
    content = path.read_bytes() if path.is_file() else b""
    return content[: content.rfind(b"\n") + 1].splitlines(keepends=True)


def _add(path: Path, line: bytes) -> None:
    """Write a line behind the whole ones; all of it or nothing."""
    whole = sum(map(len, _lines(path)))
    with path.open("ab", buffering=0) as handle:
        handle.truncate(whole)
        try:
            if handle.write(line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle.fileno())
        except OSError:
            handle.truncate(whole)
            raise


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two runs at once write one after the other."""
    with (folder / LOCK).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
