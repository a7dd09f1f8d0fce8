"""The sections `release` and `calendar`: when figures are published, and who approves them."""

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from openresponse.program.section import Month, Section
from openresponse.tables.months import is_month

TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")

# What `ssh-keygen` writes into a `.pub` file; a comment may follow.
PublicKey = Annotated[
    str, StringConstraints(pattern=r"^(ssh|sk-ssh|ecdsa|sk-ecdsa)-\S+ \S+( [^\n]*)?$")
]


class Release(Section):
    """When figures are published, and who approves them."""

    settle_days: int = Field(ge=0, le=366, default=21)
    """How many days after the end of a month its records are complete enough to be published. No
    announced day may be earlier."""
    provisional_months: int = Field(ge=0, default=0)
    """How many of the newest months are marked with `p`, because late records may still revise
    them."""
    approvers: dict[str, PublicKey | None] = {}
    """The roles that must approve real figures before they become public, each with the public SSH
    key that it signs with, as it is in its `.pub` file. Invented figures need no approval."""

    run_log_years: int = Field(ge=1, default=6, examples=[7])
    """How many years the run log keeps an entry. Six is what 45 CFR 164.316(b)(2)(i) asks of a
    provider's records of its safeguards."""

    @field_validator("approvers")
    @classmethod
    def a_key_of_its_own_for_each_role(
        cls, approvers: dict[str, str | None]
    ) -> dict[str, str | None]:
        keys = [tuple(key.split()[:2]) for key in approvers.values() if key]
        if len(set(keys)) < len(keys):
            raise ValueError("two roles have the same key; each signs with its own")
        return approvers

    def settled(self, month: str) -> date:
        """The first day on which a month's figures may be published."""
        year, number = map(int, month.split("-"))
        return date(year + number // 12, number % 12 + 1, 1) + timedelta(days=self.settle_days - 1)


class Access(Section):
    """Who sees figures before everybody does. The calendar page says so."""

    role: str = Field(min_length=3)
    """A role, never the name of a person."""
    reason: str = Field(min_length=20)
    """What the role needs them for."""
    hours: int = Field(gt=0)
    """How many hours before the publication."""


class Calendar(Section):
    """Days of publication, announced ahead. Without a calendar a release can come on any day."""

    announced: date
    """When this list was announced, or last changed."""
    rule: str
    """How the days are chosen, in words."""
    time: str
    """The time of day in the program's time zone, in quotes."""
    confirmed: Month
    """The last month of data whose day is certain. Later days may still move, and the calendar page
    says so."""
    releases: dict[Month, date] = Field(min_length=1)
    """Each month of data and its day of publication. Before that day `release` refuses the month,
    unless `--early` gives a reason, which is published."""
    access: tuple[Access, ...] = ()
    """The roles that see the figures before that day."""

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
