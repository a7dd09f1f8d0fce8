"""The sections `release` and `calendar`: when figures are published, and who approves them."""

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from openresponse.program.section import Month, Section
from openresponse.tables.months import is_month

TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")


class Release(Section):
    """When figures are published: `settle_days` after a month's end. `provisional_months`: of how
    many newest months records that arrive late may still revise the figures."""

    settle_days: int = Field(ge=0, default=21)
    provisional_months: int = Field(ge=0, default=0)
    approvers: tuple[str, ...] = ()

    def settled(self, month: str) -> date:
        """The first day on which a month's figures may be published."""
        year, number = map(int, month.split("-"))
        return date(year + number // 12, number % 12 + 1, 1) + timedelta(days=self.settle_days - 1)


class Access(Section):
    """Who sees figures before everybody does: a role, never a person's name; `hours` before the
    publication.
    """

    role: str = Field(min_length=3)
    reason: str = Field(min_length=20)
    hours: int = Field(gt=0)


class Calendar(Section):
    """Days of publication, announced ahead: `releases` maps a month of data to its day.

    announced: when this list was announced, or last changed. rule: how the days are chosen, in
    words.
    time: of day, in the program's time zone. confirmed: the last month whose day is settled; later
    ones may still move.
    """

    announced: date
    rule: str
    time: str
    confirmed: Month
    releases: dict[Month, date] = Field(min_length=1)
    access: tuple[Access, ...] = ()

    @field_validator("time", mode="before")
    @classmethod
    def a_time_of_day(cls, time: Any) -> Any:
        # Without quotes YAML reads 10:00 as the number 600.
        if not isinstance(time, str) or not TIME.match(time):
            raise ValueError('not a time of day; write one in quotes, such as "10:00"')
        return time

    @field_validator("releases", mode="before")
    @classmethod
    def months_of_data(cls, releases: Any) -> Any:
        for month in releases if isinstance(releases, dict) else ():
            if not is_month(str(month)):
                raise ValueError(f"{month} is not a month of data; write one such as 2026-10")
        return releases

    @model_validator(mode="after")
    def days_follow_each_other(self) -> Self:
        for (before, earlier), (month, day) in pairwise(self.releases.items()):
            if month <= before:
                raise ValueError(
                    f"releases.{month}: comes after {before}; list the months in order"
                )
            if day <= earlier:
                raise ValueError(
                    f"releases.{month}: {day} is not after {earlier}, the day of {before}"
                )
        if self.confirmed not in self.releases:
            raise ValueError(
                f"confirmed: {self.confirmed} has no day; allowed are {', '.join(self.releases)}"
            )
        return self
