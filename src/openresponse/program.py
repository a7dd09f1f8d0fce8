"""The program file: everything that differs between cities, validated before anything is read."""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator

from openresponse.errors import ProgramError
from openresponse.language import SOURCE, available

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")
TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")
Month = Annotated[str, StringConstraints(pattern=MONTH)]
MOST_COLUMNS, MOST_ROWS = 8, 12  # of the map of equal tiles; styles.css has a class for each


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Part):
    """A figure taken from elsewhere says from where."""

    amount: Decimal
    fiscal_year: int
    source: str


class Help(Part):
    label: str
    contact: str
    what: str


class Model(Part):
    """A response model. `team` names the unit type whose presence makes it this model's response."""

    label: str
    status: Literal["operating", "planning"]
    purpose: str
    when: str
    team: Literal["clinician", "worker"] | None = None
    launched: Month | None = None

    @model_validator(mode="after")
    def operating_models_have_a_team(self):
        if self.status == "operating" and self.team is None:
            raise ValueError("an operating model needs `team`: clinician or worker")
        return self


class District(Part):
    """A police district, and from which month each model operates there (default: the model's launch)."""

    label: str
    launched: dict[Code, Month] = {}


class Neighborhood(Part):
    """tile: its column and row on the map of equal tiles, from the upper left corner; no more columns than a phone shows.
    short: its name there, where the label is too long for a tile."""

    label: str
    short: str = ""
    residents: int | None = Field(gt=0, default=None)
    tile: tuple[Annotated[int, Field(ge=1, le=MOST_COLUMNS)], Annotated[int, Field(ge=1, le=MOST_ROWS)]] | None = None


class Areas(Part):
    residents_year: int | None = None
    residents_source: str = ""
    districts: dict[Code, District] = {}
    neighborhoods: dict[Code, Neighborhood] = {}

    @model_validator(mode="after")
    def every_neighborhood_has_a_tile_of_its_own_or_none_has(self):
        on_tile: dict[tuple[int, int], str] = {}
        for code, area in self.neighborhoods.items():
            if area.tile is None and any(other.tile for other in self.neighborhoods.values()):
                raise ValueError(f"neighborhoods.{code}.tile: missing; give every neighborhood a tile, or none for a page without a map")
            if area.tile in on_tile:
                raise ValueError(f"neighborhoods.{code}.tile: {list(area.tile)} is the tile of {on_tile[area.tile]}")
            if area.tile:
                on_tile[area.tile] = code
        return self


class DispatchCode(Part):
    """A mental-health dispatch code and the model its calls are eligible for (none: standard response)."""

    label: str
    eligible: Code | None = None


class Column(Part):
    """Where a field stands in an extract.

    codes: the city's spelling to ours, matched without regard to case and outer spaces.
    pattern: only this part of the cell (the first group) is looked up.
    otherwise: the code for a value that `codes` does not list.
    date: the column that holds the date, where this one holds only a time of day.
    """

    column: str
    codes: dict[str, str] = {}
    pattern: str | None = None
    otherwise: str | None = None
    date: str | None = None


class Extract(Part):
    """One kind of file. `monthly`: one in each drop folder; `single`: one for all months."""

    file: str
    layout: Literal["monthly", "single"] = "monthly"
    required: bool = True
    encoding: str = "utf-8"
    columns: dict[str, Column]

    @field_validator("columns", mode="before")
    @classmethod
    def a_plain_name_is_a_column(cls, columns):
        if not isinstance(columns, dict):
            return columns
        return {name: {"column": c} if isinstance(c, str) else c for name, c in columns.items()}


class Stack(Part):
    """Several counts of one shape in one file: `column` says which of `parts` a row belongs to."""

    column: Code
    label: str
    parts: dict[Code, str]


