"""Vintages: which version of a month's figures a release shows."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from openresponse.disclosure.audit.meanings import Cell, Meanings
from openresponse.disclosure.audit.record_kinds.month_spans import Span
from openresponse.tables.contingency import ContingencyTable


@dataclass(frozen=True)
class Vintages:
    """revised: universe to the spans of months that each release, by its number, revised."""

    revised: dict[str, dict[int, set[Span]]] = field(default_factory=dict)

    @classmethod
    def of(cls, releases: list[list[ContingencyTable]], meanings: Meanings) -> "Vintages":
        """Months are revised where one of their shown figures changed, or an earlier one is carried
        forward in place of a revised one; and where a shown one is withheld, in a release that
        revises any.
        """
        vintages = cls()
        last: dict[Cell, float] = {}
        for number, tables in enumerate(releases):
            changed: dict[str, set[Span]] = {}
            gone: list[Cell] = []
            for table in tables:
                rows = zip(meanings.cells(table), table.cells["count"], carried(table), strict=True)
                for cell, count, is_carried in rows:
                    universe, months, _ = cell
                    if pd.isna(count) and cell in last:
                        gone.append(cell)
                        if is_carried:
                            changed.setdefault(universe, set()).add(months)
                    elif pd.notna(count):
                        if last.get(cell, count) != count:
                            changed.setdefault(universe, set()).add(months)
                        last[cell] = count
            for cell in gone:
                universe, months, _ = cell
                if universe in changed:
                    changed[universe].add(months)
                    last.pop(cell, None)
            for universe, spans in changed.items():
                vintages.revised.setdefault(universe, {})[number] = spans
        return vintages

    def vintage(self, release: int, universe: str, months: Span) -> int:
        """Which vintage of these months a release shows: how often any of them had been revised."""
        return sum(
            any(start < months[1] and months[0] < end for start, end in spans)
            for number, spans in self.revised.get(universe, {}).items()
            if number <= release
        )


def carried(table: ContingencyTable) -> np.ndarray:
    """Flags of the cells in which an earlier figure is shown in place of a withheld revised one."""
    if "carried_forward" not in table.cells:
        return np.zeros(len(table.cells), dtype=bool)
    return np.asarray(table.cells["carried_forward"].notna().to_numpy(dtype=bool))
