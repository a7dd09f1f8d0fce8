"""A city at work, and what a command did there."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from openresponse.program import Program, load
from openresponse.workflow.progress import Part, Progress

DURATIONS = "durations.json"  # in the build folder: seconds that each stage took the last time


@dataclass(frozen=True)
class City:
    """The program file that is worked with, and who hears how far the work is."""

    file: Path
    progress: Progress = field(default_factory=Progress)

    @cached_property
    def program(self) -> Program:
        """What the program file says; ProgramError where it cannot be used."""
        return load(self.file)

    def say(self, line: str) -> None:
        """A line for the person at work."""
        self.progress.say(line)

    @contextmanager
    def stage(self, name: str, line: str) -> Iterator[Part]:
        """While something is made that takes long; how long is kept for the next time."""
        path = self.program.folders.build / DURATIONS
        durations = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        begun = time.monotonic()
        with self.progress.stage(line, durations.get(name)) as part:
            yield part
        durations[name] = round(time.monotonic() - begun, 1)
        with suppress(OSError):  # whoever only reads may have no right to write there
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(durations), encoding="utf-8")


@dataclass(frozen=True)
class Result:
    """What a command did: a word for machines, a sentence for people, and what it made."""

    outcome: str
    message: str
    release: str = ""
    paths: tuple[Path, ...] = ()