class Table(Part):
    """One public table: a measure, at a grain in time, by some dimensions.

    upto: codes of the measure below which nothing is published, for a grain at which finer ones would be withheld.
    zeros: `hidden` where 0 to t - 1 are to be withheld alike.

    category: the column of the measure's codes; for the measures `volumes` and `contacts` also the
        dimension they are counted by.
    lag_months: how many months after a period's end its figures are known.
    residents: adds residents and a rate per 10,000 of them.
    told_from: for a file of single incidents, which other tables tell them, each those with some codes of its category.
    """

    title: str
    measure: str | None = None
    period: Literal["month", "quarter", "year", "all", "as_it_stands"]
    by: tuple[str, ...] = ()
    category: Code | None = None
    stack: Stack | None = None
    upto: tuple[Code, ...] = ()
    lag_months: int = Field(ge=0, default=0)
    residents: bool = False
    zeros: Literal["public", "hidden"] = "public"
    told_from: dict[Code, tuple[Code, ...]] = {}


class Exemption(Part):
    """Counts that are shown however small, because law or public interest wants it; both are printed beside them."""

    table: Code
    where: dict[str, str]
    reason: str = Field(min_length=20)
    approver: str = Field(min_length=3)


class Privacy(Part):
    """harmless: dimensions in which a whole group may be seen to be alike, each with the reason."""

    preset: str = "cms-11"
    overrides: dict[str, int | str] = {}
    reliability: str | None = None
    harmless: dict[str, str] = {}
    exemptions: tuple[Exemption, ...] = ()


