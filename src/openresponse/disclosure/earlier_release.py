"""What a release has to keep of the one before."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from openresponse.disclosure.suppression.carried_forward import universes
from openresponse.disclosure.suppression.witness import Stored
from openresponse.disclosure.system.linked_tables import System
from openresponse.disclosure.system.variables import Key
from openresponse.tables.contingency import ContingencyTable

WITHHELD, SHOWN = "c", ""  # the status of a cell


@dataclass(frozen=True)
class EarlierRelease:
    """cells: table name to the cells as published: `count`, NA where withheld, `status`, and
    `carried_forward`, the figure of a still earlier release that is shown in place of a withheld
    revised one, where there are such.
    `given_away`, where there is such a column, is the figure of a still earlier release that a
    stricter rule withheld: everybody knows it.
    witnesses, truth: of that release, by the keys of variables: its witnesses, and the counts
    behind it. other_rule: whether any release before followed another privacy rule.
    revised: the cells of each still earlier release that a revision followed.
    """

    cells: dict[str, pd.DataFrame] = field(default_factory=dict)
    witnesses: Stored = field(default_factory=dict)
    truth: dict[Key, int] = field(default_factory=dict)
    other_rule: bool = False
    revised: Sequence[dict[str, pd.DataFrame]] = ()

    def vintages(self, tables: Sequence[ContingencyTable], system: System) -> list[np.ndarray]:
        """For each still earlier release the counts that it showed, nan where it showed none."""
        shown = [Kept.of(EarlierRelease(cells), tables, system) for cells in self.revised]
        return [np.where(kept.shown, kept.counts, np.nan) for kept in shown]


@dataclass(frozen=True)
class Kept:
    """The same for the variables of a system. shown, withheld: flags. counts: those that were
    shown. carried: the figures carried forward, nan where there is none. given_away: flags of those
    that a stricter rule withheld after they were shown.
    """

    shown: np.ndarray
    withheld: np.ndarray
    counts: np.ndarray
    carried: np.ndarray
    given_away: np.ndarray

    @classmethod
    def of(
        cls, earlier: EarlierRelease, tables: Sequence[ContingencyTable], system: System
    ) -> "Kept":
        size = len(system.values)
        kept = cls(
            np.zeros(size, dtype=bool),
            np.zeros(size, dtype=bool),
            np.zeros(size),
            np.full(size, np.nan),
            np.zeros(size, dtype=bool),
        )
        for table in tables:
            if table.name in earlier.cells:
                kept._take(table, earlier.cells[table.name], system.cells[table.name])
        return kept

    def _take(self, table: ContingencyTable, cells: pd.DataFrame, at: np.ndarray) -> None:
        """Read one table. at: the variable of each of its cells."""
        key = ["period", *table.hierarchies]
        old = table.cells[key].merge(cells, on=key, how="left", validate="1:1")
        status = old["status"].astype("string").fillna("new")
        seen = ((status == SHOWN) & old["count"].notna()).to_numpy(dtype=bool)
        self.shown[at[seen]] = True
        self.counts[at[seen]] = old["count"][seen].to_numpy(dtype=float)
        self.withheld[at[(status == WITHHELD).to_numpy(dtype=bool)]] = True
        if "carried_forward" in old:
            carried = old["carried_forward"].to_numpy(dtype=float, na_value=np.nan)
            self.carried[at] = np.fmax(self.carried[at], carried)
        if "given_away" in old:
            self.given_away[at[old["given_away"].notna().to_numpy(dtype=bool)]] = True


def least_after_additions(system: System, carried: np.ndarray) -> np.ndarray:
    """What each variable is known to be at least, for a reader who takes it that a revision only
    adds records: no less than the figure carried forward, in each universe where that can be so.
    """
    least = system.least.copy()
    for inside in universes(system):
        there = inside & ~np.isnan(carried)
        if (system.values[there] >= carried[there]).all():
            least[there] = np.maximum(least[there], carried[there])
    return least
