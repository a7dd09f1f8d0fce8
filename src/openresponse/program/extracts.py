"""The section `extracts`: which file holds what, and how the city writes it."""

from typing import Any, Literal

from pydantic import field_validator

from openresponse.program.section import Section

ExtractName = Literal["incidents", "units", "encounters", "epcr", "spending", "milestones"]


class Column(Section):
    """The column of an extract that a field is read from.

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


class Extract(Section):
    """One kind of file. `monthly`: one in each delivery; `single`: one for all months."""

    file: str
    layout: Literal["monthly", "single"] = "monthly"
    required: bool = True
    encoding: str = "utf-8"
    columns: dict[str, Column]

    @field_validator("columns", mode="before")
    @classmethod
    def a_plain_name_is_a_column(cls, columns: Any) -> Any:
        if not isinstance(columns, dict):
            return columns
        return {name: {"column": c} if isinstance(c, str) else c for name, c in columns.items()}