class Release(Part):
    """When figures are published: `settle_days` after a month's end. `provisional_months`: of how many newest months records
    that arrive late may still revise the figures."""

    settle_days: int = Field(ge=0, default=21)
    provisional_months: int = Field(ge=0, default=0)
    approvers: tuple[str, ...] = ()

    def settled(self, month: str) -> date:
        """The first day on which a month's figures may be published."""
        year, number = map(int, month.split("-"))
        return date(year + number // 12, number % 12 + 1, 1) + timedelta(days=self.settle_days - 1)


class Access(Part):
    """Who sees figures before everybody does: a role, never a person's name; `hours` before the publication."""

    role: str = Field(min_length=3)
    reason: str = Field(min_length=20)
    hours: int = Field(gt=0)


class Calendar(Part):
    """Days of publication, announced ahead: `releases` maps a month of data to its day.

    announced: when this list was announced, or last changed. rule: how the days are chosen, in words.
    time: of day, in the program's time zone. confirmed: the last month whose day stands; later ones may still move.
    """

    announced: date
    rule: str
    time: str
    confirmed: Month
    releases: dict[Month, date] = Field(min_length=1)
    access: tuple[Access, ...] = ()

    @field_validator("time", mode="before")
    @classmethod
    def a_time_of_day(cls, time):
        # Without quotes YAML reads 10:00 as the number 600.
        if not isinstance(time, str) or not TIME.match(time):
            raise ValueError('not a time of day; write one in quotes, such as "10:00"')
        return time

    @field_validator("releases", mode="before")
    @classmethod
    def months_of_data(cls, releases):
        for month in releases if isinstance(releases, dict) else ():
            if not MONTH.match(str(month)):
                raise ValueError(f"{month} is not a month of data; write one such as 2026-10")
        return releases

    @model_validator(mode="after")
    def days_follow_each_other(self):
        for (before, earlier), (month, day) in pairwise(self.releases.items()):
            if month <= before:
                raise ValueError(f"releases.{month}: stands after {before}; list the months in order")
            if day <= earlier:
                raise ValueError(f"releases.{month}: {day} is not after {earlier}, the day of {before}")
        if self.confirmed not in self.releases:
            raise ValueError(f"confirmed: {self.confirmed} has no day; allowed are {', '.join(self.releases)}")
        return self


class Folders(Part):
    raw: Path = Path("data/raw")
    public: Path = Path("data/public")
    build: Path = Path("build")
    site: Path = Path("site")
    ledger: Path = Path("data/raw/.ledger")


class About(Part):
    """Who publishes. email: where questions about the figures are read; data portals ask for one.

    languages: those of the website, by code; every page but data, figures and those written by hand is written in each.
    """

    name: str
    city: str
    timezone: str
    announced: date | None = None
    contact: str
    email: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    help: tuple[Help, ...] = ()
    note: str = ""
    languages: tuple[str, ...] = (SOURCE,)

    @field_validator("languages")
    @classmethod
    def languages_that_have_a_catalogue(cls, languages):
        if languages[:1] != (SOURCE,) or len(set(languages)) < len(languages) or set(languages) - set(available()):
            raise ValueError(f"write {SOURCE} first, then others that have a catalogue, each once; there are {', '.join(available())}")
        return languages

    @field_validator("timezone")
    @classmethod
    def a_known_time_zone(cls, name):
        if name not in available_timezones():
            raise ValueError("not a time zone; write one such as America/New_York")
        return name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Program(Part):
    program: About
    folders: Folders = Folders()
    agencies: dict[Code, str] = {}
    models: dict[Code, Model] = {}
    dispatch_codes: dict[str, DispatchCode] = {}
    budget: Source | None = None
    areas: Areas = Areas()
    dimensions: dict[str, dict[Code, str]] = {}
    universe: Literal["incidents", "unit_responses"] = "incidents"
    extracts: dict[Literal["incidents", "units", "encounters", "epcr", "spending", "milestones"], Extract]
    unknown_code_limit: float = Field(ge=0, le=1, default=0.02)
    privacy: Privacy = Privacy()
    release: Release = Release()
    calendar: Calendar | None = None
    tables: dict[Code, Table]

    @model_validator(mode="after")
    def names_that_are_used_exist(self):
        for code, dispatch in self.dispatch_codes.items():
            if dispatch.eligible is not None and dispatch.eligible not in self.models:
                raise ValueError(f"dispatch_codes.{code}.eligible: allowed are {', '.join(self.models)}")
        for code, district in self.areas.districts.items():
            for model in district.launched:
                if model not in self.models:
                    raise ValueError(f"areas.districts.{code}.launched: allowed are {', '.join(self.models)}")
        for name, table in self.tables.items():
            if any(told not in self.tables for told in table.told_from):
                raise ValueError(f"tables.{name}.told_from: allowed are {', '.join(self.tables)}")
        for number, exemption in enumerate(self.privacy.exemptions):
            if exemption.table not in self.tables:
                raise ValueError(f"privacy.exemptions.{number}.table: allowed are {', '.join(self.tables)}")
        return self

    @model_validator(mode="after")
    def figures_are_published_when_they_have_settled(self):
        for month, day in (self.calendar.releases if self.calendar else {}).items():
            if day < (settled := self.release.settled(month)):
                raise ValueError(f"calendar.releases.{month}: {day} is before {settled}; release.settle_days are {self.release.settle_days}")
        return self

    @property
    def operating(self) -> dict[str, Model]:
        return {code: model for code, model in self.models.items() if model.status == "operating"}


def load(path: Path | str) -> Program:
    """Read and validate a program file; ProgramError names the key and what is allowed."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProgramError(f"{path}: the program file cannot be read ({type(error).__name__}). "
                           "Give the path of a YAML file, such as program.yml.") from error
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "somewhere"
        raise ProgramError(f"{path}, {where}: not valid YAML. Check indentation and quotes there.") from error
    if not isinstance(content, dict):
        raise ProgramError(f"{path}: expected keys such as `program`, `extracts` and `tables`.")
    try:
        return Program.model_validate(content)
    except ValidationError as error:
        raise ProgramError(f"{path}: " + "; ".join(_sentence(e) for e in error.errors()[:5])) from error


def _sentence(error: dict) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"`{key}` is not a key of the program file; allowed are {', '.join(_siblings(error['loc']))}"
    message = error["msg"].removeprefix("Value error, ")
    return f"`{key}`: {message}" if key else message


def _siblings(loc: tuple) -> list[str]:
    """The keys allowed where a wrong one stands."""
    part: type[BaseModel] | None = Program
    for step in loc[:-1]:
        annotation = part.model_fields[step].annotation if part and step in part.model_fields else None
        nested = [a for a in (annotation, *getattr(annotation, "__args__", ())) if isinstance(a, type) and issubclass(a, Part)]
        part = nested[0] if nested else part
    return list(part.model_fields)
