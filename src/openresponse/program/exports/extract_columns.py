"""The columns of an extract: which field is where, and how its cells are written."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import Field, field_validator, model_validator

from openresponse.program.section import Dated, check_earlier

# Forms of a time that no calendar format can say: those that are a moment by themselves, and those
# that count from another moment.
NUMBERED = ("excel", "epoch seconds", "epoch milliseconds")
COUNTED = ("minutes", "seconds", "mm:ss", "hh:mm:ss")
YEARS, DAYS = ("%Y", "%y", "%G", "%c", "%x", "%D"), ("%d", "%j", "%c", "%x", "%D", "%u", "%e")

Heading = str | Annotated[int, Field(ge=1, strict=True)]


class Column(Dated):
    """Where a field is in an extract. A plain heading is enough for a column without other keys."""

    column: Heading | Annotated[tuple[Heading, ...], Field(min_length=1)]
    """The heading of the column in the file, in any case; or its place, counted from 1, where a
    heading is missing or is there twice. Where it was renamed, all its names: a file has one of
    them."""
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
    more_than_one: str | None = Field(default=None, examples=["other"])
    """The code for a cell that holds several values, as `2514005 + 2514011` for an element of a
    record that is repeated, where these stand for different codes. Without it such a cell is
    unknown."""
    not_ours: tuple[str, ...] = Field(default=(), examples=[["TRAFFIC", "ALARM*"]])
    """Spellings of rows that are about something else, such as calls that are no mental-health
    calls: such rows are counted as outside, not as unknown. A `*` stands for any letters."""
    earlier: tuple["Column", ...] = ()
    """How the field was written before, the oldest first: each a column of its own with
    `valid_to`, and this one with `valid_from`. A file has the column whose heading is there; where
    several are, the day of the row decides."""

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

    @model_validator(mode="after")
    def one_column_follows_the_other(self) -> Self:
        check_earlier(self, self.earlier)
        return self

    @property
    def names(self) -> tuple[Heading, ...]:
        return self.column if isinstance(self.column, tuple) else (self.column,)

    @property
    def forms(self) -> tuple["Column", ...]:
        """This column and the earlier ones, the oldest first, each with a single heading."""
        return tuple(
            form.model_copy(update={"column": name, "earlier": ()})
            for form in (*self.earlier, self)
            for name in form.names
        )


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
