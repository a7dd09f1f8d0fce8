"""The program file: everything that differs between cities, validated before anything is read."""

from pathlib import Path
from typing import Any, Literal, Self, get_args

import yaml
from pydantic import BaseModel, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from openresponse.errors import ProgramError
from openresponse.program.about import About
from openresponse.program.areas import Areas
from openresponse.program.budget import Budget
from openresponse.program.catalogue import Table
from openresponse.program.extracts import Extract, ExtractName
from openresponse.program.folders import Folders
from openresponse.program.models import DispatchCode, Model
from openresponse.program.privacy import Privacy
from openresponse.program.schedule import Calendar, Release
from openresponse.program.section import Code, Section


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
    unknown_code_limit: float = Field(ge=0, le=1, default=0.02)
    """The share of rows with an unknown code in a column above which the whole file is refused.
    Below it such rows are set aside, or counted as not recorded."""
    privacy: Privacy = Privacy()
    """Which figures may be shown."""
    release: Release = Release()
    """When figures are published, and who approves them."""
    calendar: Calendar | None = None
    """The days of publication."""
    tables: dict[Code, Table]
    """The public tables, each by the name of its file."""

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
        for month, day in (self.calendar.releases if self.calendar else {}).items():
            if day < (settled := self.release.settled(month)):
                raise ValueError(
                    f"calendar.releases.{month}: {day} is before {settled}; release.settle_days are"
                    f" {self.release.settle_days}"
                )
        return self

    @property
    def operating(self) -> dict[str, Model]:
        return {code: model for code, model in self.models.items() if model.status == "operating"}


def load(path: Path | str) -> Program:
    """Read and validate a program file; ProgramError names the key and what is allowed. Its folders
    are found from its own.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProgramError(
            f"{path}: the program file cannot be read ({type(error).__name__}). "
            "Give the path of a YAML file, such as program.yml."
        ) from error
    try:
        content = yaml.load(text, yaml.CSafeLoader)  # ten times as fast as the one in Python
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "somewhere"
        raise ProgramError(
            f"{path}, {where}: not valid YAML. Check indentation and quotes there."
        ) from error
    if not isinstance(content, dict):
        raise ProgramError(f"{path}: expected keys such as `program`, `extracts` and `tables`.")
    try:
        program = Program.model_validate(content)
    except ValidationError as error:
        raise ProgramError(
            f"{path}: " + "; ".join(_sentence(e) for e in error.errors()[:5])
        ) from error
    return program.model_copy(update={"folders": program.folders.below(path.parent)})


def _sentence(error: ErrorDetails) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return (
            f"`{key}` is not a key of the program file; allowed are"
            f" {', '.join(_siblings(error['loc']))}"
        )
    message = error["msg"].removeprefix("Value error, ")
    return f"`{key}`: {message}" if key else message


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
