"""The ledger: what has ever been published, and the proof that it protects, each release chained to the one before.

Public twin, `data/public/ledger.jsonl`: a line a release with the hash of its manifest, and so of every file and cell
in it, of its schema and of its areas, and of the line before. Anyone can run the audit from it.
Confidential twin, beside the raw data: for each release the true counts, the reason each cell is withheld for, and
the witnesses; and the secret seed by which ties are broken.
"""

import gzip
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from openresponse.disclosure import Protection
from openresponse.disclosure.search import to_keys
from openresponse.errors import ReleaseError
from openresponse.release.published import Published
from openresponse.release.write import MANIFEST, digest, disk_errors, published, published_before, write_file

PUBLIC = "ledger.jsonl"
SEED = "seed"
AREAS = ("district", "neighborhood")
RESTORE = "Restore both from version control or a backup; nothing was published and nothing changed."


@dataclass(frozen=True)
class Memory:
    """What the confidential side remembers: the seed, and of the release before the witnesses, and by the keys of its cells the
    counts behind it."""

    seed: int
    witnesses: dict[tuple, dict[tuple, int]]
    truth: dict[tuple, int]


def remember(folder: Path, public: Path, release: str) -> Memory:
    """The confidential twin for the release after the last one published before `release`.

    A missing seed is drawn and kept. ReleaseError where the twin tells of other files than those published.
    """
    check(public)
    before = published_before(public, release)
    stored = folder / f"{before[-1]}.json.gz" if before else None
    witnesses, truth = {}, {}
    if stored and stored.is_file():
        kept = _read(stored)
        if kept["manifest"] != digest(public / before[-1] / MANIFEST):
            raise ReleaseError(f"{stored}: tells of other files than those published as {before[-1]}. {RESTORE}")
        witnesses = {_tuple(target): {_tuple(cell): by for cell, by in move} for target, move in kept["witnesses"]}
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
        "cells": [[system.keys[at], int(system.values[at]), why] for at, why in sorted(reason.items())],
        "witnesses": [[target, list(move.items())] for target, move in to_keys(protection.witnesses, system).items()],
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
    """Bring the public twin up to the releases that are there; lines already written stay."""
    lines = _lines(public)
    for name in published(public)[len(lines):]:
        lines.append(_line(public / name, lines[-1] if lines else None))
    with disk_errors(public, "ledger"):
        beside = public / f".{PUBLIC}.partial"
        write_file(beside, "".join(f"{line}\n" for line in lines))
        os.replace(beside, public / PUBLIC)


def check(public: Path) -> None:
    """ReleaseError where a line of the public twin does not match the files or the line before it."""
    lines = _lines(public)
    names = published(public)
    before = None
    for number, line in enumerate(lines):
        told = json.loads(line)
        if number >= len(names) or told["release"] != names[number] or line != _line(public / names[number], before):
            raise ReleaseError(f"{public / PUBLIC}, line {number + 1}: the ledger does not match the files of {told['release']}. {RESTORE}")
        before = line


def _lines(public: Path) -> list[str]:
    path = public / PUBLIC
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def _line(folder: Path, before: str | None) -> str:
    release = Published.load(folder)
    trees = {name: resource["openresponse"]["trees"] for name, resource in release.resources.items()}
    areas = {name: {d: tree for d, tree in dimensions.items() if d in AREAS} for name, dimensions in trees.items()}
    return json.dumps({"release": release.name, "manifest": digest(folder / MANIFEST), "schema": _hash(trees), "areas": _hash(areas),
                       "previous": _hash(before) if before else None})


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
