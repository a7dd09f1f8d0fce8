"""The attacker's system: everything that readers know, as rows over variables."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from openresponse.disclosure.audit.between_releases.revision_rows import (
    add_additions,
    carried_forward,
    small_changes,
)
from openresponse.disclosure.audit.facts import Facts
from openresponse.disclosure.audit.kind_sums import KindSums
from openresponse.disclosure.audit.line_sums import add_lines
from openresponse.disclosure.audit.ratio_bounds import add_ratios
from openresponse.disclosure.audit.rows import Rows
from openresponse.disclosure.audit.table_sums import SensitiveGroup, add_table
from openresponse.disclosure.rules import Rule
from openresponse.tables.contingency import ContingencyTable


@dataclass(frozen=True)
class System:
    """low ≤ matrix @ x ≤ high for whole numbers x between least and most.

    additions: flags of the rows that hold only if a revision did nothing but add records.
    protected: variables that may not be provably small; zeros: those that may be proved to be zero.
    sensitive_groups: of which it may not be provable that all, or all but one, are alike.
    small_changes: names of what a revision shows to have changed by a small number.
    carried_forward: variables of withheld revised figures, each with an earlier figure that was
    shown.
    marks, months: of each variable, see there. kinds: flags of those that are kinds of records.
    """

    matrix: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    additions: np.ndarray
    least: np.ndarray
    most: np.ndarray
    protected: list[int]
    zeros: set[int]
    sensitive_groups: list[SensitiveGroup]
    small_changes: list[str]
    carried_forward: list[tuple[int, int]]
    names: list[str]
    marks: np.ndarray
    months: np.ndarray
    kinds: np.ndarray

    @classmethod
    def of(
        cls,
        releases: list[list[ContingencyTable]],
        facts: Facts,
        rule: Rule,
        relations: pd.DataFrame,
    ) -> "System":
        """From the tables of every release, oldest first."""
        rows = Rows()
        groups: dict[SensitiveGroup, None] = {}
        kinds = [
            KindSums.of(universe, releases, relations, facts, rows)
            for universe in sorted({t.universe for tables in releases for t in tables})
        ]
        for number, tables in enumerate(releases):
            for table in tables:
                groups |= dict.fromkeys(add_table(number, table, facts, rows))
            for sums in kinds:
                sums.add(number, tables)
            add_lines(number, facts, rows)
            add_ratios(number, tables, facts, rows, rule)
        changes = small_changes(facts, rows, rule)
        add_additions(facts, rows)
        for sums in kinds:
            sums.add_additions()
        variables = facts.variables
        low, high = rows.bounds()
        return cls(
            matrix=rows.matrix(len(variables)),
            low=low,
            high=high,
            additions=rows.additions(),
            least=np.array([variable.low for variable in variables]),
            most=np.array([variable.high for variable in variables]),
            protected=[
                at
                for at, variable in enumerate(variables)
                if variable.protected and not variable.shown
            ],
            zeros={at for at, variable in enumerate(variables) if variable.may_be_zero},
            sensitive_groups=list(groups),
            small_changes=changes,
            carried_forward=carried_forward(facts),
            names=[variable.name for variable in variables],
            marks=np.array([variable.mark for variable in variables], dtype=np.uint64),
            kinds=np.array([variable.is_kind for variable in variables], dtype=bool),
            months=np.array([variable.months for variable in variables]).reshape(-1, 2),
        )
