"""The section `extracts`: which file holds what, and how the city writes it."""

import codecs
import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BeforeValidator, Field, field_validator, model_validator

from openresponse.program.section import Code, Section

ExtractName = Literal["incidents", "units", "encounters", "epcr", "spending", "milestones"]
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
# Forms of a time that no calendar format can say: those that are a moment by themselves, and those
# that count from another moment.
NUMBERED = ("excel", "epoch seconds", "epoch milliseconds")
COUNTED = ("minutes", "seconds", "mm:ss", "hh:mm:ss")
YEARS, DAYS = ("%Y", "%y", "%G", "%c", "%x", "%D"), ("%d", "%j", "%c", "%x", "%D", "%u", "%e")

Heading = str | Annotated[int, Field(ge=1, strict=True)]
Delimiter = Annotated[
    Literal["comma", "semicolon", "tab", "pipe"],
    BeforeValidator(lambda one: {sign: name for name, sign in DELIMITERS.items()}.get(one, one)),
]


class Column(Section):
    """Where a field is in an extract. A plain heading is enough for a column without other keys."""

    column: Heading
    """The heading of the column in the file, in any case; or its place, counted from 1, where a
    heading is missing or is there twice."""
    required: bool = Field(default=True, examples=[False])
    """Whether a file without this column is an error. If not, such a file says nothing of the
    field."""
    format: str | None = Field(default=None, examples=["%m/%d/%Y %I:%M:%S %p"])
    """How a date or a time is written: with the signs of `strptime`, or `excel` (days since 1900),
    `epoch seconds`, `epoch milliseconds`; with `after` also `minutes`, `seconds`, `mm:ss` or
    `hh:mm:ss` since that moment. Without it ISO 8601, such as `2026-10-31 17:05:00`. A time without
    an offset is on the clock of `program.timezone`."""
    date: Heading | None = None
    """The heading of the column that holds the date, where this one holds only a time of day.
    `format` is then that of both, with a space between."""
    after: str | None = Field(default=None, examples=["dispatched"])
    """The field of the same row that this time is counted from, or whose day it has where it is a
    time of day; an earlier time of day is of the next one."""
    decimal: Literal[".", ","] | None = Field(default=None, examples=[","])
    """The decimal sign of numbers and amounts. Without it the cells of the column decide, and those
    that they do not agree on are unreadable."""
    pattern: str | None = None
    """A regular expression with one group: only this part of the cell is read."""
    missing: tuple[str, ...] = Field(default=(), examples=[["NULL", "N/A", "-"]])
    """Words that mean that nothing was recorded. Capitals do not matter."""
    codes: dict[str, str] = {}
    """Each spelling in the file, and the code it stands for. Capitals and outer spaces do not
    matter. Without it a cell is taken as it is. A spelling may stand for several unit types, where
    one car holds them: `CAR: [police, clinician]`."""
    otherwise: str | None = None
    """The code for every value that `codes` does not list; never for an empty cell. Without it such
    a value is unknown."""
    not_ours: tuple[str, ...] = Field(default=(), examples=[["TRAFFIC", "ALARM*"]])
    """Spellings of rows that are about something else, such as calls that are no mental-health
    calls: such rows are counted as outside, not as unknown. A `*` stands for any letters."""

    @field_validator("pattern")
    @classmethod
    def an_expression_with_one_group(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                one = re.compile(pattern).groups == 1
                # The engine that reads the cells: no expression can make it slow.
                pc.match_substring_regex(pa.array([""]), pattern)
            except (re.error, pa.ArrowInvalid):
                one = False
            if not one:
                raise ValueError(
                    r"not a regular expression with one group in parentheses, such as ^(\d+);"
                    " what looks ahead or back is not allowed"
                )
        return pattern

    @field_validator("codes", mode="before")
    @classmethod
    def several_codes_are_one_text(cls, codes: Any) -> Any:
        if not isinstance(codes, dict):
            return codes
        return {
            spelling: " + ".join(map(str, code)) if isinstance(code, list) else code
            for spelling, code in codes.items()
        }

    @field_validator("codes")
    @classmethod
    def no_spelling_twice(cls, codes: dict[str, str]) -> dict[str, str]:
        seen: dict[str, str] = {}
        for spelling, code in codes.items():
            if seen.setdefault(spelling.strip().casefold(), code) != code:
                raise ValueError(
                    f"{spelling} is there twice, with two codes; capitals and outer spaces do not"
                    " tell spellings apart"
                )
        return codes

    @model_validator(mode="after")
    def a_form_that_says_which_moment(self) -> Self:
        form = self.format
        if form in COUNTED:
            if self.after is None:
                raise ValueError(f"format {form} needs `after`: the field that it is counted from")
        elif form is not None and form not in NUMBERED:
            _check_format(form, timed_from_another=self.after is not None)
        if self.after is not None and self.date is not None:
            raise ValueError("give `date` or `after`, not both")
        return self


class Several(Section):
    """Where one cell holds several values, as `E31=10:02:11, M5=10:04:50`: one row for each."""

    columns: tuple[Heading, ...] = Field(examples=[["Dispatch Times", "Arrival Times"]])
    """The columns whose cells do. Values of the same name belong to one row; without names, values
    of the same place."""
    between: str = Field(default=",", min_length=1, examples=[";"])
    """What is between two values."""
    equals: str | None = Field(default=None, min_length=1, examples=["="])
    """What is between the name of a value and the value, where values have names."""
    heading: str | None = Field(default=None, examples=["Unit"])
    """The heading by which `columns` can name a column of these names."""

    @model_validator(mode="after")
    def names_have_a_heading(self) -> Self:
        if (self.equals is None) != (self.heading is None):
            raise ValueError("give `equals` and `heading` together, or neither")
        return self


class Extract(Section):
    """One kind of file. Its name may also end in `.parquet` or `.xlsx` in the folder, and a text
    file may be packed, with `.gz` or `.zip` after its name."""

    file: str
    """The name of the file, in any case. With `*` for any letters it is several files, read one
    after the other."""
    layout: Literal["monthly", "single"] = "monthly"
    """Whether each month's folder holds such files, or the raw folder has them for all months."""
    required: bool = Field(default=True, examples=[False])
    """Whether a month without this file is an error."""
    encoding: str | None = Field(default=None, examples=["cp1252"])
    """How a text file is encoded. Without it UTF-8, UTF-16 and Windows-1252 are told apart."""
    delimiter: Delimiter | None = Field(default=None, examples=["semicolon"])
    """What is between two cells of a text file. Without it the headings decide."""
    sheet: Heading | None = Field(default=None, examples=["Calls"])
    """The sheet of a workbook, by its name or its place counted from 1. Without it the first."""
    skip_rows: int = Field(default=0, ge=0, examples=[2])
    """How many lines are above the headings."""
    skip_last: int = Field(default=0, ge=0, examples=[1])
    """How many rows at the end are no records, such as totals. Blank ones are not counted."""
    missing: tuple[str, ...] = Field(default=(), examples=[["NULL"]])
    """Words that mean in every column that nothing was recorded. Capitals do not matter."""
    several: Several | None = None
    """Where one cell holds several values: one row for each."""
    numbers_begin_again: Literal["year", "month", "day", "never"] = Field(
        default="year", examples=["never"]
    )
    """How often the numbers of its rows begin again. The same number in another year, say, is
    another incident or record."""
    person_register: Code | None = Field(default=None, examples=["city_health"])
    """The register that its numbers of persons are of. Extracts that name the same one mean the
    same person by the same number. Without it each numbers persons by itself."""
    columns: dict[str, Column]
    """Which field is in which column. Columns that are not named here are never read."""

    @field_validator("file")
    @classmethod
    def a_name_in_the_folder(cls, file: str) -> str:
        if file != file.strip() or not file or "/" in file or "\\" in file or file[0] == ".":
            raise ValueError("write the name of a file, without folders")
        return file

    @field_validator("encoding")
    @classmethod
    def a_known_encoding(cls, encoding: str | None) -> str | None:
        if encoding is not None:
            try:
                "".encode(encoding)
                codecs.getincrementaldecoder(encoding)
            except (LookupError, ValueError) as error:
                raise ValueError(
                    "not a known encoding; write one such as utf-8, utf-16 or cp1252"
                ) from error
        return encoding

    @field_validator("columns", mode="before")
    @classmethod
    def a_plain_heading_is_a_column(cls, columns: Any) -> Any:
        if not isinstance(columns, dict):
            return columns
        return {
            name: {"column": one} if isinstance(one, str | int) else one
            for name, one in columns.items()
        }

    @model_validator(mode="after")
    def moments_are_counted_from_moments_that_are_there(self) -> Self:
        for field in self.columns:
            step, steps = field, [field]
            while (after := self.columns[step].after) is not None:
                if after not in self.columns or after in steps:
                    raise ValueError(
                        f"columns.{field}.after: {after} is not another field of these columns, or"
                        " counts from this one"
                    )
                step = after
                steps.append(step)
        return self


def _check_format(form: str, *, timed_from_another: bool) -> None:
    """ValueError where a calendar format is none, or does not say which day."""
    example = datetime(2026, 10, 31, 17, 5, 9, tzinfo=UTC)
    try:
        datetime.strptime(example.strftime(form), form)
        wrong = "%" not in form
    except ValueError:
        wrong = True
    if wrong:
        raise ValueError(
            f"format: not a form of dates or times; write one such as %m/%d/%Y %H:%M, or one of"
            f" {', '.join((*NUMBERED, *COUNTED))}"
        )
    dated = any(sign in form for sign in YEARS) and any(sign in form for sign in DAYS)
    if dated and timed_from_another:
        raise ValueError("format: has a day of its own; leave out `after`")
    if not dated and not timed_from_another:
        raise ValueError(
            "format: says no day; write the form of date and time together and name the column of"
            " the date under `date`, or the field that has the day under `after`"
        )
