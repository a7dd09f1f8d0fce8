"""What may be said: the rule, the search for what to withhold, its witnesses, and the audit."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from openresponse.counts import CountTable
from openresponse.disclosure import search
from openresponse.disclosure.rules import Rule
from openresponse.disclosure.system import System, build
from openresponse.disclosure.witness import Move, Target
from openresponse.errors import DisclosureError

WITHHELD, SHOWN = "c", ""


@dataclass(frozen=True)
class Protection:
    """What the search decided, and its proof.

    statuses: for each table the status of each of its cells: empty, or `c` for withheld.
    primary: for each table which of its withheld cells are too small themselves, or tell that a group is alike.
    witnesses: for each protected figure the table in which it is large, verified.
    """

    statuses: dict[str, pd.Series]
    primary: dict[str, pd.Series]
    witnesses: dict[Target, Move]
    system: System


def protect(tables: list[CountTable], rule: Rule, *, previous: dict[str, pd.DataFrame] | None = None, seed: int = 0,
            before: dict[tuple, dict[tuple, int]] | None = None, guided: bool | None = None,
            seconds: float = search.SECONDS) -> Protection:
    """Which cells are withheld, in all tables together.

    previous: table name to the cells an earlier release published (`count`, NA where withheld, and `status`):
    what was shown stays shown and what was withheld stays withheld.
    before: witnesses of that release, by the keys of cells. guided: whether the costs are guided by the linear
    relaxation of the optimum (slow; None: where the system is small). seconds: for giving cells back.
    """
    system = build(tables, rule)
    pinned, withheld = _earlier(tables, system, rule, previous or {})
    pinned |= _marked(tables, system.cells, "known", len(system.values)) & ~system.primary
    pinned |= _marked(tables, system.cells, "exempt", len(system.values)) & ~withheld
    pattern = search.search(system, pinned, withheld, seed=seed, before=search.from_keys(before or {}, system), guided=guided, seconds=seconds)
    return Protection(_by_table(tables, system, np.where(pattern.withheld, WITHHELD, SHOWN), "string"),
                      _by_table(tables, system, pattern.own, bool), pattern.witnesses, system)


def _by_table(tables, system: System, values: np.ndarray, dtype) -> dict[str, pd.Series]:
    return {table.name: pd.Series(values[system.cells[table.name]], table.cells.index, dtype=dtype) for table in tables}


def _marked(tables, cells: dict, mark: str, size: int) -> np.ndarray:
    """Variables of the rows that the tables name as known from elsewhere, or as exempt."""
    flags = np.zeros(size, dtype=bool)
    for table in tables:
        flags[cells[table.name][table.rows(getattr(table, mark)).to_numpy(dtype=bool)]] = True
    return flags


def _earlier(tables, system: System, rule: Rule, previous: dict[str, pd.DataFrame]) -> tuple[np.ndarray, np.ndarray]:
    pinned, withheld = np.zeros(len(system.values), dtype=bool), np.zeros(len(system.values), dtype=bool)
    for table in tables:
        if table.name not in previous:
            continue
        key = ["period", *table.trees]
        old = table.cells[[*key, "count"]].merge(previous[table.name], on=key, how="left", suffixes=("", "_before"), validate="1:1")
        shown = ((old["status"] == SHOWN) & old["count_before"].notna()).fillna(False).to_numpy(dtype=bool)
        if (rule.rounded(old["count"]) != old["count_before"])[shown].any():
            raise DisclosureError(f"{table.name}: a figure published earlier would change. Nothing was published.")
        at = system.cells[table.name]
        pinned[at[shown]] = True
        withheld[at[(old["status"] == WITHHELD).fillna(False).to_numpy(dtype=bool)]] = True
    return pinned, withheld
