"""The ledger: what has ever been published, and the proof that it protects, each release chained to
the one before.

Public twin, `data/public/ledger.jsonl`: a line a release with the hash of its manifest, and so of
every file and cell in it, of who approved it, of its schema and of its areas; a line a retraction
with the hash of its reason; and in each the hash of the line before. Anyone can run the audit from
it.
Confidential twin, beside the raw data: for each release the true counts, the reason each cell is
withheld for, and the witnesses; and the secret seed by which ties are broken.
"""

import gzip
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from openresponse.disclosure.cell_suppression import Protection
from openresponse.disclosure.suppression.witness import to_keys
from openresponse.errors import ReleaseError
from openresponse.release.store.published import Published
from openresponse.release.store.write import (
    APPROVALS,
    MANIFEST,
    RETRACTION,
    digest,
    disk_errors,
    is_retracted,
    published,
    published_before,
    write_file,
)

PUBLIC = "ledger.jsonl"
SEED = "seed"
AREAS = ("district", "neighborhood")
RESTORE = (
    "Restore both from version control or a backup; nothing was published and nothing changed."
)


@dataclass(frozen=True)
class Memory:
    """What the confidential side remembers: the seed, and of the release before the witnesses, and
    by the keys of its cells the counts behind it."""

    seed: int
    witnesses: dict[tuple, dict[tuple, int]]
    truth: dict[tuple, int]


def remember(folder: Path, public: Path, release: str) -> Memory:
    """The confidential twin for the release after the last one published before `release`.

    A missing seed is drawn and kept. ReleaseError where the twin tells of other files than those
    published.
    """
    check(public)
    before = published_before(public, release)
    stored = folder / f"{before[-1]}.json.gz" if before else None
    witnesses, truth = {}, {}
    if stored and stored.is_file():
        kept = _read(stored)
        if kept["manifest"] != digest(public / before[-1] / MANIFEST):
            raise ReleaseError(
                f"{stored}: tells of other files than those published as {before[-1]}. {RESTORE}"
            )
        witnesses = {
            _tuple(target): {_tuple(cell): by for cell, by in move}
            for target, move in kept["witnesses"]
        }
        truth = {_tuple(key): count for key, count, _ in kept["cells"]}
    return Memory(_seed(folder), witnesses, truth)


def keep(folder: Path, candidate: Path, protection: Protection) -> Path:
    """Write the confidential twin of a candidate release; returns its path."""
    system = protection.system
    reason = {}
    for name, status in protection.statuses.items():
        for at, code, own in zip(system.cells[name], status, protection.primary[name], strict=True):
            reason[int(at)] = "" if code == "" else "small" if own else "protects others"
    content = {
        "manifest": digest(candidate / MANIFEST),
        "cells": [
            [system.keys[at], int(system.values[at]), why] for at, why in sorted(reason.items())
        ],
        "witnesses": [
            [target, list(move.items())]
            for target, move in to_keys(protection.witnesses, system).items()
        ],
    }
    path = folder / f"{candidate.name}.json.gz"
    with disk_errors(folder, candidate.name):
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".partial")
        # No time stamp: the same release gives the same bytes.
        beside.write_bytes(gzip.compress(json.dumps(content).encode(), mtime=0))
        os.replace(beside, path)
    return path


def append(public: Path) -> None:
    """Bring the public twin up to the releases and retractions that are there; lines already
    written stay.
    """
    lines = _lines(public)
    told = [json.loads(line) for line in lines]
    for name in published(public)[sum("release" in line for line in told) :]:
        lines.append(_released(public / name, lines))
    known = {line["retracted"] for line in told if "retracted" in line}
    for name in published(public):
        if is_retracted(public / name) and name not in known:
            lines.append(_retracted(public / name, lines))
    with disk_errors(public, "ledger"):
        beside = public / f".{PUBLIC}.partial"
        write_file(beside, "".join(f"{line}\n" for line in lines))
        os.replace(beside, public / PUBLIC)


def check(public: Path) -> None:
    """ReleaseError where a line of the public twin does not match the files or the line before it."""
    lines, left = _lines(public), published(public)
    for number, line in enumerate(lines):
        told, name = _told(line)
        if "release" in told:
            expected = (
                _released(public / name, lines[:number], told)
                if left and left.pop(0) == name
                else ""
            )
        else:
            expected = (
                _retracted(public / name, lines[:number]) if is_retracted(public / name) else ""
            )
        if line != expected:
            raise ReleaseError(
                f"{public / PUBLIC}, line {number + 1}: the ledger does not match the files of"
                f" {name}. {RESTORE}"
            )


def _told(line: str) -> tuple[dict, str]:
    """What a line says, and of which release."""
    try:
        told = json.loads(line)
        return told, told.get("release") or told["retracted"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}, "a release"


def _lines(public: Path) -> list[str]:
    path = public / PUBLIC
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def _released(folder: Path, before: list[str], told: dict | None = None) -> str:
    """The line of a release. told: what it says, for a release whose files were retracted since."""
    if is_retracted(folder):
        content = {name: told[name] for name in ("approvals", "schema", "areas")}
    else:
        hierarchies = {
            name: resource["openresponse"]["trees"]
            for name, resource in Published.load(folder).resources.items()
        }
        areas = {
            name: {d: hierarchy for d, hierarchy in dimensions.items() if d in AREAS}
            for name, dimensions in hierarchies.items()
        }
        approvals = folder / APPROVALS
        content = {
            "approvals": digest(approvals) if approvals.is_file() else None,
            "schema": _hash(hierarchies),
            "areas": _hash(areas),
        }
    return json.dumps(
        {
            "release": folder.name,
            "manifest": digest(folder / MANIFEST),
            **content,
            "previous": _previous(before),
        }
    )


def _retracted(folder: Path, before: list[str]) -> str:
    return json.dumps(
        {
            "retracted": folder.name,
            "retraction": digest(folder / RETRACTION),
            "previous": _previous(before),
        }
    )


def _previous(lines: list[str]) -> str | None:
    return _hash(lines[-1]) if lines else None


def _hash(content) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def sow(folder: Path, seed: int) -> None:
    """Keep this seed, unless there is one."""
    if not (folder / SEED).is_file():
        with disk_errors(folder, "ledger"):
            folder.mkdir(parents=True, exist_ok=True)
            write_file(folder / SEED, f"{seed}\n")


def _seed(folder: Path) -> int:
    sow(folder, secrets.randbits(128))
    return int((folder / SEED).read_text(encoding="utf-8"))


def _read(path: Path) -> dict:
    try:
        return json.loads(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, ValueError) as error:
        raise ReleaseError(f"{path}: the confidential ledger cannot be read. {RESTORE}") from error


def _tuple(value):
    return tuple(_tuple(v) for v in value) if isinstance(value, list) else value
