"""When each release comes: the days announced in the program file, and the refusal of a release
before its day.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openresponse.program import Calendar, Program
from openresponse.release.history import register

MONTH = slice(7)  # of a release's name; what follows is the number of a revision


@dataclass(frozen=True)
class Entry:
    """One release, published or to come. early: what its manifest says where it came before its
    day. state: what became of it.
    """

    release: str
    day: date
    published: bool
    early: dict[str, str] | None = None
    state: str = "current"


@dataclass(frozen=True)
class Announced:
    """Everything a reader may know about days of publication. `plan` is None where a program
    announces none.
    """

    plan: Calendar | None
    zone: str
    settle_days: int
    entries: tuple[Entry, ...]

    def may_move(self, entry: Entry) -> bool:
        """Whether the day of a release to come is not certain yet."""
        confirmed = self.plan.confirmed if self.plan else ""
        return not entry.published and entry.release > confirmed


def today(program: Program) -> date:
    return datetime.now(program.program.zone).date()


def due(program: Program, release: str) -> date | None:
    """The day announced for a release; None where none is. A revision has the day of its month."""
    return program.calendar.releases.get(release[MONTH]) if program.calendar else None


def early(program: Program, release: str, today: date) -> str | None:
    """A sentence where the release would come before its day, else None."""
    day = due(program, release)
    if day is None or today >= day:
        return None
    return f"The release {release} is announced for {day}, and today is {today}."


def note(
    program: Program, release: str, today: date, reason: str, revises: bool = False
) -> dict[str, Any]:
    """What the manifest says of the day: today; and for a release that comes before its day both
    days and why. Of invented figures the announced day, or the first on which they had settled: so
    they are the same for everybody.
    """
    is_early = early(program, release, today)
    if revises or not (is_early or program.program.demonstration):
        return {"published": str(today)}
    if not is_early:
        return {"published": str(due(program, release) or program.release.settled(release))}
    return {
        "published": str(today),
        "early": {
            "announced": str(due(program, release)),
            "published": str(today),
            "reason": reason,
        },
    }


def announced(program: Program) -> Announced:
    """The calendar with what has been published, in the order of the months. What day it is
    today does not matter.
    """
    public = program.folders.public
    there = {
        one.release: Entry(
            one.release, date.fromisoformat(one.published), True, one.early, one.state
        )
        for one in register.past(public)
    }
    ahead = {
        month: Entry(month, day, False)
        for month, day in (program.calendar.releases if program.calendar else {}).items()
    }
    entries = ahead | there
    return Announced(
        program.calendar,
        program.program.timezone,
        program.release.settle_days,
        tuple(entries[name] for name in sorted(entries)),
    )
