"""Who approved a candidate: roles of the program file, each for one exact manifest."""

import json
import tomllib
from datetime import date
from pathlib import Path

from openresponse.errors import ReleaseError
from openresponse.program import Program
from openresponse.release.store.files import digest, disk_errors, write_file
from openresponse.release.store.public_folder import MANIFEST, manifest, verify


def beside(candidate: Path) -> Path:
    """Where the approvals of a candidate are kept until it is published."""
    return candidate.with_name(f"{candidate.name}.toml")


def approve(program: Program, candidate: Path, role: str, today: date) -> list[str]:
    """Record that a role approves the candidate as its files are now; returns the roles whose
    approval is still missing.
    """
    if role not in program.release.approvers:
        raise ReleaseError(
            f"{role}: not one of `release.approvers` of the program file, which are"
            f" {', '.join(program.release.approvers) or 'none'}."
        )
    verify(candidate)
    path, known = beside(candidate), {**_given(candidate), role: today}
    lines = [f'manifest = "{digest(candidate / MANIFEST)}"\n'] + [
        f"\n[[approval]]\nrole = {json.dumps(one)}\ndate = {day}\n" for one, day in known.items()
    ]
    with disk_errors(path.parent, f"the approval of {candidate.name}"):
        write_file(path, "".join(lines))
    return missing(program, candidate)


def missing(program: Program, candidate: Path) -> list[str]:
    """The roles that have not approved this exact manifest. Invented figures need nobody's
    approval, where both the program file and the manifest say that they are invented.
    """
    if program.program.demonstration and manifest(candidate)["fictional"]:
        return []
    return [role for role in program.release.approvers if role not in _given(candidate)]


def _given(candidate: Path) -> dict[str, date]:
    """Role to day, of the approvals of the manifest as it is now; earlier ones do not count."""
    path = beside(candidate)
    if not path.is_file():
        return {}
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        if given["manifest"] != digest(candidate / MANIFEST):
            return {}
        return {one["role"]: one["date"] for one in given["approval"]}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ReleaseError(
            f"{path}: the approvals cannot be read. Remove the file and approve again."
        ) from error
