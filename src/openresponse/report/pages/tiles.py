"""The month at a glance: one number a measure, its way there, and whether it is as usual."""

from dataclasses import dataclass

import pandas as pd

from openresponse.language import _
from openresponse.release.store.published import Published
from openresponse.report.prose import launches, sentences, words
from openresponse.report.prose.faces import FACES, Face
from openresponse.report.prose.headlines import (
    headline_interval,
    table_of,
    timed_table,
    timed_tables,
)
from openresponse.report.prose.readings import (
    categories,
    cells,
    counted_as,
    series,
    since_break,
    table_apart,
)

# Of the line beside a number, in units of the picture.
WIDE, HIGH, EDGE = 120, 28, 3
OF_CITY, OF_MODEL = ("responders", "outcome"), ("attendance", "police_role", "outcome")
Slice = dict[str, str] | None


@dataclass(frozen=True)
class Tile:
    """large: the number. exact: what it is of, or of when. line: points of the way there, oldest
    first, in stretches between gaps. usual: what the control chart says of the level.
    """

    name: str
    large: str
    exact: str
    line: tuple[str, ...]
    usual: str


def of_city(published: Published) -> list[Tile]:
    """Up to four: calls, police, what happened, how long. Of those whose newest figure is shown."""
    tables = [(table_of(published, category), FACES[category]) for category in OF_CITY]
    shares = [_of_share(published, table, face) for table, face in tables if table]
    timed = timed_table(published)
    return [
        one
        for one in (_of_calls(published), *shares, _of_time(published, timed) if timed else None)
        if one
    ]


def of_model(published: Published, model: str) -> list[Tile]:
    """Up to four of one model: whether the team came, police, what happened, how long."""
    slice = {"model": model}
    tables = [(table_apart(published, category), FACES[category]) for category in OF_MODEL]
    shares = [_of_share(published, table, face, slice) for table, face in tables if table]
    timed = [one for one in timed_tables(published) if "model" in published.dimensions(one)]
    return [
        one for one in (*shares, *(_of_time(published, table, slice) for table in timed[:1])) if one
    ]


def _of_calls(published: Published) -> Tile | None:
    table = table_of(published, "stage")
    if table is None:
        return None
    readings = since_break(series(published, table, categories(published, table).roots[0]))
    values: list[float | None] = [one.value for one in readings]
    if not readings or readings[-1].value is None:
        return None
    return Tile(
        words.initial(words.unit("calls")),
        words.count(readings[-1].value),
        words.initial(words.period(readings[-1].period)),
        _line(values),
        words.initial(sentences.variation(values)),
    )


def _of_share(published: Published, table: str, face: Face, slice: Slice = None) -> Tile | None:
    readings = since_break(series(published, table, face.code, face.of, slice))
    share = readings[-1].shown if readings else None
    if share is None:
        return None
    judged = launches.since_last(published, table, face.of, slice, readings)
    name = words.initial(_(face.of_group[1])) if slice and face.of_group else _(face.short)
    return Tile(
        name,
        words.percent(share.share),
        _(
            "({n} of {of}), {period}",
            n=words.count(share.n),
            of=words.count(share.of),
            period=words.period(readings[-1].period),
        ),
        _line([one.share for one in readings]),
        words.initial(sentences.variation(judged, ceiling=1.0)),
    )


def _of_time(published: Published, table: str, slice: Slice = None) -> Tile | None:
    interval = headline_interval(published, table) or ""
    rows = cells(published, table, {**(slice or {}), "interval": interval}).sort_values("period")
    values = [None if pd.isna(value) else float(value) for value in rows["median_minutes"]]
    if not values or values[-1] is None:
        return None
    return Tile(
        published.label(table, "interval", interval),
        words.minutes(values[-1]),
        _(
            "at most, for half of the {unit} timed, {period}",
            unit=words.unit(counted_as(published, table)),
            period=words.period(rows["period"].iloc[-1]),
        ),
        _line(values),
        words.initial(sentences.variation(values)),
    )


def _line(values: list[float | None]) -> tuple[str, ...]:
    """The points of a line through the values that are known; it stops where one is not."""
    known = [value for value in values if value is not None]
    low, span = min(known), (max(known) - min(known)) or 1
    step = (WIDE - 2 * EDGE) / max(len(values) - 1, 1)
    stretches: list[list[str]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            stretches.append([])
            continue
        high = HIGH - EDGE - (value - low) / span * (HIGH - 2 * EDGE)
        stretches[-1].append(f"{EDGE + at * step:.1f},{high:.1f}")
    return tuple(" ".join(one) for one in stretches if one)
