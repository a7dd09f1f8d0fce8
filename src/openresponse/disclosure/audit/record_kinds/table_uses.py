"""What each published table tells apart, and the periods in which it does."""

from dataclasses import dataclass
from itertools import pairwise

from openresponse.disclosure.audit.record_kinds.month_spans import Span, span
from openresponse.disclosure.audit.record_kinds.table_attributes import Attributes, Condition
from openresponse.tables.contingency import ContingencyTable


@dataclass(frozen=True)
class Use:
    """conditions: dimension and code to what it demands of a record. counted: what the part of the
    universe demands that the table counts. grain: the length of its shortest period, in months.
    """

    conditions: dict[tuple[str, str], Condition]
    counted: tuple[Condition, ...]
    spans: frozenset[Span]

    @classmethod
    def of(cls, table: ContingencyTable, attributes: Attributes) -> "Use":
        conditions = {
            (dimension, node.code): attributes.condition(table, dimension, node)
            for dimension, hierarchy in table.hierarchies.items()
            for node in hierarchy.nodes
        }
        counted = tuple(
            (attributes.names[dimension], attributes.held(attributes.names[dimension], code))
            for dimension, code in table.subset
            if dimension in attributes.names
        )
        return cls(
            conditions,
            tuple(condition for condition in counted if condition[1]),
            frozenset(map(span, table.cells["period"].unique())),
        )

    def with_(self, later: "Use") -> "Use":
        """The same table as another release has it."""
        return Use(
            {**self.conditions, **later.conditions},
            tuple(dict.fromkeys((*self.counted, *later.counted))),
            self.spans | later.spans,
        )

    @property
    def grain(self) -> int:
        return min(end - start for start, end in self.spans)

    @property
    def attributes(self) -> frozenset[str]:
        return frozenset(name for name, _ in (*self.conditions.values(), *self.counted))


def pieces(uses: list[Use], grain: int) -> list[Span]:
    """Into what the periods of this grain and of coarser ones cut the months."""
    spans = {months for use in uses if use.grain >= grain for months in use.spans}
    ends = sorted({end for months in spans for end in months})
    return [
        (low, high)
        for low, high in pairwise(ends)
        if any(start <= low and high <= end for start, end in spans)
    ]
