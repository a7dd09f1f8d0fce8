"""Published cells as sums of kinds of records, and kinds of one block as sums of another's."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from openresponse.disclosure.audit.facts import Facts
from openresponse.disclosure.audit.record_kinds.exclusions import Knowledge
from openresponse.disclosure.audit.record_kinds.kind_blocks import Block, Blocks
from openresponse.disclosure.audit.record_kinds.month_spans import Span, span
from openresponse.disclosure.audit.record_kinds.table_uses import Use
from openresponse.disclosure.audit.record_kinds.variable_marks import mark
from openresponse.disclosure.audit.rows import Rows
from openresponse.tables.contingency import ContingencyTable


@dataclass(frozen=True)
class KindSums:
    """The kinds of one universe. spans: the periods of each table, by its name, in any release.
    first: block, months and vintage to the number of the variable of the first kind.
    """

    universe: str
    blocks: Blocks
    uses: dict[str, Use]
    facts: Facts
    rows: Rows
    first: dict[tuple[int, Span, int], int]

    @classmethod
    def of(
        cls,
        universe: str,
        releases: list[list[ContingencyTable]],
        relations: pd.DataFrame,
        facts: Facts,
        rows: Rows,
    ) -> "KindSums":
        """From the tables of every release, oldest first, and the relations of the newest."""
        own = [table for tables in releases for table in tables if table.universe == universe]
        aliases = {d: far for (of, d), far in facts.meanings.aliases.items() if of == universe}
        knowledge = Knowledge.of(own, relations[relations["universe"] == universe], aliases)
        uses: dict[str, Use] = {}
        for table in own:
            use = Use.of(table, knowledge.attributes)
            uses[table.name] = uses[table.name].with_(use) if table.name in uses else use
        return cls(universe, Blocks.of(knowledge, uses), uses, facts, rows, {})

    def add(self, number: int, tables: list[ContingencyTable]) -> None:
        """Add what one release says."""
        for table in tables:
            if table.universe == self.universe and len(table.cells):
                self._add_table(number, table)
        for one, other in self.blocks.links:
            self._link(number, one, other)

    def add_additions(self) -> None:
        """A revision that only adds records: no kind is rarer than in the vintage before."""
        for (block, months, vintage), now in self.first.items():
            before = self.first.get((block, months, vintage - 1))
            if before is not None:
                many = np.arange(len(self.blocks.blocks[block].kinds))
                self.rows.add_block(
                    np.tile(many, 2),
                    np.append(now + many, before + many),
                    np.repeat([1.0, -1.0], len(many)),
                    high=np.inf,
                    addition=True,
                )

    def _add_table(self, number: int, table: ContingencyTable) -> None:
        """Each cell is the sum of the kinds that it counts."""
        place = self.blocks.places[table.name]
        block, ids = self.blocks.blocks[place], self.facts.cells[number, table.name]
        periods = table.cells["period"].to_numpy()
        shape = "kinds", table.name, repr(table.hierarchies)
        new = [
            period
            for period in table.cells["period"].unique()
            if self.rows.is_new((*shape, period, self._vintage(number, span(period))))
        ]
        if not new:
            return
        names = list(table.hierarchies)
        codes = list(table.cells[names].itertuples(index=False, name=None))
        kinds = self._kinds_of(place, table, set(codes))
        for period in new:
            starts = [
                self._variable(number, place, block.spans[p]) for p in block.within(span(period))
            ]
            at = np.flatnonzero(periods == period)
            counted = [kinds[codes[row]] for row in at]
            self._sums(ids[at], counted, starts)
            self._note_impossible(ids[at], counted, starts)

    def _sums(self, cells: np.ndarray, kinds: list[np.ndarray], starts: list[int]) -> None:
        """Cells as sums of kinds, in each of the pieces of time that begin at these variables."""
        lengths = [len(own) * len(starts) for own in kinds]
        places = np.concatenate([np.zeros(0), *(start + own for own in kinds for start in starts)])
        row = np.repeat(np.arange(len(cells)), lengths)
        self.rows.add_block(
            np.append(row, np.arange(len(cells))),
            np.append(places, cells).astype(int),
            np.append(np.ones(len(places)), np.full(len(cells), -1.0)),
        )

    def _note_impossible(
        self, cells: np.ndarray, kinds: list[np.ndarray], starts: list[int]
    ) -> None:
        """That a cell is 0 is no secret where nothing that it counts can occur."""
        variables = self.facts.variables
        for cell, own in zip(cells, kinds, strict=True):
            if not any(variables[start + kind].high for start in starts for kind in own):
                variables[cell].may_be_zero = True

    def _kinds_of(
        self, place: int, table: ContingencyTable, codes: set[tuple[str, ...]]
    ) -> dict[tuple[str, ...], np.ndarray]:
        """The codes of a cell to the numbers of the kinds that it counts."""
        use = self.uses[table.name]
        counted = np.ones(len(self.blocks.blocks[place].kinds), dtype=bool)
        for condition in use.counted:
            counted &= self.blocks.flags(place, condition)
        flags = {
            key: self.blocks.flags(place, condition) for key, condition in use.conditions.items()
        }
        names = list(table.hierarchies)
        return {
            each: np.flatnonzero(
                np.logical_and.reduce(
                    [counted, *(flags[pair] for pair in zip(names, each, strict=True))]
                )
            )
            for each in codes
        }

    def _link(self, number: int, one: int, other: int) -> None:
        """Both blocks count the same by the attributes that they share."""
        blocks = [self.blocks.blocks[at] for at in (one, other)]
        shared = sorted(set(blocks[0].kinds.attributes) & set(blocks[1].kinds.attributes))
        codes = [  # the column of zeros stands for all records, where nothing is shared
            np.stack([np.zeros(len(b.kinds), int), *map(b.kinds.codes, shared)], axis=1)
            for b in blocks
        ]
        _, group = np.unique(np.concatenate(codes), axis=0, return_inverse=True)
        groups = np.split(group.ravel(), [len(codes[0])])
        for months in _coarser(*blocks):
            vintages = tuple(
                self._vintage(number, b.spans[p]) for b in blocks for p in b.within(months)
            )
            if self.rows.is_new(("link", self.universe, one, other, months, vintages)):
                parts = list(self._sides(number, (one, other), months, groups))
                row, variables, factors = (np.concatenate(x) for x in zip(*parts, strict=True))
                self.rows.add_block(row, variables, factors)

    def _sides(
        self, number: int, places: tuple[int, int], months: Span, groups: list[np.ndarray]
    ) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Rows, variables and factors of both blocks in each piece of some months."""
        for place, group, sign in zip(places, groups, (1.0, -1.0), strict=True):
            block = self.blocks.blocks[place]
            for piece in block.within(months):
                start = self._variable(number, place, block.spans[piece])
                yield group, start + np.arange(len(group)), np.full(len(group), sign)

    def _variable(self, number: int, place: int, months: Span) -> int:
        """The first variable of the kinds of a block in some months, as a release shows them."""
        key = place, months, self._vintage(number, months)
        if key not in self.first:
            block = self.blocks.blocks[place]
            marks = self.blocks.marks(place) ^ np.uint64(mark(self.universe, months, key[2]))
            possible = self._possible(block, place, months)
            self.first[key] = self.facts.add_kinds(months, possible, marks)
        return self.first[key]

    def _possible(self, block: Block, place: int, months: Span) -> np.ndarray:
        """Which kinds could occur in these months."""
        possible = np.ones(len(block.kinds), dtype=bool)
        for window in self.blocks.classes.knowledge.windows:
            told = self.blocks.tells(place, *(name for name, _ in window.conditions))
            if told and not window.allows(months):
                one, other = (self.blocks.flags(place, each) for each in window.conditions)
                possible &= ~(one & other)
        return possible

    def _vintage(self, number: int, months: Span) -> int:
        return self.facts.vintages.vintage(number, self.universe, months)


def _coarser(one: Block, other: Block) -> list[Span]:
    """The pieces of time of both blocks that are not inside a longer one."""
    every = sorted({*one.spans, *other.spans})
    return [
        (low, high)
        for low, high in every
        if not any(a <= low and high <= b and (a, b) != (low, high) for a, b in every)
        and one.within((low, high))
        and other.within((low, high))
    ]
