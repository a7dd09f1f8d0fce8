"""The releases of a public folder: their names, their order, and whether they are as published."""

import json
import re
from pathlib import Path
from typing import Any

from openresponse.errors import ReleaseError
from openresponse.release.store.files import digest
from openresponse.tables.months import MONTH

LATEST = "latest"
CANDIDATES = "candidate"  # in the build folder: releases that are not public
MANIFEST = "manifest.json"
APPROVALS = "release.toml"  # who approved that manifest
RETRACTION = "retraction.json"  # why and by whom; all that is beside a retracted release's manifest
# What every manifest says.
KEYS = ("published", "city", "fictional", "revision", "files", "previous", "previous_manifest")
# Of a release: its newest month, and the number of the revision.
NAME = re.compile(rf"({MONTH})(?:-r([1-9]\d*))?")


def manifest(folder: Path) -> dict[str, Any]:
    """What the manifest of a release says; ReleaseError where it is none."""
    path = folder / MANIFEST
    try:
        content = dict(json.loads(path.read_text(encoding="utf-8")))
        dict(content["files"])
        lacking = sorted({*KEYS} - content.keys())
    except (ValueError, TypeError, KeyError) as error:
        raise ReleaseError(
            f"{path}: not a manifest; it was changed or cut off. Restore the folder from version"
            " control."
        ) from error
    if lacking:
        raise ReleaseError(
            f"{path}: lacks {', '.join(lacking)}; it was changed or cut off. Restore the folder"
            " from version control."
        )
    return content


def published(public: Path) -> list[str]:
    """Every release that was ever public, oldest first; of a retracted one only the manifest is
    left.
    """
    if not public.is_dir():
        return []
    return sorted(
        (p.name for p in public.iterdir() if NAME.fullmatch(p.name) and (p / MANIFEST).is_file()),
        key=order,
    )


def is_retracted(folder: Path) -> bool:
    return (folder / RETRACTION).is_file()


def available(public: Path) -> list[str]:
    """The releases whose files are there, oldest first."""
    return [name for name in published(public) if not is_retracted(public / name)]


def retraction_file(number: int) -> str:
    """The name of the file with the first reason for a retraction, the second and so on."""
    return RETRACTION if number == 1 else RETRACTION.replace(".", f"-{number}.")


def reasons_withdrawn(folder: Path) -> list[Path]:
    """The files that say why a release was withdrawn, the first reason first."""
    numbered = f"{Path(RETRACTION).stem}-*.json"
    more = sorted(folder.glob(numbered), key=lambda path: (len(path.name), path.name))
    return [folder / RETRACTION, *more] if is_retracted(folder) else []


def order(release: str) -> tuple[str, int]:
    """By what releases are ordered: the month, then the number of the revision."""
    month, _, revision = release.partition("-r")
    return month, int(revision or 0)


def published_before(public: Path, release: str) -> list[str]:
    return [name for name in published(public) if order(name) < order(release)]


def latest_before(public: Path, release: str) -> str | None:
    earlier = published_before(public, release)
    return earlier[-1] if earlier else None


def next_revision(public: Path, month: str) -> str:
    """The name of the next revision of a month's release."""
    revisions = [order(name)[1] for name in published(public) if order(name)[0] == month]
    return f"{month}-r{1 + max(revisions)}"


def next_name(release: str) -> str:
    """The name that comes after this one and before every later month's."""
    month, revision = order(release)
    return f"{month}-r{revision + 1}"


def differing(folder: Path) -> list[str]:
    """The files of a release that are not those of its manifest: changed, missing, or added."""
    named = {} if is_retracted(folder) else manifest(folder)["files"]
    reasons = {path.name for path in reasons_withdrawn(folder)}
    there = {p.name for p in folder.iterdir()} - {MANIFEST, APPROVALS, *reasons}
    return sorted(
        {
            name
            for name, known in named.items()
            if not (folder / name).is_file() or digest(folder / name) != known
        }
        | there - set(named)
    )


def verify(folder: Path) -> None:
    """Compare every file of a release with its manifest; ReleaseError names those that differ."""
    if wrong := differing(folder):
        raise ReleaseError(
            f"{folder}: not as published: {', '.join(wrong)}. Restore the folder from version"
            " control."
        )
