"""A release is withdrawn: its files go, its manifest stays with the reason, and the confidential
side keeps what was public.

Whoever read a release may have kept it. So later releases are protected, and attacked, as if it
were still there.
"""

import json
import os
import shutil
from datetime import date
from pathlib import Path

from openresponse.errors import ReleaseError
from openresponse.program import Folders
from openresponse.release.store.confidential import closed_off
from openresponse.release.store.files import (
    digest,
    disk_errors,
    json_text,
    replace_file,
    replace_folder,
    write_file,
)
from openresponse.release.store.public_folder import (
    MANIFEST,
    RETRACTION,
    is_retracted,
    published,
    published_before,
    reasons_withdrawn,
    retraction_file,
    verify,
)
from openresponse.release.store.published import Published

KEPT = "retracted"  # below the confidential ledger: the files of retracted releases


def retract(folders: Folders, release: str, reason: str, decided_by: str, day: date) -> bool:
    """Withdraw a release; ReleaseError where it is not there or not as published. Of one that is
    withdrawn already the further reason is kept beside the first; False where it was kept before.
    """
    folder, kept = folders.public / release, folders.ledger / KEPT / release
    if release not in published(folders.public):
        raise ReleaseError(
            f"{folder}: there is no release of this name. Those that are there:"
            f" {', '.join(published(folders.public)) or 'none'}."
        )
    why = {"reason": reason, "decided_by": decided_by}
    text = json_text({"release": release, "date": str(day), **why})
    verify(folder)
    if is_retracted(folder):
        return _add(folder, text, why)

    def ended() -> str:
        state = "is withdrawn" if is_retracted(folder) else "is still public as it was"
        return f"{release} {state}."

    with disk_errors(folders.public, f"the retraction of {release}", ended):
        partial = kept.with_name(f".{release}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        with closed_off(folders.ledger):
            shutil.copytree(folder, partial)
            shutil.rmtree(kept, ignore_errors=True)
            partial.rename(kept)
        os.sync()  # what is kept is on the disk before what is public goes
        beside = folders.public / f".{release}.partial"
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        shutil.copy2(folder / MANIFEST, beside / MANIFEST)
        write_file(beside / RETRACTION, text)
        replace_folder(beside, folder)
    return True


def _add(folder: Path, text: str, why: dict[str, str]) -> bool:
    """Keep a further reason, unless it was given before; returns whether it is new."""
    reasons = reasons_withdrawn(folder)
    given = [json.loads(path.read_text(encoding="utf-8")) for path in reasons]
    is_new = not any(why.items() <= one.items() for one in given)
    if is_new:
        with disk_errors(folder, f"a further reason for the retraction of {folder.name}"):
            replace_file(folder / retraction_file(1 + len(reasons)), text)
    return is_new


def ever(folders: Folders, before: str | None = None) -> list[Published]:
    """Every release that was ever public (earlier than `before`), oldest first, a retracted one as
    it was.

    Without the confidential ledger, as on a journalist's machine, the retracted ones are left out;
    with it, ReleaseError where one is missing there.
    """
    names = published_before(folders.public, before) if before else published(folders.public)
    return [release for name in names if (release := _read(folders, name))]


def _read(folders: Folders, name: str) -> Published | None:
    if not is_retracted(folders.public / name):
        return Published.load(folders.public / name)
    kept = folders.ledger / KEPT / name
    if not any(folders.ledger.glob("*.json.gz")):  # no ledger, or one that was only begun
        return None
    if not (kept / MANIFEST).is_file() or digest(kept / MANIFEST) != digest(
        folders.public / name / MANIFEST
    ):
        raise ReleaseError(
            f"{kept}: the files of this retracted release are missing. Put them back with"
            " `openresponse restore FROM`, or copy them there from version control; without them"
            " nobody can say what their readers could work out."
        )
    verify(kept)
    return Published.load(kept)
