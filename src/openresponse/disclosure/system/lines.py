"""Lines: cells that differ only in their months, or only in their band of an axis, are sums of the
pieces of that line."""

from collections.abc import Iterator
from typing import Any

from openresponse.disclosure.system.periods import Span, pieces
from openresponse.disclosure.system.shapes import Shape, spans
from openresponse.disclosure.system.variables import Key, Variables
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable

TIME = "time"
Line = tuple[Any, ...]  # what its cells have in common


def add_lines(variables: Variables, tables: list[ContingencyTable]) -> None:
    """Add the sums along time and along axes, and the pieces that no table has.

    Such pieces are added for whole tables, so that they add up too.
    """
    while missing := _add_sums(variables):
        before = len(variables.names)
        _add_pieces(missing, tables, variables)
        if len(variables.names) == before:
            raise DisclosureError(
                "The periods of the tables could not be divided. Nothing was published; report"
                " this defect."
            )


def _add_sums(variables: Variables) -> list[tuple[Line, Span]]:
    """Add the sums of which every piece is there; returns the pieces that have no variable."""
    lines: dict[Line, dict[Span, int]] = {}
    for key, at in variables.index.items():
        for line, span in _lines(key):
            lines.setdefault(line, {})[span] = at
    missing: list[tuple[Line, Span]] = []
    for line, on_it in lines.items():
        if len(on_it) > 1:
            for whole, parts in pieces(on_it).items():
                missing += [(line, part) for part in parts if part not in on_it]
                if all(part in on_it for part in parts):
                    variables.add_sums([on_it[whole]], [[on_it[part] for part in parts]])
    return missing


def _lines(key: Key) -> Iterator[tuple[Line, Span]]:
    """The lines that a cell lies on: time, and each axis of which it has a band."""
    universe, span, conditions = key
    yield (universe, TIME, conditions), span
    for condition in conditions:
        axis, band = condition
        if isinstance(band, tuple):
            others = tuple(c for c in conditions if c != condition)
            yield (universe, span, axis, others), band


def _add_pieces(
    missing: list[tuple[Line, Span]], tables: list[ContingencyTable], variables: Variables
) -> None:
    for line, piece in missing:
        variables.variable(_key(line, piece), "joint table")
    in_time = sorted({piece for line, piece in missing if line[1] == TIME})
    for table in tables:
        own = set(spans(table))
        inside = [s for s in in_time if any(a <= s[0] and s[1] <= b for a, b in own)]
        if inside:
            shape = Shape(table.universe, tuple(inside), table.hierarchies, table.subset)
            variables.add_joint_table(shape)


def _key(line: Line, piece: Span) -> Key:
    """The key of the piece of a line."""
    if line[1] == TIME:
        universe, _, conditions = line
        return universe, piece, conditions
    universe, span, axis, others = line
    return universe, span, tuple(sorted((*others, (axis, piece)), key=str))
