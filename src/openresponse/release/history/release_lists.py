"""The lists of releases at the root of the public folder, made from the manifests alone."""

from pathlib import Path

import pandas as pd

from openresponse.release.history.register import Past, past
from openresponse.release.store.files import csv_text, disk_errors, replace_file
from openresponse.release.tables.columns import SOURCE

RELEASES, CORRECTIONS, CHANGES = LISTS = ("releases.csv", "corrections.csv", "CHANGELOG.md")


RELEASE_COLUMNS = (
    "release",
    "published",
    "state",
    "superseded_by",
    "approved_by",
    "manifest_sha256",
    "previous_manifest_sha256",
    SOURCE,
)
CORRECTION_COLUMNS = ("date", "release", "what", "revision", "reason", "decided_by", SOURCE)


def releases(past: list[Past]) -> pd.DataFrame:
    """One row a release: `release`, `published`, `state` (see `register.STATES`), `superseded_by`,
    `approved_by`, `manifest_sha256`, `previous_manifest_sha256`.
    """
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
        for one in past
    ]
    return pd.DataFrame(rows, columns=list(RELEASE_COLUMNS), dtype="string")


def corrections(past: list[Past]) -> pd.DataFrame:
    """One row a revision, retraction, or release that restates spending, oldest first: `date`,
    `release`, `what`, `revision`, `reason`, `decided_by`.
    """
    rows = []
    for one in past:
        if one.revision:
            reason = one.revision["reason"], one.revision["decided_by"], one.source
            what = one.revision["of"], "revision", one.release
            rows.append((one.revision["date"], *what, *reason))
        for retraction in one.retractions:
            reason = retraction["reason"], retraction["decided_by"], one.source
            rows.append((retraction["date"], one.release, "retraction", "", *reason))
        if one.restated:
            reason = one.restated["reason"], "; ".join(one.approved_by), one.source
            rows.append((one.restated["date"], one.release, "spending", "", *reason))
    return pd.DataFrame(sorted(rows), columns=list(CORRECTION_COLUMNS), dtype="string")


def changelog(past: list[Past]) -> str:
    """The same in words, newest first."""
    entries = []
    for one in past:
        if one.revision:
            because = f"{one.revision['reason']} Decided by: {one.revision['decided_by']}."
            text = f"{one.release} published. It revises {one.revision['of']}: {because}"
            entries.append((one.revision["date"], text))
        else:
            entries.append((one.published, f"{one.release} published."))
        for retraction in one.retractions:
            because = f"{retraction['reason']} Decided by: {retraction['decided_by']}."
            entries.append((retraction["date"], f"{one.release} retracted: {because}"))
        if one.restated:
            text = f"{one.release} changes spending of earlier months: {one.restated['reason']}"
            entries.append((one.restated["date"], text))
    source = "Fictional data.\n\n" if any(one.fictional for one in past) else ""
    listed = "".join(f"- {day}: {text}\n" for day, text in sorted(entries, reverse=True))
    return f"# Releases and corrections\n\n{source}{listed}"


def texts(public: Path) -> dict[str, str]:
    """File name to content of each list."""
    so_far = past(public)
    return {
        RELEASES: csv_text(releases(so_far)),
        CORRECTIONS: csv_text(corrections(so_far)),
        CHANGES: changelog(so_far),
    }


def write(public: Path) -> None:
    """Bring the lists up to the releases that are there; each is replaced whole."""
    with disk_errors(
        public, "the lists of releases", lambda: "Every release that is there is whole."
    ):
        for name, text in texts(public).items():
            replace_file(public / name, text)
