"""The section `tables`: every public table, what it counts and at which grain."""

from typing import Literal

from pydantic import Field

from openresponse.program.section import Code, Section


class Stack(Section):
    """Several counts of one shape in one file, one below the other."""

    column: Code
    """The column that says to which part a row belongs."""
    label: str
    """The heading of that column."""
    parts: dict[Code, str]
    """The parts by their codes, each with its label: measures, dimensions of the measure
    `contacts`, or intervals of the measure `times`."""


class Table(Section):
    """One public table, and one CSV file of its name: a measure, at a grain in time, by some
    dimensions."""

    title: str
    """What the table is called on every page and in every file."""
    measure: str | None = None
    """What is counted. Without it each part of `stack` is a measure of its own."""
    period: Literal["month", "quarter", "year", "all", "as_it_stands"]
    """How much time one row is about. The longer the period, the less has to be withheld. A table
    appears with its first complete period."""
    by: tuple[str, ...] = ()
    """Dimensions that split every count."""
    category: Code | None = None
    """The column that holds the codes of the measure. For the measures `volumes` and `contacts` it
    is also the dimension that they are counted by."""
    stack: Stack | None = None
    """Several counts of one shape in this file, one below the other."""
    upto: tuple[Code, ...] = ()
    """Codes of the measure below which nothing is published. It keeps a table coarse where finer
    figures would be withheld anyway."""
    lag_months: int = Field(ge=0, default=0)
    """How many months after the end of a period its figures are known. Until then the period has no
    row."""
    residents: bool = False
    """Whether the number of residents and the rate per 10,000 of them are columns too."""
    zeros: Literal["public", "hidden"] = Field(default="public", examples=["hidden"])
    """Whether a zero is shown, or withheld like the small counts."""
    derived_from: dict[Code, tuple[Code, ...]] = {}
    """For a file with one row for each incident: the tables that the rows are computed from. A
    table is given with some codes of its category where only the rows with these come from it."""
