"""Candidates that an approver rejected, with the reason: kept with the confidential ledger, never
published.
"""

import json
from pathlib import Path

from openresponse.program import Folders
from openresponse.release.store.confidential import closed_off
from openresponse.release.store.files import disk_errors, replace_file

FILE = "rejections.jsonl"


def keep(folders: Folders, **rejection: str) -> None:
    """Add a line: `release`, `role`, `date`, `reason`."""
    path = folders.ledger / FILE
    with disk_errors(folders.ledger, "the rejection"), closed_off(folders.ledger):
        replace_file(path, _text(path) + json.dumps(rejection, ensure_ascii=False) + "\n")


def of(folders: Folders, release: str) -> list[dict[str, str]]:
    """The rejections of candidates of this name, oldest first."""
    lines = _text(folders.ledger / FILE).splitlines()
    return [one for one in map(json.loads, lines) if one["release"] == release]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
