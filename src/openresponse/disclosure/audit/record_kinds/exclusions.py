"""What a reader knows of the records of one universe: which codes never occur together.

By definition, as a code that means a code of another dimension says, or a part of the universe that
a table counts; and by what is published beside a release as relations.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from openresponse.disclosure.audit.record_kinds.month_spans import Span, span
from openresponse.disclosure.audit.record_kinds.table_attributes import Attributes, Codes, Condition
from openresponse.tables.contingency import ContingencyTable

ABSENT = ""  # the code of a record to which an attribute does not apply


@dataclass(frozen=True)
class Window:
    """Records that meet both conditions occur in these months only."""

    conditions: tuple[Condition, Condition]
    months: Span

    def allows(self, months: Span) -> bool:
        """Whether it may happen in some of these months."""
        return self.months[0] < months[1] and months[0] < self.months[1]


@dataclass(frozen=True)
class Knowledge:
    """codes: the finest codes of each attribute. never: two attributes to the pairs of their codes
    that never occur together, one row a code of the first. absent: attributes that do not apply to
    every record.
    """

    attributes: Attributes
    codes: dict[str, list[str]] = field(default_factory=dict)
    never: dict[tuple[str, str], np.ndarray] = field(default_factory=dict)
    windows: list[Window] = field(default_factory=list)

    @classmethod
    def of(
        cls, tables: list[ContingencyTable], relations: pd.DataFrame, aliases: dict[str, str]
    ) -> "Knowledge":
        """From the tables of a universe, of every release, and the relations of the newest one:
        `attribute` and `code`, `other` and `other_code`, and the `first` and the `last` month in
        which both occur, empty where they never do.
        """
        attributes = Attributes.of(tables, aliases)
        part = _counted_parts(attributes, tables)
        knowledge = cls(attributes)
        for name in attributes.parts:
            codes = attributes.codes(name)
            knowledge.codes[name] = [ABSENT, *codes] if part[name] else codes
        for name, subset in part.items():
            for dimension, code in sorted(subset):
                knowledge._same(name, frozenset(attributes.codes(name)), dimension, code)
        for table in tables:
            knowledge._read_meanings(table)
        knowledge._read_relations(_names(attributes, tables), relations)
        return knowledge

    def excluded(self, one: str, other: str) -> np.ndarray:
        """Which pairs of codes never occur together."""
        shape = len(self.codes[one]), len(self.codes[other])
        return self.never.get((one, other), np.zeros(shape, dtype=bool))

    def exclude(self, one: str, other: str, pairs: np.ndarray) -> None:
        """Note that these pairs of codes never occur together."""
        known = self.excluded(one, other) | pairs
        self.never[one, other], self.never[other, one] = known, known.T

    def among(self, attribute: str, codes: Codes) -> np.ndarray:
        """Flags of these codes among those of the attribute."""
        return np.array([code in codes for code in self.codes[attribute]], dtype=bool)

    def _same(self, name: str, codes: Codes, dimension: str, code: str) -> None:
        """Note that a record has one of these codes where it has a code of another dimension, and
        nowhere else.
        """
        other = self.attributes.names.get(dimension)
        held = self.attributes.held(other, code) if other else frozenset()
        if other and other != name and held:
            one, far = self.among(name, codes), self.among(other, held)
            self.exclude(name, other, np.outer(one, ~far) | np.outer(~one, far))

    def _read_meanings(self, table: ContingencyTable) -> None:
        for dimension, hierarchy in table.hierarchies.items():
            for node in hierarchy.nodes:
                if node.means:
                    name, codes = self.attributes.condition(table, dimension, node)
                    self._same(name, codes, *node.means)

    def _read_relations(self, names: dict[str, str], relations: pd.DataFrame) -> None:
        for row in relations.itertuples(index=False):
            one, other = names.get(row.attribute), names.get(row.other)
            if one is None or other is None:
                continue
            codes, others = self._codes(one, row.code), self._codes(other, row.other_code)
            if row.first:
                months = span(row.first)[0], span(row.last)[1]
                self.windows.append(Window(((one, codes), (other, others)), months))
            elif one != other:
                self.exclude(
                    one, other, np.outer(self.among(one, codes), self.among(other, others))
                )

    def _codes(self, attribute: str, code: str) -> Codes:
        return frozenset({code}) if code == ABSENT else self.attributes.held(attribute, code)


def _counted_parts(
    attributes: Attributes, tables: Iterable[ContingencyTable]
) -> dict[str, set[tuple[str, str]]]:
    """Attribute to the part of the universe, as (dimension, code), that every table which reads it
    counts.
    """
    parts: dict[str, set[tuple[str, str]]] = {}
    for table in tables:
        for dimension in table.hierarchies:
            name = attributes.read(table, dimension)
            parts[name] = parts.get(name, set(table.subset)) & set(table.subset)
    return parts


def _names(attributes: Attributes, tables: Iterable[ContingencyTable]) -> dict[str, str]:
    """The name of an attribute in the relations to the one it has here."""
    return {
        attributes.told.get((table.name, dimension), dimension): attributes.read(table, dimension)
        for table in tables
        for dimension in table.hierarchies
    }
