"""Sums along a line: a span of months, or a band of an axis, is the sum of its pieces."""

from dataclasses import dataclass
from itertools import pairwise

from openresponse.disclosure.audit.facts import Facts, Key
from openresponse.disclosure.audit.meanings import Cell, Conditions
from openresponse.disclosure.audit.record_kinds.month_spans import Span
from openresponse.disclosure.audit.rows import Rows


@dataclass(frozen=True)
class Line:
    """What the cells on a line have in common. months: None on a line of time. axis: None there,
    else that of the bands.
    """

    universe: str
    months: Span | None
    conditions: Conditions
    axis: str | None

    def cell(self, place: Span) -> Cell:
        """The cell at a place of the line."""
        if self.months is None:
            return self.universe, place, self.conditions
        return self.universe, self.months, self.conditions | {(str(self.axis), place)}


def add_lines(number: int, facts: Facts, rows: Rows) -> None:
    """Add the sums along time and axes whose pieces are all cells."""
    for line, places in _lines(number, facts).items():
        ends = sorted({end for place in places for end in place})
        for place, whole in places.items():
            inner = [end for end in ends if place[0] <= end <= place[1]]
            keys = [facts.key(number, line.cell(piece)) for piece in pairwise(inner)]
            if len(keys) > 1 and all(key in facts.index for key in keys):
                rows.sum(whole, [facts.index[key] for key in keys])


def _lines(number: int, facts: Facts) -> dict[Line, dict[Span, int]]:
    """Each line of more than one cell in a release, with the variables on it by their places."""
    lines: dict[Line, dict[Span, int]] = {}
    for key, at in facts.index.items():
        if _is_current(number, key, facts):
            universe, months, conditions, _ = key
            lines.setdefault(Line(universe, None, conditions, None), {})[months] = at
            for axis, band in sorted(
                (name, code) for name, code in conditions if isinstance(code, tuple)
            ):
                others = conditions - {(axis, band)}
                lines.setdefault(Line(universe, months, others, axis), {})[band] = at
    return {line: places for line, places in lines.items() if len(places) > 1}


def _is_current(number: int, key: Key, facts: Facts) -> bool:
    """Whether a release shows a cell in this vintage."""
    universe, months, _, vintage = key
    return facts.vintages.vintage(number, universe, months) == vintage
