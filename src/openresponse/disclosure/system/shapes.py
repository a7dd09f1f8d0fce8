"""What a table is a cross of, without its counts."""

from dataclasses import dataclass

from openresponse.disclosure.system.periods import Span, months
from openresponse.tables.contingency import CountTable
from openresponse.tables.hierarchy import Tree


@dataclass(frozen=True)
class Shape:
    """The cross of some spans of months and the codes of some dimensions.

    where: the part of the universe that is counted, as (dimension, code) pairs.
    """

    universe: str
    spans: tuple[Span, ...]
    trees: dict[str, Tree]
    where: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, table: CountTable) -> "Shape":
        return cls(table.universe, spans(table), table.trees, table.where)


def spans(table: CountTable) -> tuple[Span, ...]:
    """The table's periods, in the order of its rows."""
    return tuple(months(period) for period in table.cells["period"].unique())
