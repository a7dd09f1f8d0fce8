"""All tables of a release as one linear system over the atoms that they count.

The same thing counted in two tables is one variable, whatever the tables call it: it is the sum of
the same atoms. What adds up to what needs no equation of its own, since it follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.system.atoms import blocks
from openresponse.disclosure.system.counts import check_counts
from openresponse.disclosure.system.known_relations import known_relations
from openresponse.disclosure.system.requirements import requirements, rounding
from openresponse.disclosure.system.sums import sums
from openresponse.disclosure.system.variables import FINEST, Atoms, Cells, Key, equations
from openresponse.disclosure.system.withheld_zeros import with_possible_records
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.microdata import Microdata


@dataclass(frozen=True)
class System:
    """Arrays have one entry for each variable: first what tables publish, then the atoms.

    values: true counts. shown: what is shown of each where it is; exempt ones are not rounded.
    published: whether a table publishes the variable; atoms are not. equations: rows over the
    variables, each of which sums to 0.
    threshold: the smallest count that may be shown; 0 where any may. reach: what a small one must
    be able to be. least: what a withheld variable is known to be at least. rounding: how far below
    and above its true value a shown one may lie for all a reader knows; 0 where it is not rounded.
    may_be_zero: flags of those that may be proved to be 0, which is then no secret.
    sensitive_groups: for each group in which all, or all but one, have the same sensitive code, the
    variables of its codes.
    cells: table name to the variable of each of its cells.
    universe: the name of its universe. block: the number of its block. months: the first month, and
    the one after the last, of each variable. depth: how many conditions it imposes; details are
    withheld before totals.
    keys: what each variable is called. names: the cells for people.
    sums: rows over the variables, each of which sums to 0: what published cells alone add up to.
    relations: what is taken for known of the records, see `known_relations`.
    """

    values: np.ndarray
    shown: np.ndarray
    published: np.ndarray
    equations: sparse.csr_matrix
    threshold: np.ndarray
    reach: np.ndarray
    least: np.ndarray
    rounding: tuple[np.ndarray, np.ndarray]
    may_be_zero: np.ndarray
    sensitive_groups: list[np.ndarray]
    cells: dict[str, np.ndarray]
    universe: np.ndarray
    block: np.ndarray
    months: np.ndarray
    depth: np.ndarray
    keys: list[Key]
    names: list[str]
    sums: sparse.csr_matrix
    relations: pd.DataFrame

    @property
    def primary(self) -> np.ndarray:
        """Which variables need primary suppression: too small, or of a sensitive group."""
        flags = (self.values >= self.least) & (self.values < self.threshold)
        for codes in self.sensitive_groups:
            flags[codes] = True
        return flags


def build(tables: Sequence[ContingencyTable], microdata: Sequence[Microdata], rule: Rule) -> System:
    """The linear system of the tables; DisclosureError where they do not count the microdata."""
    universes = []
    for records in microdata:
        own = [table for table in tables if table.universe == records.universe]
        if own:
            universes.append(blocks(with_possible_records(records, own, rule), own, rule.often))
    atoms, cells = Atoms(universes), Cells()
    for universe in universes:
        for table in tables:
            if table.universe == universe.universe:
                cells.add(table, universe, atoms)
    counts, many = atoms.counts, len(cells.keys)
    values = np.concatenate([[counts[own].sum() for own in cells.atoms], counts]).astype(int)
    check_counts(tables, cells.of_table, values, cells.names)
    published = np.arange(len(values)) < many
    without_atoms = np.zeros(len(values), dtype=bool)
    without_atoms[:many] = [len(own) == 0 for own in cells.atoms]
    asked = requirements(tables, cells.of_table, values, rule)
    shown = np.where(asked.threshold > 0, rule.rounded(values), values)
    of_blocks = np.array([universe for universe, _ in atoms.block_of])
    block = np.concatenate([cells.blocks, atoms.block]).astype(int)
    return System(
        values=values,
        shown=shown,
        published=published,
        equations=equations(cells, atoms, universes),
        threshold=asked.threshold,
        reach=rule.reach * asked.threshold,
        least=asked.least,
        rounding=rounding(values, shown, asked.threshold, rule),
        may_be_zero=asked.may_be_zero | without_atoms,
        sensitive_groups=asked.sensitive_groups,
        cells=cells.of_table,
        universe=of_blocks[block],
        block=block,
        months=np.concatenate([np.array(cells.spans).reshape(-1, 2), atoms.months]),
        depth=np.concatenate(
            [[len(asked) for _, asked in cells.asked], np.full(len(counts), FINEST)]
        ),
        keys=[*cells.keys, *atoms.keys()],
        names=cells.names,
        sums=sums(tables, cells, len(values)),
        relations=known_relations(universes),
    )
