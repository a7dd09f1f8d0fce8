"""The public ledger: what has ever been published, each release chained to the one before.

`data/public/ledger.jsonl` has a line a release, with the hash of its manifest (and so of every file
and cell in it), of who approved it, of its schema and of its areas; a line a retraction, with the
hash of its reason; and in each the hash of the line before. Anyone can run the audit from it.
"""

import hashlib
import json
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

from openresponse.errors import ReleaseError, first
from openresponse.release.store.files import digest, disk_errors, replace_file
from openresponse.release.store.public_folder import (
    APPROVALS,
    MANIFEST,
    is_retracted,
    published,
    reasons_withdrawn,
    retraction_file,
)
from openresponse.release.store.published import Published

PUBLIC = "ledger.jsonl"
AREAS = ("district", "neighborhood")
LAG = 1  # releases that a run which died may have left out
RESTORE = (
    "Restore both from version control or a backup; nothing was published and nothing changed."
)


def append(public: Path) -> None:
    """Bring the ledger up to the releases and retractions that are there; lines already written
    stay.
    """
    lines = _lines(public)
    entries = [json.loads(line) for line in lines]
    written = sum("release" in entry for entry in entries)
    if len(published(public)) - written > LAG:
        raise ReleaseError(
            f"{public / PUBLIC}: names {written} of {len(published(public))} releases. {RESTORE}"
        )
    for name in published(public)[written:]:
        lines.append(_release_line(public / name, lines))
    known = Counter(entry["retracted"] for entry in entries if "retracted" in entry)
    for name in published(public):
        for reason in reasons_withdrawn(public / name)[known[name] :]:
            lines.append(_retraction_line(reason, lines))
    with disk_errors(public, "the ledger", lambda: "Every release that is there is whole."):
        replace_file(public / PUBLIC, "".join(f"{line}\n" for line in lines))


def check(public: Path) -> None:
    """ReleaseError where a line does not match the files or the line before it, or that of a
    release is missing.
    """
    if left := [path.parent.name for path in unnamed(public) if path.name == MANIFEST]:
        raise ReleaseError(f"{public / PUBLIC}: does not name {first(left, ', ')}. {RESTORE}")


def unnamed(public: Path) -> list[Path]:
    """The manifests and retractions that no line names yet; ReleaseError where a line does not
    match the files or the line before it.
    """
    lines, left = _lines(public), published(public)
    reasons = {name: reasons_withdrawn(public / name) for name in left}
    for number, line in enumerate(lines):
        entry, name = _entry(line)
        before, expected = lines[:number], ""
        if "release" in entry:
            if left and left.pop(0) == name:
                expected = _release_line(public / name, before, entry)
        elif reasons.get(name):
            expected = _retraction_line(reasons[name].pop(0), before)
        if line != expected:
            raise ReleaseError(
                f"{public / PUBLIC}, line {number + 1}: the ledger does not match the files of"
                f" {name}. {RESTORE}"
            )
    return [*(public / name / MANIFEST for name in left), *chain.from_iterable(reasons.values())]


def manifests(public: Path) -> dict[Path, str]:
    """The manifests and retractions that the ledger names, with their hashes; empty where there is
    no ledger. ValueError where a line cannot be read.
    """
    hashes = {}
    for line in _lines(public):
        entry, name = _entry(line)
        if not entry:
            raise ValueError(line)
        if "release" in entry:
            hashes[public / name / MANIFEST] = entry["manifest"]
        else:
            named = [path for path in hashes if path.parent.name == name and path.name != MANIFEST]
            hashes[public / name / retraction_file(1 + len(named))] = entry["retraction"]
    return hashes


def _entry(line: str) -> tuple[dict[str, Any], str]:
    """What a line says, and of which release; nothing where it cannot be read."""
    try:
        entry = dict(json.loads(line))
        return entry, str(entry.get("release") or entry["retracted"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}, "a release"


def _lines(public: Path) -> list[str]:
    path = public / PUBLIC
    # A byte that is no letter is one that was changed: no line has the letter put in its place.
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return text.splitlines()


def _release_line(folder: Path, before: list[str], entry: dict[str, Any] | None = None) -> str:
    """The line of a release. entry: what it says, for one whose files were retracted since."""
    if is_retracted(folder) and entry:
        content = {name: entry[name] for name in ("approvals", "schema", "areas")}
    else:
        content = _content(folder)
    return json.dumps(
        {
            "release": folder.name,
            "manifest": digest(folder / MANIFEST),
            **content,
            "previous": _previous(before),
        }
    )


def _content(folder: Path) -> dict[str, str | None]:
    """The hashes of who approved a release, of its schema and of its areas."""
    hierarchies = {
        name: resource["openresponse"]["trees"]
        for name, resource in Published.load(folder).resources.items()
    }
    areas = {
        name: {d: hierarchy for d, hierarchy in dimensions.items() if d in AREAS}
        for name, dimensions in hierarchies.items()
    }
    approvals = folder / APPROVALS
    return {
        "approvals": digest(approvals) if approvals.is_file() else None,
        "schema": _hash(hierarchies),
        "areas": _hash(areas),
    }


def _retraction_line(reason: Path, before: list[str]) -> str:
    return json.dumps(
        {
            "retracted": reason.parent.name,
            "retraction": digest(reason),
            "previous": _previous(before),
        }
    )


def _previous(lines: list[str]) -> str | None:
    return _hash(lines[-1]) if lines else None


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
