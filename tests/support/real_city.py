"""A city with real figures and two approvers, whose first notebook gives the golden month."""

import json
import shutil
from pathlib import Path

import pytest
import yaml

from openresponse import cli
from openresponse.errors import DisclosureError
from openresponse.program import Program, load
from openresponse.release.store.confidential import close_off
from openresponse.workflow.notebooks import execution
from openresponse.workflow.rendering import trial
from openresponse.workflow.standing import waiting_releases
from support import golden, workspace
from support.extract import deliver

ROLES = ("privacy officer", "program analyst")
MONTH = "2025-03"


class RealCity:
    """refusal: what its gate says against a candidate; empty where it holds."""

    def __init__(self, folder: Path):
        self.folder, self.refusal = folder, ""
        self.keys = {role: workspace.key(folder / "keys", role) for role in ROLES}
        halves = {role: workspace.public_half(key) for role, key in self.keys.items()}
        self.file = workspace.program_file(folder, demonstration=False, approvers=halves)
        self.deliver(MONTH)

    def use(self, patch: pytest.MonkeyPatch) -> None:
        """Take its notebook for the first one, and make no website on trial."""
        patch.setattr(execution, "run", self.notebook)
        patch.setattr(trial, "make", lambda city, candidate: None)

    @property
    def program(self) -> Program:
        return load(self.file)

    def deliver(self, month: str, **call: str) -> None:
        folder = deliver(self.folder / "raw", month, incidents=[call])
        (folder / "FICTIONAL").unlink()
        close_off(folder)

    def change(self, section: str, **keys: object) -> None:
        content = yaml.safe_load(self.file.read_text(encoding="utf-8"))
        content[section] |= keys
        self.file.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")

    def notebook(self, _name, given, *_others, **_more) -> None:
        program = load(given["program_file"])
        folder = waiting_releases.folder(program, given["month"])
        shutil.copytree(golden.HERE / "public", folder)
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        manifest |= {"early": given["early"], "fictional": False}
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        if self.refusal:
            raise DisclosureError(self.refusal)

    def run(self, *arguments: str) -> int:
        return cli.main([*arguments, "--program", str(self.file)])

    def approve(self, role: str, *more: str) -> int:
        return self.run("approve", *more, "--as", role, "--key", str(self.keys[role]))

    @property
    def candidate(self) -> waiting_releases.Candidate:
        (one,) = waiting_releases.waiting(self.program)
        return one
