"""Candidates that an approver rejected, with the reason: kept with the confidential ledger, never
published.
"""

import json
from pathlib import Path

from openresponse.errors import ReleaseError
from openresponse.program import Folders
from openresponse.release.store.confidential import closed_off
from openresponse.release.store.files import disk_errors, replace_file

FILE = "rejections.jsonl"
FIELDS = ("release", "role", "date", "reason")


def keep(folders: Folders, **rejection: str) -> None:
    """Add a line: `release`, `role`, `date`, `reason`."""
    path = folders.ledger / FILE
    with disk_errors(folders.ledger, "the rejection"), closed_off(folders.ledger):
        replace_file(path, _text(path) + json.dumps(rejection, ensure_ascii=False) + "\n")


def kept(folders: Folders) -> list[dict[str, str]]:
    """All of them, oldest first; ReleaseError names a line that cannot be read."""
    path = folders.ledger / FILE
    rejections = []
    for number, line in enumerate(_text(path).splitlines(), start=1):
        try:
            entry = json.loads(line)
            rejections.append({key: str(entry[key]) for key in FIELDS})
        except (ValueError, KeyError, TypeError) as error:
            raise ReleaseError(
                f"{path}, line {number}: cannot be read; it was changed or cut off. Restore the"
                " file from a backup."
            ) from error
    return rejections


def of(folders: Folders, release: str) -> list[dict[str, str]]:
    """The rejections of candidates of this name, oldest first."""
    return [one for one in kept(folders) if one["release"] == release]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
