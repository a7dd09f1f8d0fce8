"""Who approved a candidate: roles of the program file, each for one exact manifest, signed with the
role's own key.
"""

import json
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from openresponse.errors import ReleaseError
from openresponse.program import Program
from openresponse.release.store import signatures
from openresponse.release.store.confidential import closed_off
from openresponse.release.store.files import digest, disk_errors, write_file
from openresponse.release.store.public_folder import APPROVALS, MANIFEST, manifest, verify

FIELDS = ("role", "date", "key", "signature")
Approval = dict[str, Any]  # these fields


def beside(candidate: Path) -> Path:
    """Where the approvals of a candidate are kept until it is published."""
    return candidate.with_name(f"{candidate.name}.toml")


def approve(program: Program, candidate: Path, role: str, key: Path, today: date) -> list[str]:
    """Record that a role approves the candidate as its files are now; returns the roles whose
    approval is still missing.

    key: the file of the role's private key. ReleaseError where it is not the key that the program
    file names for the role.
    """
    check_role(program, role)
    verify(candidate)
    named = program.release.approvers[role]
    if named is None:
        raise program.error(
            f"release.approvers.{role}",
            "write the role's public SSH key there; `ssh-keygen -t ed25519` makes a pair of keys.",
        )
    given = [one for one in _read(candidate, beside(candidate)) if one["role"] != role]
    approved = digest(candidate / MANIFEST)
    signature = signatures.sign(_text(approved, role, today), key)
    if not signatures.is_signed(_text(approved, role, today), signature, named):
        raise ReleaseError(
            f"{key}: not the key of {role}. Sign with the one whose public half is under"
            " `release.approvers` in the program file."
        )
    given.append({"role": role, "date": today, "key": named, "signature": signature})
    folder = candidate.parent
    with disk_errors(folder, f"the approval of {candidate.name}"), closed_off(folder):
        write_file(beside(candidate), _toml(approved, given))
    return missing(program, candidate)


def check_approvers(program: Program) -> None:
    """ProgramError where figures are real and nobody would have to approve them."""
    if not program.program.demonstration and not program.release.approvers:
        raise program.error(
            "release.approvers",
            "names nobody, and real figures are published only with an approval. Write there at"
            " least one role with its public SSH key, then run `openresponse status`.",
        )


def check_role(program: Program, role: str) -> None:
    """ReleaseError where the program file gives the role no say."""
    if role not in program.release.approvers:
        raise ReleaseError(
            f"{role}: not one of `release.approvers` of the program file, which are"
            f" {', '.join(program.release.approvers) or 'none'}."
        )


def missing(program: Program, candidate: Path) -> list[str]:
    """The roles that have not approved this exact manifest with their own key. Invented figures
    need nobody's approval, where both the program file and the manifest say that they are invented.

    ProgramError where figures are real and the program file names nobody who approves them.
    """
    if program.program.demonstration and manifest(candidate)["fictional"]:
        return []
    check_approvers(program)
    given = _read(candidate, beside(candidate))
    named = program.release.approvers
    signed = {one["role"] for one in given if one["key"] == named.get(one["role"])}
    return [role for role in named if role not in signed]


def check(release: Path) -> None:
    """ReleaseError where an approval of a published release was not signed, or two roles signed
    with one key. Needs nothing but its public files and `ssh-keygen`.
    """
    _read(release, release / APPROVALS)


def _read(release: Path, path: Path) -> list[Approval]:
    """The approvals of the manifest as it is now, each signed; earlier ones do not count."""
    if not path.is_file():
        return []
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        if content["manifest"] != digest(release / MANIFEST):
            return []
        given = [{name: one[name] for name in FIELDS} for one in content["approval"]]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ReleaseError(
            f"{path}: the approvals cannot be read. Remove the file and approve again."
        ) from error
    _refuse_unsigned(path, content["manifest"], given)
    return given


def _refuse_unsigned(path: Path, approved: str, given: Iterable[Approval]) -> None:
    keys: dict[str, str] = {}
    for one in given:
        text = _text(approved, one["role"], one["date"])
        if not signatures.is_signed(text, one["signature"], one["key"]):
            raise ReleaseError(
                f"{path}: the approval of {one['role']} is not signed with its key. Remove the file"
                " and approve again."
            )
        if (other := keys.setdefault(one["key"], one["role"])) != one["role"]:
            raise ReleaseError(
                f"{path}: {other} and {one['role']} approved with one key. Each role has its own."
            )


def _text(approved: str, role: str, day: date) -> str:
    """What is signed."""
    return f"manifest {approved}\nrole {role}\ndate {day}\n"


def _toml(approved: str, given: Iterable[Approval]) -> str:
    lines = [f'manifest = "{approved}"\n']
    for one in given:
        texts = {name: json.dumps(one[name]) for name in ("role", "key", "signature")}
        fields = {"role": texts["role"], "date": one["date"], **texts}
        lines.append("\n[[approval]]\n" + "".join(f"{n} = {v}\n" for n, v in fields.items()))
    return "".join(lines)
