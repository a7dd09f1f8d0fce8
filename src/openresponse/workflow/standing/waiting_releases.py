"""The candidates that are not public, and what each of them waits for."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from openresponse.program import Program
from openresponse.release.history import confidential_ledger
from openresponse.release.store import approvals
from openresponse.release.store.files import digest
from openresponse.release.store.public_folder import (
    CANDIDATES,
    MANIFEST,
    NAME,
    manifest,
    order,
    published,
)
from openresponse.workflow.rendering import page_folders
from openresponse.workflow.standing import candidate_records, made_from
from openresponse.workflow.standing.candidate_records import Record

State = Literal["unfinished", "refused", "overtaken", "outdated", "waiting", "approved"]


@dataclass(frozen=True)
class Candidate:
    """record: None where its run was stopped. missing: the roles that have not approved it.
    changed: what it was made from and is another now. overtaken_by: the newest release, where that
    is not the one that it was made to follow.
    """

    folder: Path
    record: Record | None
    missing: tuple[str, ...]
    changed: tuple[str, ...] = ()
    overtaken_by: str = ""

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def state(self) -> State:
        if self.record is None:
            return "unfinished"
        if self.overtaken_by:
            return "overtaken"
        if self.changed:
            return "outdated"
        if self.record.verdict:
            return "refused"
        return "waiting" if self.missing else "approved"

    @property
    def is_ready(self) -> bool:
        """Whether it can be approved, or published once it is."""
        return self.state in ("waiting", "approved")

    @property
    def again(self) -> tuple[str, ...]:
        """What is typed to make another in its place."""
        return self.record.order.command if self.record and not self.overtaken_by else ("release",)

    @property
    def sentence(self) -> str:
        """What it waits for."""
        verdict = self.record.verdict if self.record else ""
        return {
            "unfinished": f"{self.name} was stopped before every check had spoken.",
            "overtaken": (
                f"{self.name} was overtaken: {self.overtaken_by} was published after it was made."
            ),
            "outdated": (
                f"{self.name} is not what would be made now, so approvals of it do not count:"
                f" changed since is {', '.join(self.changed)}."
            ),
            "refused": f"{self.name} was refused: {verdict}",
            "waiting": f"{self.name} waits for the approval of: {', '.join(self.missing)}.",
            "approved": f"{self.name} has every approval, and is not published yet.",
        }[self.state]


def folder(program: Program, name: str) -> Path:
    """Where the candidate of this name is."""
    return program.folders.build / CANDIDATES / name


def waiting(program: Program) -> list[Candidate]:
    """The candidates that are not public, oldest first."""
    place, public = folder(program, ""), published(program.folders.public)
    names = {path.parent.name for path in place.glob(f"*/{MANIFEST}")}
    # Of a release that was refused before it was made, only the verdict is there.
    names |= {path.stem for path in place.glob("*.json") if NAME.fullmatch(path.stem)}
    names -= set(public)
    return [_candidate(program, folder(program, name), public) for name in sorted(names, key=order)]


def find(program: Program, name: str) -> Candidate | None:
    """The candidate of this name, where there is one that is not public."""
    return next((one for one in waiting(program) if one.name == name), None)


def given(program: Program, candidate: Path) -> bool:
    """Whether anybody approved these bytes."""
    signed = approvals.beside(candidate).is_file()
    return signed and approvals.missing(program, candidate) != list(program.release.approvers)


def remove(program: Program, name: str) -> None:
    """Remove a candidate with its approvals, its record, its pages, and what the ledger keeps of
    it.
    """
    path = folder(program, name)
    shutil.rmtree(path, ignore_errors=True)
    kept = program.folders.ledger / f"{name}{confidential_ledger.SUFFIX}"
    for beside in (approvals.beside(path), candidate_records.beside(path), kept):
        beside.unlink(missing_ok=True)
    page_folders.remove(program.folders.build, name)


def remove_overtaken(program: Program) -> list[Candidate]:
    """Remove the candidates that a published release overtook; returns what they were."""
    overtaken = [one for one in waiting(program) if one.overtaken_by]
    for one in overtaken:
        remove(program, one.name)
    return overtaken


def _candidate(program: Program, path: Path, public: list[str]) -> Candidate:
    record = candidate_records.read(path)
    newest = public[-1] if public else ""
    changed: list[str] = []
    if record:
        changed = made_from.changed(record.inputs, made_from.now(program, record.order.month))
    if not (path / MANIFEST).is_file():
        overtaken = bool(newest) and order(path.name) < order(newest)
        missing = list(program.release.approvers)
    else:
        follows = digest(program.folders.public / newest / MANIFEST) if newest else None
        overtaken = manifest(path)["previous_manifest"] != follows
        missing = approvals.missing(program, path)
    return Candidate(path, record, tuple(missing), tuple(changed), newest if overtaken else "")
