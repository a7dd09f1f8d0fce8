"""What became of every release, told from the manifests alone: the lists at the root of the public
folder.
"""

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from openresponse.release.formats.dictionary import FICTIONAL
from openresponse.release.store.write import (
    APPROVALS,
    MANIFEST,
    RETRACTION,
    csv_text,
    digest,
    disk_errors,
    published,
    published_before,
    write_file,
)
from openresponse.release.tables.columns import SOURCE

RELEASES, CORRECTIONS, CHANGES = LISTS = ("releases.csv", "corrections.csv", "CHANGELOG.md")
STATES = {
    "current": "as published",
    "superseded": "replaced by a revision",
    "retracted": "withdrawn; its files are gone",
}


@dataclass(frozen=True)
class Past:
    """One release. early: why it came before its day. revision: `of`, `date`, `reason`,
    `decided_by` where it revises one; retraction: the last three where it was withdrawn.
    """

    release: str
    published: str
    state: str
    superseded_by: str
    approved_by: tuple[str, ...]
    early: dict | None
    revision: dict | None
    retraction: dict | None
    manifest: str
    previous: str
    source: str

    @property
    def fictional(self) -> bool:
        return self.source == FICTIONAL


def past(public: Path) -> list[Past]:
    """Every release, oldest first."""
    names = published(public)
    manifests = {
        name: json.loads((public / name / MANIFEST).read_text(encoding="utf-8")) for name in names
    }
    retractions = {
        name: json.loads((public / name / RETRACTION).read_text(encoding="utf-8"))
        for name in names
        if (public / name / RETRACTION).is_file()
    }
    by = {
        manifest["revision"]["of"]: name
        for name, manifest in manifests.items()
        if manifest["revision"] and name not in retractions
    }
    return [
        Past(
            name,
            told["published"],
            "retracted" if name in retractions else "superseded" if name in by else "current",
            by.get(name, ""),
            _approved(public / name / APPROVALS),
            told.get("early"),
            told["revision"],
            retractions.get(name),
            digest(public / name / MANIFEST),
            told["previous_manifest"] or "",
            FICTIONAL if told["fictional"] else told["city"],
        )
        for name, told in manifests.items()
    ]


def _approved(path: Path) -> tuple[str, ...]:
    return (
        tuple(one["role"] for one in tomllib.loads(path.read_text(encoding="utf-8"))["approval"])
        if path.is_file()
        else ()
    )


def releases(found: list[Past]) -> pd.DataFrame:
    """One row a release: `release`, `published`, `state` (see STATES), `superseded_by`,
    `approved_by`, `manifest_sha256`, `previous_manifest_sha256`."""
    rows = [
        (
            one.release,
            one.published,
            one.state,
            one.superseded_by,
            "; ".join(one.approved_by),
            one.manifest,
            one.previous,
            one.source,
        )
        for one in found
    ]
    return pd.DataFrame(
        rows,
        columns=[
            "release",
            "published",
            "state",
            "superseded_by",
            "approved_by",
            "manifest_sha256",
            "previous_manifest_sha256",
            SOURCE,
        ],
        dtype="string",
    )


def corrections(found: list[Past]) -> pd.DataFrame:
    """One row a revision or retraction, oldest first: `date`, `release`, `what`, `revision`,
    `reason`, `decided_by`.
    """
    rows = [
        (
            one.revision["date"],
            one.revision["of"],
            "revision",
            one.release,
            one.revision["reason"],
            one.revision["decided_by"],
            one.source,
        )
        for one in found
        if one.revision
    ]
    rows += [
        (
            one.retraction["date"],
            one.release,
            "retraction",
            "",
            one.retraction["reason"],
            one.retraction["decided_by"],
            one.source,
        )
        for one in found
        if one.retraction
    ]
    return pd.DataFrame(
        sorted(rows),
        columns=["date", "release", "what", "revision", "reason", "decided_by", SOURCE],
        dtype="string",
    )


def changes(found: list[Past]) -> str:
    """The same in words, newest first."""
    told = [
        (
            one.published if not one.revision else one.revision["date"],
            (
                f"{one.release} published."
                if not one.revision
                else (
                    f"{one.release} published. It revises {one.revision['of']}:"
                    f" {one.revision['reason']} Decided by: {one.revision['decided_by']}."
                )
            ),
        )
        for one in found
    ]
    told += [
        (
            one.retraction["date"],
            (
                f"{one.release} retracted: {one.retraction['reason']} Decided by:"
                f" {one.retraction['decided_by']}."
            ),
        )
        for one in found
        if one.retraction
    ]
    source = "Fictional data.\n\n" if any(one.fictional for one in found) else ""
    return f"# Releases and corrections\n\n{source}" + "".join(
        f"- {day}: {text}\n" for day, text in sorted(told, reverse=True)
    )


def unchanged_since(public: Path, release: str, file: str) -> str:
    """The release since which a file is as it is in this one, as far back as the manifests beside
    it tell.
    """

    def known(name: str) -> str | None:
        return json.loads((public / name / MANIFEST).read_text(encoding="utf-8"))["files"].get(file)

    since = release
    for name in reversed(published_before(public, release)):
        if known(name) is None or known(name) != known(release):
            break
        since = name
    return since


def texts(public: Path) -> dict[str, str]:
    """File name to content of each list."""
    found = past(public)
    return {
        RELEASES: csv_text(releases(found)),
        CORRECTIONS: csv_text(corrections(found)),
        CHANGES: changes(found),
    }


def write(public: Path) -> None:
    """Bring the lists up to the releases that are there; each is replaced whole."""
    with disk_errors(public, "lists of releases"):
        for name, text in texts(public).items():
            beside = public / f".{name}.partial"
            write_file(beside, text)
            os.replace(beside, public / name)
