"""What moved against what the city wants, by more than chance: it is asked about first."""

from dataclasses import dataclass

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.prose import launches, sentences, wilson
from openresponse.report.prose.faces import MEASURES, MORE, Face
from openresponse.report.prose.headlines import slices_of, table_of
from openresponse.report.prose.readings import Reading, Share, a_year_apart, series, since_break

MOST = 2


@dataclass(frozen=True)
class Move:
    """A measure of the whole city, its newest share and the one it is compared with."""

    table: str
    face: Face
    slice: dict[str, str] | None
    newest: Share
    before: Share
    is_a_year: bool

    @property
    def is_unwelcome(self) -> bool:
        """Whether it went the other way, by more than chance."""
        is_less = self.newest.share < self.before.share
        is_against = is_less if self.face.wanted == MORE else not is_less
        counts = (self.newest.n, self.newest.of), (self.before.n, self.before.of)
        return bool(is_against and self.newest.of and self.before.of and wilson.differ(*counts))

    @property
    def size(self) -> float:
        """How much of the earlier share it moved by."""
        return abs(self.newest.share - self.before.share) / max(self.before.share, 0.001)


def questions(published: Published) -> list[str]:
    """A question for each of the largest such moves."""
    against = sorted(
        (move for move in moves(published) if move.is_unwelcome),
        key=lambda move: move.size,
        reverse=True,
    )
    return [_question(published, move) for move in against[:MOST]]


def moves(published: Published) -> list[Move]:
    """Every measure with a wanted direction that has something to be compared with."""
    found = []
    for category, face in MEASURES:
        if not (table := table_of(published, category, face)):
            continue
        for slice in slices_of(published, table):
            readings = series(published, table, face.code, face.of, slice)
            before, is_a_year = compared_with(published, table, face, slice, readings)
            newest = readings[-1].shown if readings else None
            if newest and before and before.shown:
                found.append(Move(table, face, slice, newest, before.shown, is_a_year))
    return found


def compared_with(
    published: Published,
    table: str,
    face: Face,
    slice: dict[str, str] | None,
    readings: list[Reading],
) -> tuple[Reading | None, bool]:
    """The same period a year before, where that is shown and counts the same calls; else the period
    before. And whether it is the former.
    """
    readings = since_break(readings)
    if len(readings) < 2:
        return None, False
    _newest, year = a_year_apart(readings, readings[-1].period)
    if year is None or year.shown is None:
        return readings[-2], False
    launched = launches.between(published, table, face.of, slice, year.period, readings[-1].period)
    return (readings[-2], False) if launched else (year, True)


def _question(published: Published, move: Move) -> str:
    compare = sentences.year_before if move.is_a_year else sentences.change
    given = (published, move.table, move.face.code, move.face.of, move.slice)
    return f"{sentences.level(*given)} {compare(*given)} {_('What is behind that?')}"
