"""A small city that is walked through months: each step a command, with what came of it."""

import csv
import io
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import yaml

from openresponse import cli
from openresponse.release.store.published import Published
from openresponse.workflow.notebooks import execution
from openresponse.workflow.rendering import trial
from support import workspace
from support.extract import deliver

CALLS, OF_EMS = 60, 15  # a month


@dataclass
class Walk:
    """codes, said: the exit code of each step and what it printed."""

    folder: Path
    tables: tuple[str, ...] = ("funnel", "responders", "spending")
    codes: dict[str, int] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.program = workspace.program_file(self.folder, self.tables)

    @property
    def raw(self) -> Path:
        return self.folder / "raw"

    @property
    def public(self) -> Path:
        return self.folder / "public"

    def step(self, name: str, *arguments: str) -> int:
        """Run a command, its notebooks in this process."""
        printed = io.StringIO()
        with (
            chdir(workspace.ROOT),
            redirect_stdout(printed),
            redirect_stderr(printed),
            mock.patch.object(execution, "run", workspace.execute),
            mock.patch.object(trial, "make"),  # these walks are about figures
        ):
            self.codes[name] = cli.main([*arguments, "--program", str(self.program)])
        self.said[name] = printed.getvalue()
        return self.codes[name]

    def change(self, section: str, **keys: Any) -> None:
        """Change keys of a section of the program file."""
        content = yaml.safe_load(self.program.read_text(encoding="utf-8"))
        content[section] |= keys
        self.program.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")

    def replace(self, section: str, content: Any) -> None:
        """Write a section of the program file anew."""
        whole = yaml.safe_load(self.program.read_text(encoding="utf-8"))
        whole[section] = content
        self.program.write_text(yaml.safe_dump(whole, sort_keys=False), encoding="utf-8")

    def published(self, name: str) -> Published:
        return Published.load(self.public / name)

    def corrections(self) -> list[dict[str, str]]:
        return self.listed("corrections.csv")

    def correction(self, what: str) -> dict[str, str]:
        """The only one of this kind."""
        (entry,) = (row for row in self.corrections() if row["what"] == what)
        return entry

    def listed(self, name: str) -> list[dict[str, str]]:
        """The rows of a list of releases."""
        text = (self.public / name).read_text(encoding="utf-8")
        return list(csv.DictReader(text.splitlines()))

    def delivery(self, month: str, *more: dict, **files: list[dict]) -> Path:
        """The usual calls and units of a month, and more calls; other files as given."""
        usual = {"incidents": calls(month), "units": units(month)}
        given = usual | files
        given["incidents"] = [*given["incidents"], *more]
        return deliver(self.raw, month, **given)


def calls(month: str) -> list[dict]:
    """The calls of a month: numbered through, over all its days, in three districts."""
    return [
        {
            "Incident Number": f"P{month.replace('-', '')}{number:04}",
            "Call Received": f"{month}-{1 + number % 28:02} 10:00:00",
            "Type Code": "EDP2" if number % 3 else "EDP3",
            "District": ("B-2", "C-11", "A-1")[number % 7 % 3],
        }
        for number in range(CALLS)
    ]


def units(month: str) -> list[dict]:
    """A unit for each of them, which came within the hour; an ambulance to some."""
    return [
        {
            "Incident Number": call["Incident Number"],
            "Unit Type": "EMS" if number < OF_EMS else "POLICE",
            "Dispatched": call["Call Received"].replace("10:00", "10:02"),
            "Arrived": call["Call Received"].replace("10:00", "10:10"),
        }
        for number, call in enumerate(calls(month))
    ]
