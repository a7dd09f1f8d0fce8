"""The sums inside a table: parts add up to their whole in every dimension."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from openresponse.disclosure.audit.facts import STOP, Facts
from openresponse.disclosure.audit.record_kinds.month_spans import span
from openresponse.disclosure.audit.rows import Rows
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable

SensitiveGroup = tuple[int, tuple[int, ...]]  # the whole, and its codes


@dataclass(frozen=True)
class Family:
    """Cells that add up: the dimension and code of the whole, its variable, those of its parts."""

    code: tuple[str, str]
    whole: int
    parts: list[int]


def add_table(
    number: int, table: ContingencyTable, facts: Facts, rows: Rows
) -> list[SensitiveGroup]:
    """Add the sums inside a published table; returns its sensitive groups."""
    ids = facts.cells[number, table.name]
    periods = table.cells["period"].unique()
    shape = table.name, len(ids) // max(len(periods), 1), repr(table.hierarchies)
    new = [
        p
        for p in periods
        if rows.is_new((shape, p, facts.vintages.vintage(number, table.universe, span(p))))
    ]
    keep = table.cells["period"].isin(new).to_numpy(dtype=bool)
    groups = []
    for family in families(table, table.cells[keep], ids[keep]):
        rows.sum(family.whole, family.parts)
        if family.code in table.sensitive and len(family.parts) > 1:
            groups.append((family.whole, tuple(family.parts)))
    return groups


def families(table: ContingencyTable, cells: pd.DataFrame, ids: np.ndarray) -> Iterator[Family]:
    """The cells that add up, in every dimension; DisclosureError where one is left out or
    occurs twice. ids: the variable of each cell.
    """
    rows = list(
        zip(*(cells[column].tolist() for column in ("period", *table.hierarchies)), strict=True)
    )
    if len(set(rows)) < len(rows):
        raise DisclosureError(f"{table.name}: a row occurs twice. {STOP}")
    for place, (dimension, hierarchy) in enumerate(table.hierarchies.items(), start=1):
        lines: dict[tuple[str, ...], dict[str, int]] = {}
        for row, at in zip(rows, ids.tolist(), strict=True):
            lines.setdefault(row[:place] + row[place + 1 :], {})[row[place]] = at
        codes = set(hierarchy.codes)
        if any(line.keys() != codes for line in lines.values()):
            raise DisclosureError(f"{table.name}: a row is missing instead of marked. {STOP}")
        ordered = [lines[others] for others in sorted(lines)]
        for code in hierarchy.codes:
            if parts := hierarchy.children(code):
                for line in ordered:
                    yield Family((dimension, code), line[code], [line[part] for part in parts])
