"""The confidential ledger, beside the raw data: for each release the true counts, the reason each
cell is withheld for, and the witnesses; and the secret seed by which ties are broken.
"""

import gzip
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openresponse.disclosure.suppression.witness import Stored, to_keys
from openresponse.disclosure.system.variables import Key
from openresponse.errors import ReleaseError, first
from openresponse.release.history import ledger
from openresponse.release.history.ledger import RESTORE
from openresponse.release.store.confidential import closed_off
from openresponse.release.store.files import digest, disk_errors, replace_file, write_file
from openresponse.release.store.public_folder import MANIFEST, published, published_before

if TYPE_CHECKING:
    from openresponse.disclosure.cell_suppression import Protection

SEED = "seed"
SUFFIX = ".json.gz"


@dataclass(frozen=True)
class Memory:
    """What the confidential side remembers: the seed, and of the release before the witnesses, and
    the counts behind it by the keys of variables.
    """

    seed: int
    witnesses: Stored = field(default_factory=dict)
    truth: dict[Key, int] = field(default_factory=dict)


def remember(folder: Path, public: Path, release: str) -> Memory:
    """What there is for the release after the last one published before `release`.

    Before the first release a seed is drawn and kept. ReleaseError where the ledger speaks of other
    files than those published, or of a release nothing.
    """
    ledger.check(public)
    check_complete(folder, public)
    before = published_before(public, release)
    if not before:
        return Memory(seed(folder))
    stored = folder / f"{before[-1]}{SUFFIX}"
    kept = _read(stored)
    if kept["manifest"] != digest(public / before[-1] / MANIFEST):
        raise ReleaseError(
            f"{stored}: speaks of other files than those published as {before[-1]}. {RESTORE}"
        )
    return Memory(
        seed(folder),
        {_tuple(target): dict(map(_tuple, move)) for target, move in kept["witnesses"]},
        {_tuple(key): count for key, count, _ in kept["cells"]},
    )


def missing(folder: Path, public: Path) -> list[str]:
    """The releases of which the ledger holds nothing, oldest first."""
    return [name for name in published(public) if not (folder / f"{name}{SUFFIX}").is_file()]


def check_complete(folder: Path, public: Path) -> None:
    """ReleaseError where releases are public and what is confidential of one is not at hand: then
    later ones would be protected as if it had never been published.
    """
    lost = missing(folder, public)
    if not lost and published(public) and not (folder / SEED).is_file():
        lost = [SEED]
    if lost:
        raise ReleaseError(
            f"{folder}: the confidential ledger lacks {first(lost, ', ')}. Nothing was published."
            " Put it back with `openresponse restore FROM`; or make it again from the deliveries"
            " with `openresponse rebuild-ledger`."
        )


def keep(folder: Path, candidate: Path, protection: "Protection") -> Path:
    """Write what is confidential of a candidate release; returns its path."""
    system = protection.system
    witnesses = to_keys(protection.witnesses, system)
    content = {
        "manifest": digest(candidate / MANIFEST),
        "cells": [
            [system.keys[at], int(system.values[at]), reason]
            for at, reason in sorted(_reasons(protection).items())
        ],
        "witnesses": [[target, list(move.items())] for target, move in witnesses.items()],
    }
    path = folder / f"{candidate.name}{SUFFIX}"
    with disk_errors(folder, f"the confidential ledger of {candidate.name}"), closed_off(folder):
        # No time stamp: the same release gives the same bytes.
        replace_file(path, gzip.compress(json.dumps(content).encode(), mtime=0))
    return path


def withheld_counts(folder: Path) -> Iterator[tuple[Key, int]]:
    """The key and the true count of every variable that was ever withheld."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            cells = [
                (_tuple(key), int(count), reason) for key, count, reason in _read(path)["cells"]
            ]
        except (KeyError, TypeError, ValueError) as error:
            raise _unreadable(path) from error
        yield from ((key, count) for key, count, reason in cells if reason)


def sow(folder: Path, seed: int) -> None:
    """Keep this seed, unless there is one."""
    if not (folder / SEED).is_file():
        with disk_errors(folder, "the confidential ledger"), closed_off(folder):
            write_file(folder / SEED, f"{seed}\n")


def _reasons(protection: "Protection") -> dict[int, str]:
    """Why each variable is withheld; empty where it is shown."""
    reasons = {}
    for name, statuses in protection.statuses.items():
        rows = zip(protection.system.cells[name], statuses, protection.primary[name], strict=True)
        for at, status, primary in rows:
            why = "small" if primary else "protects others"
            reasons[int(at)] = why if status else ""
    return reasons


def seed(folder: Path) -> int:
    """The secret by which ties are broken; drawn and kept where there is none."""
    sow(folder, secrets.randbits(128))
    return int((folder / SEED).read_text(encoding="utf-8"))


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(gzip.decompress(path.read_bytes())))
    except (OSError, EOFError, ValueError, TypeError) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> ReleaseError:
    return ReleaseError(f"{path}: the confidential ledger cannot be read. {RESTORE}")


def _tuple(value: Any) -> Any:
    """JSON's lists as the tuples they were."""
    return tuple(_tuple(v) for v in value) if isinstance(value, list) else value
