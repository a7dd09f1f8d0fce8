"""Records that did not occur and could have: what a withheld zero may be, for all a reader knows.

Where zeros are shown nobody takes a zero for anything else. Where they are withheld, a cell of which
no record was ever seen must be able to be as large as any other, so it needs records that count in
it: like those of the codes nearest to its own, and none that readers know to be impossible.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.system.relations import Relations
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy
from openresponse.tables.microdata import COUNT, MONTH, Microdata

LIKE = 5  # kinds of records that a cell nobody is in is given
SAME = 100  # how much nearer the same code is than any that shares all its parents


def with_possible_records(
    microdata: Microdata, tables: Sequence[ContingencyTable], rule: Rule
) -> Microdata:
    """The microdata with rows of 0 records for cells of zeros that are withheld. tables: of the
    microdata's universe.
    """
    hiding = [table for table in tables if "hidden" in (rule.zeros, table.zeros)]
    names, rows = microdata.attributes, microdata.rows
    relations = Relations.of(microdata, rule.often)
    kinds = rows[rows[COUNT] > 0].groupby(names, observed=True)[COUNT].sum()
    kinds = kinds.sort_values(ascending=False, kind="stable").reset_index()[names]
    made = [
        row for table in hiding for row in _Cells.of(table, kinds).rows(relations)
    ]
    if not made:
        return microdata
    possible = pd.DataFrame(made).drop_duplicates().assign(**{COUNT: 0})
    months = pd.DataFrame({MONTH: sorted(rows[MONTH].unique())})
    possible = possible.merge(months, how="cross")[list(rows)]
    return replace(microdata, rows=pd.concat([rows, possible.astype(rows.dtypes)], ignore_index=True))


@dataclass(frozen=True)
class _Cells:
    """The finest cells of a table.

    kinds: of the records that it counts, the most frequent first. held: each dimension to its
    attribute and the codes of that which each of its leaves holds. leaves: of each kind, a column
    for each dimension.
    """

    table: ContingencyTable
    kinds: pd.DataFrame
    held: dict[str, tuple[str, dict[str, list[str]]]]
    leaves: pd.DataFrame

    @classmethod
    def of(cls, table: ContingencyTable, kinds: pd.DataFrame) -> "_Cells":
        held = {}
        for name, hierarchy in table.hierarchies.items():
            coarsening = table.coarsening(name)
            codes = {leaf: sorted(coarsening.codes[leaf]) for leaf in hierarchy.leaves}
            held[name] = coarsening.attribute, {leaf: own for leaf, own in codes.items() if own}
        leaves = pd.DataFrame(
            {
                name: kinds[attribute].map({c: leaf for leaf, own in codes.items() for c in own})
                for name, (attribute, codes) in held.items()
            },
            index=kinds.index,
        ).dropna()
        return cls(table, kinds.loc[leaves.index], held, leaves)

    def rows(self, relations: Relations) -> Iterator[dict[str, str]]:
        """For each cell that counts no kind, kinds that it could count."""
        occupied = set(self.leaves.itertuples(index=False, name=None))
        distance = {
            name: _shared(hierarchy) for name, hierarchy in self.table.hierarchies.items()
        }
        records = self.kinds.to_dict("records")
        for cell in product(*(codes for _, codes in self.held.values())):
            if cell in occupied:
                continue
            near = sum(
                self.leaves[name].map(distance[name][leaf]).to_numpy(dtype=int)
                for name, leaf in zip(self.held, cell, strict=True)
            )
            changed = {
                attribute: codes[leaf][0]
                for (attribute, codes), leaf in zip(self.held.values(), cell, strict=True)
            }
            found = 0
            for at in np.argsort(-near, kind="stable"):
                row = {**records[at], **changed}
                if _may_occur(row, changed, relations):
                    yield row
                    found += 1
                if found == LIKE:
                    break


def _shared(hierarchy: Hierarchy) -> dict[str, dict[str, int]]:
    """Each leaf to how many ancestors every other one shares with it; itself is nearest."""
    above = {leaf: set(hierarchy.ancestors(leaf)) for leaf in hierarchy.leaves}
    return {
        one: {other: SAME if one == other else len(above[one] & above[other]) for other in above}
        for one in above
    }


def _may_occur(row: dict[str, str], changed: dict[str, str], relations: Relations) -> bool:
    """Whether none of the codes that were changed excludes another of the row."""
    place = {
        name: relations.codes[name].index(code) if code in relations.codes[name] else None
        for name, code in row.items()
    }
    return not any(
        relations.excluded(one, other)[place[one], place[other]]
        for one in changed
        for other in row
        if one != other and place[one] is not None and place[other] is not None
    )
