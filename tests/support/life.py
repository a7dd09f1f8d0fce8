"""A small city's first three months as the README walks through them: releases, late records, a
correction and its withdrawal, with the site made after each.
"""

import contextlib
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest import mock

import pandas as pd

from openresponse import cli
from openresponse.workflow import rebuild
from openresponse.workflow.city import City
from openresponse.workflow.notebooks import execution
from support import golden, workspace

SHORT = "The rest of the month comes with the next delivery"
LATE = "Late records have arrived"
SWAPPED = "Two districts had been interchanged"
STRAY = "A file of another city was among the extracts"
UNCHANGED = "a revision of what has not changed"
ANALYST, OFFICER = ("--decided-by", "Program analyst"), ("--decided-by", "Privacy officer")
STEPS = {
    "2025-01": ("release", "--month", "2025-01"),
    "the site of 2025-01": ("site", "--month", "2025-01"),
    # The delivery of this month ends before the month does.
    "2025-02": ("release", "--month", "2025-02", "--accept", "last_days_missing", SHORT),
    "the site of 2025-02": ("site", "--month", "2025-02"),
    "2025-03": ("release", "--month", "2025-03"),
    "the site of 2025-03": ("site",),
    "late": ("revise", "--reason", LATE, *ANALYST),
    "the site with late records": ("site",),
    UNCHANGED: ("revise", "--reason", "We looked again", *OFFICER),
    "swapped": ("revise", "--reason", SWAPPED, *ANALYST),
    "the page for review": ("review",),
    "withdrawn": ("retract", "2025-03-r2", "--reason", STRAY, *OFFICER),
    "the site after the withdrawal": ("site",),
    "every file verified and every page made again": ("verify", "--rebuild"),
    "the audit": ("audit",),
}


@dataclass(frozen=True)
class Life:
    """The city's folder, and the exit code of each step, or the error that it ended in."""

    folder: Path
    results: dict[str, int | str]

    @property
    def program_file(self) -> Path:
        return self.folder / "program.yml"

    @property
    def public(self) -> Path:
        return self.folder / "public"

    @property
    def steps(self) -> dict[str, Path]:
        """The public folder as it was after each step that changed it."""
        return {path.name: path for path in (self.folder / "steps").iterdir()}

    def site(self, step: str) -> Path:
        """The pages as a step left them."""
        return self.folder / "sites" / step


def make(folder: Path, full: bool) -> dict[str, int | str]:
    """Take every step below `folder`; returns what came of each. With few tables, but in a full
    run; and between the verification and the audit, which both make every page again, nothing
    changes.
    """
    shutil.copytree(golden.HERE / "raw", folder / "raw")
    program_file = workspace.program_file(folder, None if full else workspace.FEW)
    unexplained = rebuild.unexplained
    once = cache(lambda: unexplained(City(program_file)))
    with contextlib.ExitStack() as during, (folder / "log.txt").open("w") as log:
        for stream in (contextlib.redirect_stdout, contextlib.redirect_stderr):
            during.enter_context(stream(log))
        during.enter_context(contextlib.chdir(folder))
        during.enter_context(mock.patch.object(execution, "run", workspace.execute))
        during.enter_context(mock.patch.object(rebuild, "make_site", _make_site))
        if not full:
            cached = mock.patch.object(rebuild, "unexplained", side_effect=lambda _city: once())
            during.enter_context(cached)
        return {step: _result(folder, step) for step in STEPS}


def _result(folder: Path, step: str) -> int | str:
    if step == "swapped":
        _change(folder / "raw" / "2025-03" / "incidents.csv", "District")
    verb, *_ = arguments = STEPS[step]
    try:
        code = cli.main(list(arguments))
    except Exception as error:
        return repr(error)
    if verb == "site" and code == 0:
        shutil.copytree(folder / "site" / "_site", folder / "sites" / step)
    if verb in ("release", "revise", "retract") and code == 0:
        shutil.copytree(folder / "public", folder / "steps" / step)
    return code


def _change(path: Path, column: str) -> None:
    """Two districts interchanged."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    swapped = frame[column].replace({"B-2": "B-3", "B-3": "B-2"})
    frame.assign(**{column: swapped}).to_csv(path, index=False)


def _make_site(again: Path, program_name: str) -> None:
    """In place of a process of its own, which would import everything once more."""
    with contextlib.chdir(again):
        assert cli.main(["site", "--quiet", "--program", program_name]) == 0
