"""A release on disk: written beside, moved into place whole, and never rewritten."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openresponse.errors import ReleaseError
from openresponse.release.store.confidential import closed_off
from openresponse.release.store.files import (
    digest,
    disk_errors,
    json_text,
    replace_folder,
    write_file,
)
from openresponse.release.store.public_folder import (
    APPROVALS,
    CANDIDATES,
    LATEST,
    MANIFEST,
    available,
    differing,
    latest_before,
)


def stage(
    build: Path,
    public: Path,
    release: str,
    files: Mapping[str, str | bytes],
    facts: Mapping[str, Any],
) -> Path:
    """Write a candidate release into the build folder, with a manifest of its hashes; return its
    folder.

    files: file name to content. facts: what the manifest says beside the hashes and the chain.
    """
    folder = build / CANDIDATES / release
    with disk_errors(folder, f"the candidate {release}"), closed_off(folder.parent):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            write_file(folder / name, content)
        previous = latest_before(public, release)
        write_file(
            folder / MANIFEST,
            json_text(
                {
                    **facts,
                    "files": {name: digest(folder / name) for name in sorted(files)},
                    "previous": previous,
                    "previous_manifest": digest(public / previous / MANIFEST) if previous else None,
                }
            ),
        )
    return folder


def promote(candidate: Path, public: Path, approvals: Path | None = None) -> Path:
    """Make a candidate the public release of its name: copied beside, moved into place whole.

    approvals: the file that says who approved it. The same content again is accepted; other content
    under a published name is a ReleaseError.
    """
    release = candidate.name
    target, beside = public / release, public / f".{release}.partial"

    def ended() -> str:
        if (target / MANIFEST).is_file():
            return f"{release} is public, and the copy `{LATEST}` is not yet that of it."
        return f"{release} is not public, and earlier releases are as they were."

    with disk_errors(public, f"the release {release}", ended):
        public.mkdir(parents=True, exist_ok=True)
        if target.exists():
            _same_or_refuse(target, candidate)
        else:
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir()
            for path in sorted(candidate.iterdir()):
                write_file(beside / path.name, path.read_bytes())
            if approvals:
                write_file(beside / APPROVALS, approvals.read_bytes())
            replace_folder(beside, target)
        point_latest(public)
    return target


def point_latest(public: Path) -> None:
    """Make `latest` the newest release whose files are there. It is a copy, not a link, so that it
    survives a web server and a checkout on any system.
    """
    newest, latest, beside = available(public)[-1:], public / LATEST, public / f".{LATEST}.partial"
    shutil.rmtree(beside, ignore_errors=True)
    if not newest:
        shutil.rmtree(latest, ignore_errors=True)
        return
    release = public / newest[0]
    if (
        (latest / MANIFEST).is_file()
        and digest(latest / MANIFEST) == digest(release / MANIFEST)
        and not differing(latest)
    ):
        return
    shutil.copytree(release, beside)
    replace_folder(beside, latest)


def _same_or_refuse(target: Path, candidate: Path) -> None:
    ours = {p.name: digest(p) for p in candidate.iterdir()}
    theirs = {p.name: digest(p) for p in target.iterdir() if p.name != APPROVALS}
    if changed := sorted(
        name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)
    ):
        raise ReleaseError(
            f"{target}: already published, and {', '.join(changed)} would change. A release is"
            " never rewritten: restore the extracts and code it was made from, or release a later"
            " month."
        )
