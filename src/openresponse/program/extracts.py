"""The section `extracts`: which file holds what, and how the city writes it."""

from typing import Any, Literal

from pydantic import Field, field_validator

from openresponse.program.section import Section

ExtractName = Literal["incidents", "units", "encounters", "epcr", "spending", "milestones"]


class Column(Section):
    """Where a field is in an extract. A plain name is enough for a column without other keys."""

    column: str
    """The heading of the column in the file."""
    codes: dict[str, str] = {}
    """Each spelling in the file, and the code it stands for. Capitals and outer spaces do not
    matter. Without it a cell is taken as it is."""
    pattern: str | None = None
    """A regular expression with one group: only this part of the cell is read."""
    otherwise: str | None = None
    """The code for every value that `codes` does not list. Without it such a value is unknown. An
    empty cell has no code: what nobody wrote down is counted as not recorded."""
    date: str | None = None
    """The heading of the column that holds the date, where this one holds only a time of day."""


class Extract(Section):
    """One kind of file. Its name may also end in `.parquet` or `.xlsx` in the folder."""

    file: str
    """The name of the file."""
    layout: Literal["monthly", "single"] = "monthly"
    """Whether each month's folder holds one such file, or one file holds all months."""
    required: bool = Field(default=True, examples=[False])
    """Whether a month without this file is an error."""
    encoding: str = Field(default="utf-8", examples=["cp1252"])
    """How a CSV file is encoded."""
    columns: dict[str, Column]
    """Which field is in which column. Columns that are not named here are never read."""

    @field_validator("columns", mode="before")
    @classmethod
    def a_plain_name_is_a_column(cls, columns: Any) -> Any:
        if not isinstance(columns, dict):
            return columns
        return {name: {"column": c} if isinstance(c, str) else c for name, c in columns.items()}
