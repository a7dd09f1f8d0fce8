"""What a table is a cross of, without its counts."""

from dataclasses import dataclass

from openresponse.disclosure.system.periods import Span, months
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy


@dataclass(frozen=True)
class Shape:
    """The cross of some spans of months and the codes of some dimensions.

    subset: the part of the universe that is counted, as (dimension, code) pairs.
    """

    universe: str
    spans: tuple[Span, ...]
    hierarchies: dict[str, Hierarchy]
    subset: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, table: ContingencyTable) -> "Shape":
        return cls(table.universe, spans(table), table.hierarchies, table.subset)


def spans(table: ContingencyTable) -> tuple[Span, ...]:
    """The table's periods, in the order of its rows."""
    return tuple(months(period) for period in table.cells["period"].unique())
