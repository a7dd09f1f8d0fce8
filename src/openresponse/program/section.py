"""What sections of the program file have in common: no key that they do not know, values that do
not change, and the days on which what they say holds.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Self

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from openresponse.tables.months import MONTH

ONE_DAY = timedelta(days=1)

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Month = Annotated[str, StringConstraints(pattern=f"^{MONTH}$")]


class Section(BaseModel):
    """The text below a key says what it changes; the documentation is made of these texts."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Dated(Section):
    """A description that may hold from a day, and to a day."""

    valid_from: date | None = Field(default=None, examples=["2026-07-01"])
    """The first day on which this holds. Without it, it always did."""
    valid_to: date | None = Field(default=None, examples=["2026-06-30"])
    """The last day on which this holds. Without it, it still does."""

    @model_validator(mode="after")
    def ends_after_it_began(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to: {self.valid_to} is before {self.valid_from}, valid_from")
        return self

    @property
    def first_day(self) -> date:
        return self.valid_from or date.min

    @property
    def last_day(self) -> date:
        return self.valid_to or date.max

    @property
    def days(self) -> str:
        """The days on which it holds, in words; empty where it always does."""
        since = f"from {self.valid_from}" if self.valid_from else ""
        until = f"to {self.valid_to}" if self.valid_to else ""
        return " ".join(filter(None, [since, until]))

    def holds_on(self, days: pd.Series) -> pd.Series:
        """Which of these days are among those on which it holds."""
        holds = pd.Series(True, index=days.index)
        if self.valid_from is not None:
            holds &= days >= pd.Timestamp(self.valid_from)
        if self.valid_to is not None:
            holds &= days <= pd.Timestamp(self.valid_to)
        return holds

    def holds_in(self, month: str) -> bool:
        """Whether it holds on any day of a month."""
        return self.first_day.isoformat()[:7] <= month <= self.last_day.isoformat()[:7]


def check_earlier(current: Dated, earlier: Sequence[Dated]) -> None:
    """ValueError where these do not follow one another, or have earlier ones of their own."""
    for number, one in enumerate(earlier):
        if getattr(one, "earlier", ()):
            raise ValueError(
                f"earlier.{number}.earlier: list all of them in one list, the oldest first"
            )
    _check_succession([*earlier, current])


def _check_succession(forms: Sequence[Dated]) -> None:
    """ValueError where one of these does not begin on the day after the last of the one before."""
    for number, (before, after) in enumerate(pairwise(forms)):
        if before.valid_to is None:
            raise ValueError(f"earlier.{number}.valid_to: is missing; write its last day")
        key = f"earlier.{number + 1}.valid_from" if number + 2 < len(forms) else "valid_from"
        wanted = before.valid_to + ONE_DAY
        if after.valid_from is None:
            raise ValueError(
                f"{key}: is missing; after what holds to {before.valid_to} write {wanted}"
            )
        if after.valid_from < wanted:
            raise ValueError(
                f"{key}: {after.valid_from} is before {wanted}, so that two hold on the days to"
                f" {before.valid_to}"
            )
        if after.valid_from > wanted:
            raise ValueError(
                f"{key}: {after.valid_from} is after {wanted}, so that none holds on the days"
                " between"
            )
