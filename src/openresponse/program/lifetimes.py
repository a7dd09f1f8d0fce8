"""In which months the codes of places and models mean anything, and where their series break."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openresponse.program.areas import Area
from openresponse.program.loader import Program
from openresponse.tables import months


@dataclass(frozen=True)
class Lifetime:
    """first, last: month of existence; None where there always was, or still is, one. changed:
    months in which it became another, larger or smaller.
    """

    first: str | None = None
    last: str | None = None
    changed: frozenset[str] = frozenset()

    def covers(self, period: str) -> bool:
        """Whether there was one in any month of a period."""
        begin, end = months.span(period)
        return (self.first or end) <= end and begin <= (self.last or begin)

    def breaks_in(self, period: str) -> bool:
        """Whether figures of a period cannot be compared with those of the one before: it became
        another, or existed in a part of the period only.
        """
        begin, end = months.span(period)
        return self.covers(period) and (
            any(begin <= month <= end for month in self.changed)
            or begin < (self.first or begin)
            or (self.last or end) < end
        )


def lifetimes(program: Program) -> dict[str, dict[str, Lifetime]]:
    """By dimension, those codes that began, ended or changed."""
    every = {
        "district": _of_areas(program.areas.districts),
        "neighborhood": _of_areas(program.areas.neighborhoods),
        "model": {
            code: Lifetime(model.launched, model.ended) for code, model in program.operating.items()
        },
    }
    return {
        dimension: {code: one for code, one in of.items() if one != Lifetime()}
        for dimension, of in every.items()
    }


def _of_areas(areas: Mapping[str, Area]) -> dict[str, Lifetime]:
    changed: dict[str, set[str]] = {code: set() for code in areas}
    for code, area in areas.items():
        if area.was and area.valid_from:
            for one in (code, *area.was):
                changed[one].add(area.valid_from)
    return {
        code: Lifetime(area.valid_from, area.valid_to, frozenset(changed[code]))
        for code, area in areas.items()
    }


def successors(areas: Mapping[str, Area]) -> dict[str, str]:
    """The one area that each ended one became; not those that were split."""
    became: dict[str, list[str]] = {}
    for code, area in areas.items():
        for old in area.was:
            became.setdefault(old, []).append(code)
    return {old: new[0] for old, new in became.items() if len(new) == 1 and areas[old].valid_to}


def ended_or_begun(lives: Mapping[str, Lifetime], periods: Iterable[str]) -> set[tuple[str, str]]:
    """Each period and code of which there was none in that period."""
    return {
        (period, code)
        for period in periods
        for code, life in lives.items()
        if not life.covers(period)
    }
