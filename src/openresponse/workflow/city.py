"""A city at work, and what a command did there."""

import shlex
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from openresponse.disclosure import rules
from openresponse.errors import ProgramError
from openresponse.measures import planned_tables
from openresponse.program import Program, load
from openresponse.records import vocabulary
from openresponse.release.store.files import json_text, read_json, replace_file
from openresponse.workflow.arguments import PROGRAM_FILE
from openresponse.workflow.progress import Part, Progress

DURATIONS = "durations.json"  # in the build folder: seconds that each stage took the last time


@dataclass(frozen=True)
class City:
    """The program file that is worked with, and who hears how far the work is. elsewhere: folders
    that are not where the program file says, by their keys.
    """

    file: Path
    progress: Progress = field(default_factory=Progress)
    elsewhere: Mapping[str, Path] = field(default_factory=dict)

    @cached_property
    def program(self) -> Program:
        """What the program file says; ProgramError where it cannot be used, names what there is
        not, or has a privacy rule that cannot be kept.
        """
        program = load(self.file)
        vocabulary.check(program)
        planned_tables.check(program)
        try:
            rules.of(program.privacy)
        except ProgramError as error:
            raise ProgramError(f"{self.file}: {error}") from error
        folders = program.folders.model_copy(update=self.elsewhere)
        return program.model_copy(update={"folders": folders})

    def typed(self, *words: str) -> str:
        """A command as it is typed for this city, set as code."""
        return f"`openresponse {shlex.join([*words, *self.named])}`"

    @property
    def named(self) -> tuple[str, ...]:
        """The option that names the program file; nothing where it is taken without being named."""
        return () if self.file == Path(PROGRAM_FILE) else ("--program", str(self.file))

    def say(self, line: str) -> None:
        """A line for the person at work."""
        self.progress.say(line)

    def show(self, head: str, table: pd.DataFrame) -> None:
        """A table as plain lines for the person at work: labels on the left below `head`, whole
        numbers under the names of their columns.
        """
        rows = [[head, *map(str, table.columns)]]
        rows += [
            [str(label), *(f"{number:,}" for number in numbers)]
            for label, numbers in zip(table.index, table.to_numpy(), strict=True)
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for label, *numbers in rows:
            self.say("  ".join([label.ljust(widths[0]), *map(str.rjust, numbers, widths[1:])]))

    @contextmanager
    def stage(self, name: str, line: str) -> Iterator[Part]:
        """While something is made that takes long; how long is kept for the next time."""
        path = self.program.folders.build / DURATIONS
        durations = read_json(path) or {}
        begun = time.monotonic()
        with self.progress.stage(line, durations.get(name)) as part:
            yield part
        durations[name] = round(time.monotonic() - begun, 1)
        with suppress(OSError):  # whoever only reads may have no right to write there
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, json_text(durations))


@dataclass(frozen=True)
class Result:
    """What a command did: a word for machines, a sentence for people, what it made, and what it
    counted, by name. exit_code: not 0 where all went well and somebody must look all the same.
    """

    outcome: str
    message: str
    release: str = ""
    paths: tuple[Path, ...] = ()
    counts: dict[str, Any] = field(default_factory=dict)
    exit_code: int = 0
