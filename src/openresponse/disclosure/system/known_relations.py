"""The relations that the search takes for known, as a table that anyone can attack with.

They are published beside each release. A pair of codes never occurs together, or only from a first
to a last month; a single combination of more codes is never told.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

import numpy as np
import pandas as pd

from openresponse.disclosure.system.atoms import PIECE, Block, Blocks
from openresponse.tables.microdata import COUNT, RELATION
from openresponse.tables.months import written

NEVER = ("", "")  # in place of the first and the last month


def known_relations(universes: Sequence[Blocks]) -> pd.DataFrame:
    """One row a pair of codes: `attribute` and `code`, `other` and `other_code` (empty where the
    attribute does not apply), and the `first` and the `last` month in which both occur, empty where
    they never do.
    """
    rows = [
        (blocks.universe, *row)
        for blocks in universes
        for row in (*_never_together(blocks), *_in_some_months(blocks))
    ]
    return pd.DataFrame(rows, columns=list(RELATION), dtype="string")


def _never_together(blocks: Blocks) -> Iterator[tuple[str, ...]]:
    relations = blocks.relations
    for one, other in combinations(sorted(relations.codes), 2):
        # Two attributes outside the core are told apart together only where chance is ruled out.
        never = relations.excluded if {one, other} & blocks.core else relations.beyond_chance
        pairs = never(one, other)
        for at, far in np.argwhere(pairs):
            yield one, relations.codes[one][at], other, relations.codes[other][far], *NEVER


def _in_some_months(blocks: Blocks) -> Iterator[tuple[str, ...]]:
    """Dated codes that occur together from some month on, or up to one, in the block that tells
    them apart by the shortest periods.
    """
    dated = sorted(blocks.dated)
    for one, other in combinations(dated, 2) if len(dated) > 1 else product(dated, dated):
        having = [block for block in blocks.blocks if {one, other} <= set(block.attributes)]
        if having:
            finest = max(having, key=lambda block: len(block.spans))
            for code, far, first, last in _windows(finest, one, other, blocks.relations.often):
                yield one, code, other, far, first, last


def _windows(block: Block, one: str, other: str, often: int) -> Iterator[tuple[str, ...]]:
    """Codes that occurred often and not from the first to the last period."""
    occurring = block.atoms[block.atoms[COUNT] > 0]
    together = occurring.groupby([*dict.fromkeys((one, other))], observed=True)
    found = together.agg(first=(PIECE, "min"), last=(PIECE, "max"), records=(COUNT, "sum"))
    for codes, row in found[found["records"] >= often].iterrows():
        if (row["first"], row["last"]) != (0, len(block.spans) - 1):
            code, far = codes if isinstance(codes, tuple) else (codes, codes)
            start, end = block.spans[row["first"]][0], block.spans[row["last"]][1]
            yield str(code), str(far), written(start), written(end - 1)
