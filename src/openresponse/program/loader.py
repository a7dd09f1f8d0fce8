"""The program file: everything that differs between cities, validated before anything is read."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self, get_args

from pydantic import BaseModel, Field, PrivateAttr, ValidationError, model_validator
from pydantic_core import ErrorDetails

from openresponse.errors import ProgramError
from openresponse.program import document
from openresponse.program.about import About
from openresponse.program.areas import Areas
from openresponse.program.budget import Budget
from openresponse.program.catalogue import Table
from openresponse.program.exports.extracts import Extract, ExtractName
from openresponse.program.folders import Folders
from openresponse.program.limits import Limits
from openresponse.program.models import DispatchCode, Model
from openresponse.program.privacy import Privacy
from openresponse.program.schedule import Calendar, Release
from openresponse.program.section import Code, Month, Section

NAMED_ERRORS = 5
SCALARS = (bool, int, float, date)


class Program(Section):
    """Everything that differs between cities."""

    program: About
    """Who publishes, in which languages, and where to get help."""
    folders: Folders = Folders()
    """Where files are kept, from the folder that the program file is in."""
    agencies: dict[Code, str] = {}
    """The agencies that respond, by code, with their names. The data package lists them."""
    models: dict[Code, Model] = {}
    """The response models, in the order in which pages list them."""
    dispatch_codes: dict[str, DispatchCode] = {}
    """The dispatch codes that count as mental-health calls."""
    budget: Budget | None = None
    """The money that was announced."""
    areas: Areas = Areas()
    """Police districts and neighborhoods."""
    dimensions: dict[str, dict[Code, str]] = {}
    """The values of further dimensions, such as the languages people speak: each code with its
    label."""
    universe: Literal["incidents", "unit_responses"] = "incidents"
    """What one row is: a 911 incident, or one unit on one call where a city has nothing else."""
    extracts: dict[ExtractName, Extract]
    """The files that the city delivers, and how it writes them."""
    no_calls: tuple[Month, ...] = Field(default=(), examples=[["2026-03"]])
    """Months in which no call came, though their files were delivered: their figures are zero. A
    file `NO_CALLS` in the month's folder says the same. Without either a month without a call is an
    error."""
    first_month: Month | None = Field(default=None, examples=["2025-08"])
    """The first month that is counted, where the first delivery holds months before its own.
    Without it these are out of scope."""
    unknown_code_limit: float = Field(ge=0, le=1, default=0.02)
    """The share of rows with an unknown code in a column above which a delivery is stopped. Such
    rows are set aside, or counted as not recorded."""
    plausibility: Limits = Limits()
    """From which point on a delivery is stopped or noted."""
    privacy: Privacy = Privacy()
    """Which figures may be shown."""
    release: Release = Release()
    """When figures are published, and who approves them."""
    calendar: Calendar | None = None
    """The days of publication."""
    tables: dict[Code, Table]
    """The public tables, each by the name of its file."""
    _file: Path = PrivateAttr(Path("program.yml"))
    _lines: dict[document.Place, int] = PrivateAttr({})

    @model_validator(mode="after")
    def names_that_are_used_exist(self) -> Self:
        for code, dispatch in self.dispatch_codes.items():
            if dispatch.eligible is not None and dispatch.eligible not in self.models:
                raise ValueError(
                    f"dispatch_codes.{code}.eligible: allowed are {', '.join(self.models)}"
                )
        for code, district in self.areas.districts.items():
            for model in district.launched:
                if model not in self.models:
                    raise ValueError(
                        f"areas.districts.{code}.launched: allowed are {', '.join(self.models)}"
                    )
        for name, table in self.tables.items():
            if any(source not in self.tables for source in table.derived_from):
                raise ValueError(
                    f"tables.{name}.derived_from: allowed are {', '.join(self.tables)}"
                )
        for number, exemption in enumerate(self.privacy.exemptions):
            if exemption.table not in self.tables:
                raise ValueError(
                    f"privacy.exemptions.{number}.table: allowed are {', '.join(self.tables)}"
                )
        return self

    @model_validator(mode="after")
    def figures_are_published_when_they_have_settled(self) -> Self:
        """Days that had passed when the list was last changed are history, which no other plan
        touches.
        """
        if not self.calendar:
            return self
        changed = self.calendar.announced
        for month, day in self.calendar.releases.items():
            if changed < day < (settled := self.release.settled(month)):
                raise ValueError(
                    f"calendar.releases.{month}: {day} is before {settled}; release.settle_days are"
                    f" {self.release.settle_days}. Name a later day; days that have passed stay,"
                    f" once `calendar.announced` ({changed}) is the day of this change"
                )
        return self

    def error(self, key: str, problem: str) -> ProgramError:
        """The error of a key that is wrong for what the program file is used for."""
        line = _line(tuple(key.split(".")), self._lines)
        return ProgramError(f"{self._file}, line {line}: `{key}`: {problem}")

    @property
    def operating(self) -> dict[str, Model]:
        return {code: model for code, model in self.models.items() if model.status == "operating"}


def load(path: Path | str) -> Program:
    """Read and validate a program file; ProgramError names the line, the key and what is allowed.
    Its folders are found from its own.
    """
    path = Path(path)
    read = document.read(path)
    if not isinstance(read.content, dict):
        raise ProgramError(f"{path}: expected keys such as `program`, `extracts` and `tables`.")
    try:
        program = Program.model_validate(read.content)
    except ValidationError as error:
        first = error.errors()[:NAMED_ERRORS]
        raise ProgramError(
            f"{path}, {'; '.join(_sentence(e, read.lines) for e in first)}."
        ) from error
    try:
        folders = program.folders.below(path.parent)
    except ValueError as error:
        raise ProgramError(f"{path}: `folders.{error}.") from error
    program = program.model_copy(update={"folders": folders})
    program._file, program._lines = path, read.lines
    return program


def _sentence(error: ErrorDetails, lines: Mapping[document.Place, int]) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        problem = (
            f"`{key}` is not a key of the program file; allowed are"
            f" {', '.join(_siblings(error['loc']))}"
        )
        return f"line {_line(error['loc'], lines)}: {problem}"
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "string_type" and isinstance(error["input"], SCALARS):
        message = "put quotes around it; without them YAML takes it for something else than text"
    further = message.partition(": ")[0]  # a validator may name a key further down
    place = (*error["loc"], *further.split("."))
    return f"line {_line(place, lines)}: " + (f"`{key}`: {message}" if key else message)


def _line(place: Sequence[str | int], lines: Mapping[document.Place, int]) -> int:
    """The line of a key, or of the nearest above it that is there."""
    by_text = {tuple(map(str, known)): line for known, line in lines.items()}
    steps = tuple(map(str, place))
    return next((by_text[at] for n in range(len(steps), 0, -1) if (at := steps[:n]) in by_text), 1)


def _siblings(loc: tuple[int | str, ...]) -> list[str]:
    """The keys allowed where a wrong one is written."""
    section: type[BaseModel] = Program
    for step in loc[:-1]:
        field = section.model_fields.get(str(step))
        nested = [] if field is None else _sections(field.annotation)
        section = nested[0] if nested else section
    return list(section.model_fields)


def _sections(annotation: Any) -> list[type[BaseModel]]:
    """The sections of the program file that a field may hold."""
    choices = (annotation, *get_args(annotation))
    return [one for one in choices if isinstance(one, type) and issubclass(one, Section)]
