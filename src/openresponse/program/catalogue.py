"""The section `tables`: every public table, what it counts and at which grain."""

from typing import Literal

from pydantic import Field

from openresponse.program.section import Code, Section


class Stack(Section):
    """Several counts of one shape in one file: `column` says which of `parts` a row belongs to."""

    column: Code
    label: str
    parts: dict[Code, str]


class Table(Section):
    """One public table: a measure, at a grain in time, by some dimensions.

    upto: codes of the measure below which nothing is published, for a grain at which finer ones
    would be withheld.
    zeros: `hidden` where 0 to t - 1 are to be withheld alike.

    category: the column of the measure's codes; for the measures `volumes` and `contacts` also the
        dimension they are counted by.
    lag_months: how many months after a period's end its figures are known.
    residents: adds residents and a rate per 10,000 of them.
    derived_from: for a file of single incidents, the tables that tell them, each those with some
    codes of its category.
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
    derived_from: dict[Code, tuple[Code, ...]] = {}
