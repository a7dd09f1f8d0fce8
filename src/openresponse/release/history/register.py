"""What became of every release, from the manifests alone."""

import json
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from openresponse.errors import ReleaseError
from openresponse.release.formats.dictionary import FICTIONAL
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import (
    APPROVALS,
    MANIFEST,
    manifest,
    order,
    published,
    published_before,
    reasons_withdrawn,
)

STATES = {
    "current": "as published",
    "superseded": "replaced by a revision",
    "retracted": "withdrawn; its files are gone",
}


@dataclass(frozen=True)
class Past:
    """One release. early: why it came before its day. revision: `of`, `date`, `reason`,
    `decided_by` where it revises one; retractions: the last three where it was withdrawn, once for
    each reason that was given; restated: `date` and `reason` where it says otherwise what money was
    spent in earlier months.
    """

    release: str
    published: str
    state: str
    superseded_by: str
    approved_by: tuple[str, ...]
    early: dict[str, str] | None
    revision: dict[str, str] | None
    retractions: tuple[dict[str, str], ...]
    manifest: str
    previous: str
    source: str
    restated: dict[str, str] | None = None

    @property
    def retraction(self) -> dict[str, str] | None:
        """When and why it was withdrawn first."""
        return self.retractions[0] if self.retractions else None

    @property
    def fictional(self) -> bool:
        return self.source == FICTIONAL


def past(public: Path) -> list[Past]:
    """Every release, oldest first; ReleaseError where a manifest or a retraction cannot be read."""
    names = published(public)
    retractions = {
        name: tuple(map(_retraction, reasons))
        for name in names
        if (reasons := reasons_withdrawn(public / name))
    }
    there = [name for name in names if name not in retractions]
    replaced = {
        before: name for before, name in pairwise(there) if order(before)[0] == order(name)[0]
    }
    return [
        _past(public / name, retractions.get(name, ()), replaced.get(name, "")) for name in names
    ]


def unchanged_since(public: Path, release: str, file: str) -> str:
    """The release since which a file is as it is in this one, as far back as the manifests beside
    it show.
    """

    def known(name: str) -> str | None:
        files: dict[str, str] = manifest(public / name)["files"]
        return files.get(file)

    since = release
    for name in reversed(published_before(public, release)):
        if known(name) is None or known(name) != known(release):
            break
        since = name
    return since


def _past(folder: Path, retractions: tuple[dict[str, str], ...], superseded_by: str) -> Past:
    content = manifest(folder)
    state = "retracted" if retractions else "superseded" if superseded_by else "current"
    return Past(
        release=folder.name,
        published=content["published"],
        state=state,
        superseded_by=superseded_by,
        approved_by=_approved(folder / APPROVALS),
        early=content.get("early"),
        revision=content["revision"],
        retractions=retractions,
        restated=content.get("restated"),
        manifest=digest(folder / MANIFEST),
        previous=content["previous_manifest"] or "",
        source=FICTIONAL if content["fictional"] else content["city"],
    )


def _retraction(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {**content, **{key: content[key] for key in ("date", "reason", "decided_by")}}
    except (ValueError, TypeError, KeyError) as error:
        raise _cut_off(path, "reason for a retraction") from error


def _approved(path: Path) -> tuple[str, ...]:
    if not path.is_file():
        return ()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(one["role"] for one in given["approval"])
    except (ValueError, TypeError, KeyError) as error:
        raise _cut_off(path, "approvals") from error


def _cut_off(path: Path, what: str) -> ReleaseError:
    return ReleaseError(
        f"{path}: has no {what}; it was changed or cut off. Restore it from version control."
    )
