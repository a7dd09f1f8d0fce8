"""The published cells of a table as sums of atoms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from openresponse.disclosure.system.atoms import PIECE, Block, Blocks
from openresponse.disclosure.system.periods import Span, months
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable

PERIOD = "period"
Condition = tuple[str, frozenset[str]]  # an attribute, and the codes of it that count


@dataclass(frozen=True)
class Cell:
    """One thing counted. rows: its positions in the table. block: by number. atoms: by number
    within the block. span: its months. asked: what it asks of which attribute of a record.
    """

    rows: np.ndarray
    block: int
    atoms: np.ndarray
    span: Span
    asked: tuple[Condition, ...]


@dataclass(frozen=True)
class _Lists:
    """A list of numbers for each of some things, one after the other in `values`."""

    values: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray

    @classmethod
    def of(cls, lists: list[list[int]]) -> "_Lists":
        lengths = np.array([len(one) for one in lists], dtype=int)
        values = np.array([value for one in lists for value in one], dtype=int)
        return cls(values, np.cumsum(lengths) - lengths, lengths)

    def spread(self, things: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """All numbers of the things: the place in `things` of each, and the number."""
        lengths = self.lengths[things]
        place = np.repeat(np.arange(len(things)), lengths)
        within = np.arange(len(place)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return place, self.values[np.repeat(self.starts[things], lengths) + within]


def cells(table: ContingencyTable, blocks: Blocks) -> Iterator[Cell]:
    """Every cell of a table, those that ask the same of a record together.

    DisclosureError where rows are missing or occur twice, or no block tells the cells apart.
    """
    _check_complete(table)
    asks = {name: _asks(table, name, blocks) for name in table.hierarchies}
    silent = pd.DataFrame(
        {
            name: table.cells[name].map({code: held is None for code, held in own.items()})
            for name, own in asks.items()
        },
        index=np.arange(len(table.cells)),
    )
    patterns = silent.groupby(list(silent)).indices if len(silent.columns) else {(): silent.index}
    for pattern, rows in patterns.items():
        quiet = pattern if isinstance(pattern, tuple) else (pattern,)
        asking = [name for name, is_quiet in zip(silent, quiet, strict=True) if not is_quiet]
        yield from _alike(table, {name: asks[name] for name in asking}, np.asarray(rows), blocks)


def by_code(table: ContingencyTable, dimension: str, variables: np.ndarray) -> pd.DataFrame:
    """The variables of a table's cells, a column for each code of a dimension."""
    others = [PERIOD, *(name for name in table.hierarchies if name != dimension)]
    cells = table.cells[others].assign(code=table.cells[dimension], variable=variables)
    return cells.pivot(index=others, columns="code", values="variable")


def _asks(table: ContingencyTable, name: str, blocks: Blocks) -> dict[str, frozenset[str] | None]:
    """What each code of a dimension asks of the attribute; None where every record has it."""
    coarsening = table.coarsening(name)
    every = frozenset(blocks.relations.codes[coarsening.attribute])
    return {code: None if every <= held else held for code, held in coarsening.codes.items()}


def _alike(
    table: ContingencyTable,
    asks: Mapping[str, Mapping[str, frozenset[str] | None]],
    rows: np.ndarray,
    blocks: Blocks,
) -> Iterator[Cell]:
    """The cells of some rows, which all ask something in the same dimensions."""
    chosen = table.cells.iloc[rows]
    period, periods = pd.factorize(chosen[PERIOD])
    spans = [months(str(one)) for one in periods]
    codes = {name: pd.factorize(chosen[name]) for name in asks}
    shape = [len(spans), *(len(known) for _, known in codes.values())]
    key = np.ravel_multi_index([period, *(at for at, _ in codes.values())], shape)
    rows_of = {int(one): rows[at] for one, at in pd.Series(key).groupby(key).indices.items()}
    attributes = {name: table.coarsening(name).attribute for name in asks}
    for number, used in _blocks(blocks, set(attributes.values()), spans, table.name).items():
        block = blocks.blocks[number]
        atom, at = _periods(block, spans, used).spread(block.atoms[PIECE].to_numpy())
        for name, (_, known) in codes.items():
            leaf, leaves = pd.factorize(block.atoms[attributes[name]])
            place, code = _holding(asks[name], list(known), list(leaves)).spread(leaf[atom])
            atom, at = atom[place], at[place] * len(known) + code
        atoms_of = pd.Series(atom).groupby(at).indices
        for one, own in rows_of.items():
            in_period, *places = (int(place) for place in np.unravel_index(one, shape))
            if in_period in used:
                atoms = np.sort(atom[atoms_of[one]]) if one in atoms_of else np.zeros(0, dtype=int)
                asked = tuple(
                    (attributes[name], asks[name][known[place]] or frozenset())
                    for (name, (_, known)), place in zip(codes.items(), places, strict=True)
                )
                yield Cell(own, number, atoms, spans[in_period], asked)


def _blocks(
    blocks: Blocks, attributes: set[str], spans: list[Span], table: str
) -> dict[int, set[int]]:
    """The first block that tells these attributes apart, in periods that make up each span: the
    numbers of the spans by block.
    """
    used: dict[int, set[int]] = {}
    for at, span in enumerate(spans):
        fitting = (
            number
            for number, block in enumerate(blocks.blocks)
            if attributes <= set(block.attributes) and block.covers(span)
        )
        number = next(fitting, None)
        if number is None:
            named = ", ".join(sorted(attributes)) or "its periods"
            raise DisclosureError(
                f"{table}: no block of records has {named}. Nothing was published; report this"
                " defect."
            )
        used.setdefault(number, set()).add(at)
    return used


def _periods(block: Block, spans: list[Span], used: set[int]) -> _Lists:
    """For each period of the block the spans, of those used, that it lies in."""
    return _Lists.of(
        [
            [at for at in sorted(used) if spans[at][0] <= start and end <= spans[at][1]]
            for start, end in block.spans
        ]
    )


def _holding(
    asks: Mapping[str, frozenset[str] | None], codes: list[str], leaves: list[str]
) -> _Lists:
    """For each finest code of an attribute the codes of a dimension that hold it."""
    return _Lists.of(
        [
            [at for at, code in enumerate(codes) if leaf in (asks[code] or frozenset())]
            for leaf in leaves
        ]
    )


def _check_complete(table: ContingencyTable) -> None:
    names = [PERIOD, *table.hierarchies]
    whole = table.cells[PERIOD].nunique()
    for hierarchy in table.hierarchies.values():
        whole *= len(hierarchy.codes)
    known = all(
        table.cells[name].isin(hierarchy.codes).all()
        for name, hierarchy in table.hierarchies.items()
    )
    if len(table.cells) != whole or not known or table.cells[names].duplicated().any():
        raise DisclosureError(
            f"{table.name}: its rows are not every combination of its codes, each once."
            " Nothing was published; this is a defect of a measure."
        )
