"""Records that did not occur and could have: what a withheld zero may be, for all a reader knows.

Where zeros are shown nobody takes a zero for anything else. Where they are withheld, a cell that
nobody was ever in must be able to be as large as any other, so it needs records that count in it:
like those of the codes nearest to its own, and none that readers know to be impossible.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, permutations, product

import numpy as np
import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.system.relations import Relations
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy
from openresponse.tables.microdata import COUNT, MONTH, Microdata

Condition = tuple[str, frozenset[str]]  # an attribute, and codes of it
LIKE = 5  # kinds of records that a cell nobody is in is given
SAME = 100  # how much nearer the same code is than any that shares all its parents


def with_possible_records(
    microdata: Microdata, tables: Sequence[ContingencyTable], rule: Rule
) -> Microdata:
    """The microdata with rows of 0 records for cells of zeros that are withheld. tables: of the
    microdata's universe.
    """
    hiding = [table for table in tables if "hidden" in (rule.zeros, table.zeros)]
    if not hiding:
        return microdata
    names, rows = microdata.attributes, microdata.rows
    exclusions = _Exclusions.of(Relations.of(microdata, rule.often), tables)
    kinds = rows.groupby(names, observed=True)[COUNT].sum()
    kinds = kinds.sort_values(ascending=False, kind="stable").reset_index()[names]
    made = [kind for table in hiding for kind in _Cells.of(table, kinds).possible(exclusions)]
    possible = pd.DataFrame(made, columns=names).drop_duplicates().assign(**{COUNT: 0})
    months = pd.DataFrame({MONTH: sorted(rows[MONTH].unique())})
    possible = possible.merge(months, how="cross")[list(rows)]
    every = pd.concat([rows, possible.astype(rows.dtypes)], ignore_index=True)
    return replace(microdata, rows=every)


@dataclass(frozen=True)
class _Cells:
    """The finest cells of a table.

    kinds: of the records that it counts, the most frequent first. held: each dimension to its
    attribute and the codes of that which each of its leaves holds. leaves: of each kind, a column
    for each dimension.
    """

    table: ContingencyTable
    kinds: list[dict[str, str]]
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
        return cls(table, kinds.loc[leaves.index].to_dict("records"), held, leaves)

    def possible(self, exclusions: "_Exclusions") -> Iterator[dict[str, str]]:
        """For each cell that counts no kind, kinds that it could count."""
        occupied = set(self.leaves.itertuples(index=False, name=None))
        for cell in product(*(codes for _, codes in self.held.values())):
            if cell not in occupied:
                leaves = dict(zip(self.held, cell, strict=True))
                changed = {of: codes[leaves[name]][0] for name, (of, codes) in self.held.items()}
                yield from islice(self._alike(leaves, changed, exclusions), LIKE)

    def _alike(
        self, leaves: dict[str, str], changed: dict[str, str], exclusions: "_Exclusions"
    ) -> Iterator[dict[str, str]]:
        """Kinds of a cell, those first that differ least from one that occurred."""
        near = np.zeros(len(self.kinds), dtype=int)
        for name, leaf in leaves.items():
            shared = _shared(self.table.hierarchies[name], leaf)
            near += self.leaves[name].map(shared).to_numpy(dtype=int)
        for at in np.argsort(-near, kind="stable"):
            kind = {**self.kinds[at], **changed}
            if exclusions.allow(kind, changed):
                yield kind


def _shared(hierarchy: Hierarchy, leaf: str) -> dict[str, int]:
    """How many ancestors every other leaf shares with this one, which is nearest itself."""
    above = set(hierarchy.ancestors(leaf))
    return {
        other: SAME if other == leaf else len(above & set(hierarchy.ancestors(other)))
        for other in hierarchy.leaves
    }


@dataclass(frozen=True)
class _Exclusions:
    """excluding: each attribute and code to the other attributes' codes that exclude it. same: two
    conditions, each an attribute and some of its codes, of which a record meets both or neither.
    """

    excluding: dict[tuple[str, str], set[tuple[str, str]]]
    same: list[tuple[Condition, Condition]]

    @classmethod
    def of(cls, relations: Relations, tables: Sequence[ContingencyTable]) -> "_Exclusions":
        excluding: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for one, other in permutations(relations.codes, 2):
            for at, far in np.argwhere(relations.excluded(one, other)):
                pair = other, relations.codes[other][far]
                excluding.setdefault((one, relations.codes[one][at]), set()).add(pair)
        return cls(excluding, list(_same(tables)))

    def allow(self, kind: dict[str, str], changed: dict[str, str]) -> bool:
        """Whether none of the codes that were changed excludes another of the kind."""
        return all(
            (kind[one] in codes) == (kind[other] in others)
            for (one, codes), (other, others) in self.same
        ) and not any(
            (other, kind[other]) in excluded
            for pair in changed.items()
            if (excluded := self.excluding.get(pair))
            for other in kind
        )


def _same(tables: Sequence[ContingencyTable]) -> Iterator[tuple[Condition, Condition]]:
    """What holds by definition: what a code means, and which part of the universe is counted by
    every table that reads an attribute.
    """
    held: dict[tuple[str, str], Condition] = {}
    parts: dict[str, set[tuple[str, str]]] = {}
    every: dict[str, frozenset[str]] = {}
    for table in tables:
        for name, hierarchy in table.hierarchies.items():
            coarsening = table.coarsening(name)
            attribute, subset = coarsening.attribute, set(table.subset)
            parts[attribute] = parts.get(attribute, subset) & subset
            for code in hierarchy.codes:
                held.setdefault((name, code), (attribute, coarsening.codes[code]))
                own = every.get(attribute, frozenset())
                every[attribute] = own | coarsening.codes[code]
    for attribute, part in parts.items():
        yield from (((attribute, every[attribute]), held[one]) for one in part if one in held)
    for table in tables:
        for name, hierarchy in table.hierarchies.items():
            for node in hierarchy.nodes:
                if node.means in held:
                    yield held[name, node.code], held[node.means]
