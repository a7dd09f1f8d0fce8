"""What became of every release, from the manifests alone."""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from openresponse.release.formats.dictionary import FICTIONAL
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import (
    APPROVALS,
    MANIFEST,
    RETRACTION,
    is_retracted,
    manifest,
    published,
    published_before,
)

STATES = {
    "current": "as published",
    "superseded": "replaced by a revision",
    "retracted": "withdrawn; its files are gone",
}


@dataclass(frozen=True)
class Past:
    """One release. early: why it came before its day. revision: `of`, `date`, `reason`,
    `decided_by` where it revises one; retraction: the last three where it was withdrawn; restated:
    `date` and `reason` where it says otherwise what money was spent in earlier months.
    """

    release: str
    published: str
    state: str
    superseded_by: str
    approved_by: tuple[str, ...]
    early: dict[str, str] | None
    revision: dict[str, str] | None
    retraction: dict[str, str] | None
    manifest: str
    previous: str
    source: str
    restated: dict[str, str] | None = None

    @property
    def fictional(self) -> bool:
        return self.source == FICTIONAL


def past(public: Path) -> list[Past]:
    """Every release, oldest first."""
    names = published(public)
    retractions = {
        name: dict(json.loads((public / name / RETRACTION).read_text(encoding="utf-8")))
        for name in names
        if is_retracted(public / name)
    }
    revisions = {
        revision["of"]: name
        for name in names
        if name not in retractions and (revision := manifest(public / name)["revision"])
    }
    return [_past(public / name, retractions.get(name), revisions.get(name, "")) for name in names]


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


def _past(folder: Path, retraction: dict[str, str] | None, superseded_by: str) -> Past:
    content = manifest(folder)
    state = "retracted" if retraction else "superseded" if superseded_by else "current"
    return Past(
        release=folder.name,
        published=content["published"],
        state=state,
        superseded_by=superseded_by,
        approved_by=_approved(folder / APPROVALS),
        early=content.get("early"),
        revision=content["revision"],
        retraction=retraction,
        restated=content.get("restated"),
        manifest=digest(folder / MANIFEST),
        previous=content["previous_manifest"] or "",
        source=FICTIONAL if content["fictional"] else content["city"],
    )


def _approved(path: Path) -> tuple[str, ...]:
    if not path.is_file():
        return ()
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(one["role"] for one in given["approval"])
