"""What a run is made from: the program file, the locked packages, the notebooks, the deliveries."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openresponse.media.bundle import LOCK, NOTEBOOKS, bundled
from openresponse.program import Folders
from openresponse.release.store.files import digest
from openresponse.workflow import delivered_files


def inputs(program_file: Path, folders: Folders) -> dict[str, str]:
    """The hash of each file by its name."""
    files = {name: bundled(name, folders.home) for name in (LOCK, *NOTEBOOKS)}
    files |= {program_file.name: program_file}
    read = {name: digest(path) for name, path in files.items()}
    return read | {f"raw/{path}": one for path, one in delivered_files.hashes(folders).items()}


def changed(now: Mapping[str, str], entries: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Of the hashes of files those that no entry has yet, or that an entry since has otherwise."""
    known: dict[str, str] = {}
    for entry in entries:
        known |= entry.get("changed", {})
    return {name: file_hash for name, file_hash in now.items() if known.get(name) != file_hash}


def all_in_one(hashes: Mapping[str, str]) -> str:
    """One hash for all of them."""
    listed = "".join(f"{name} {file_hash}\n" for name, file_hash in sorted(hashes.items()))
    return hashlib.sha256(listed.encode()).hexdigest()
