"""All tables of a release as one linear system.

A variable is known by what it counts: universe, months, and the conditions on its dimensions
(totals impose none). The same cell in two tables is one variable. A parent equals the sum of its
children, in every dimension, in time and along every axis. Joint tables that nobody publishes are
added where the published ones alone would allow what no real table can be.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.system.completion import fill
from openresponse.disclosure.system.counts import UNKNOWN, check_sums, counts
from openresponse.disclosure.system.joint_tables import joint_tables
from openresponse.disclosure.system.lines import add_lines
from openresponse.disclosure.system.requirements import requirements, rounding
from openresponse.disclosure.system.variables import Grid, Key, Variables
from openresponse.tables.contingency import ContingencyTable


@dataclass(frozen=True)
class System:
    """Arrays have one entry for each variable.

    values: true counts; of variables that no table publishes, some counts that agree with the
    others.
    published: whether a table publishes the variable. equations: rows over the variables, each of
    which sums to 0.
    threshold: the smallest count that may be shown; 0 where any may. least: what a withheld
    variable is known to be at least. rounding: how far below and above its true value a shown one
    may lie for all a reader knows; 0 where it is not rounded.
    may_be_zero: flags of those that may be proved to be 0, which is then no secret.
    sensitive_groups: for each group in which all, or all but one, have the same sensitive code, the
    variables of its codes.
    cells: table name to the variable of each of its cells. grids: the variables of each published
    table by its codes.
    months: the first month, and the one after the last, of each variable. depth: how many
    conditions it imposes; details are withheld before totals.
    keys, names: what each variable counts, for programs and for people.
    """

    values: np.ndarray
    published: np.ndarray
    equations: sparse.csr_matrix
    threshold: np.ndarray
    least: np.ndarray
    rounding: tuple[np.ndarray, np.ndarray]
    may_be_zero: np.ndarray
    sensitive_groups: list[np.ndarray]
    cells: dict[str, np.ndarray]
    grids: list[Grid]
    months: np.ndarray
    depth: np.ndarray
    keys: list[Key]
    names: list[str]

    @property
    def primary(self) -> np.ndarray:
        """Which variables need primary suppression: too small, or of a sensitive group."""
        flags = (self.values >= self.least) & (self.values < self.threshold)
        for codes in self.sensitive_groups:
            flags[codes] = True
        return flags


def build(tables: list[ContingencyTable], rule: Rule) -> System:
    """The linear system of the tables; DisclosureError where counts are none or do not add up."""
    variables = Variables(tables)
    cells = {table.name: variables.add_table(table) for table in tables}
    known = counts(tables, cells, variables.names)
    for shape in joint_tables(tables):
        variables.add_joint_table(shape)
    add_lines(variables, tables)
    values = np.full(len(variables.names), UNKNOWN)
    values[: len(known)] = known
    published = np.arange(len(values)) < len(known)
    equations, keys = variables.equations(), list(variables.index)
    check_sums(equations, values, published, variables.names)
    asked = requirements(tables, cells, values, rule)
    may_be_zero = asked.may_be_zero.copy()
    may_be_zero[variables.structural_zeros] = True
    return System(
        values=fill(values, equations, published),
        published=published,
        equations=equations,
        threshold=asked.threshold,
        least=asked.least,
        rounding=rounding(values, asked.threshold, rule),
        may_be_zero=may_be_zero,
        sensitive_groups=asked.sensitive_groups,
        cells=cells,
        grids=variables.grids,
        months=np.array([months for _, months, _ in keys]),
        depth=np.array([len(conditions) for *_, conditions in keys]),
        keys=keys,
        names=variables.names,
    )
