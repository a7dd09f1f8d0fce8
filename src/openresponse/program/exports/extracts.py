"""The section `extracts`: which file holds what, and how the city writes it."""

import codecs
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from openresponse.program.exports import nemsis
from openresponse.program.exports.extract_columns import Column, Heading
from openresponse.program.section import Code, Dated, Section, check_earlier

ExtractName = Literal["incidents", "units", "encounters", "epcr", "spending", "milestones"]
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}

Delimiter = Annotated[
    Literal["comma", "semicolon", "tab", "pipe"],
    BeforeValidator(lambda one: {sign: name for name, sign in DELIMITERS.items()}.get(one, one)),
]


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


class Extract(Dated):
    """One kind of file. Its name may also end in `.parquet` or `.xlsx` in the folder, and a text
    file may be packed, with `.gz` or `.zip` after its name."""

    file: str
    """The name of the file, in any case. With `*` for any letters it is several files, read one
    after the other. A file that ends in `.xml`, or a folder of such files, holds patient care
    records of NEMSIS 3.5; the headings of its columns are elements, such as `eTimes.07`."""
    source: str | None = Field(default=None, examples=["RIVERTON_CAD"])
    """Where the address of a database is kept, if the extract is a query: an environment variable,
    or a file outside the city's folder by its whole path. Never the address itself."""
    query: str | None = Field(
        default=None, examples=["SELECT * FROM calls WHERE received >= :first AND received < :next"]
    )
    """The question that `openresponse fetch` asks the database for a month. `:first` is its first
    day and `:next` the first day after it. The answer is kept as the file, with `.parquet`."""
    layout: Literal["monthly", "single"] = "monthly"
    """Whether each month's folder holds such files, or the raw folder has them for all months."""
    required: bool = Field(default=True, examples=[False])
    """Whether a month without this file is an error."""
    standard: Literal["nemsis-3.5"] | None = Field(default=None, examples=["nemsis-3.5"])
    """The standard that its columns are elements of, where it has one. A column without `codes` of
    its own is then read by [the codes of that standard](figures.qmd#nemsis)."""
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
    earlier: tuple["Extract", ...] = ()
    """The extracts that this one took the place of, the oldest first: each an extract of its own
    with `valid_to`, and this one with `valid_from`. In the month of the change both files are read;
    calls of other days than those of their extract are out of scope."""

    @field_validator("file")
    @classmethod
    def a_name_in_the_folder(cls, file: str) -> str:
        if file != file.strip() or not file or "/" in file or "\\" in file or file[0] == ".":
            raise ValueError("write the name of a file, without folders")
        return file

    @field_validator("source")
    @classmethod
    def no_address_in_the_program_file(cls, source: str | None) -> str | None:
        if source is not None and ("://" in source or "=" in source or not source.strip()):
            raise ValueError(
                "write where the address is kept, an environment variable or a file outside the"
                " city's folder, and not the address itself"
            )
        return source

    @model_validator(mode="after")
    def a_query_has_a_database_and_a_month(self) -> Self:
        if (self.source is None) != (self.query is None):
            raise ValueError("give `source` and `query` together, or neither")
        if self.query is not None and (self.layout == "single" or "*" in self.file):
            raise ValueError(
                "file: a query is asked for one month and kept as one file; give `layout: monthly`"
                " and a name without `*`"
            )
        return self

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
    def a_standard_has_its_codes(self) -> Self:
        if self.standard is not None:
            for name, column in self.columns.items():
                if not column.codes and column.otherwise is None:
                    by_standard = nemsis.described(column.column)
                    self.columns[name] = column.model_copy(update=by_standard)
        return self

    @model_validator(mode="after")
    def one_extract_follows_the_other(self) -> Self:
        check_earlier(self, self.earlier)
        return self

    @property
    def forms(self) -> tuple["Extract", ...]:
        """This extract and the earlier ones, the oldest first."""
        return (*self.earlier, self)

    @model_validator(mode="after")
    def moments_are_counted_from_moments_that_are_there(self) -> Self:
        for field in self.columns:
            reached: set[str] = set()
            waiting = [field]
            while waiting:
                for form in self.columns[waiting.pop()].forms:
                    if (after := form.after) is None:
                        continue
                    if after not in self.columns or after == field:
                        raise ValueError(
                            f"columns.{field}.after: {after} is not another field of these"
                            " columns, or counts from this one"
                        )
                    waiting += {after} - reached
                    reached.add(after)
        return self
