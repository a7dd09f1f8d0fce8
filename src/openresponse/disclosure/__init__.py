"""What may be said: the rule, the search for what to withhold, its witnesses, and the audit."""

import numpy as np
import pandas as pd

from openresponse.counts import CountTable
from openresponse.disclosure.rules import Rule
from openresponse.disclosure.search import search, small
from openresponse.disclosure.system import build
from openresponse.errors import DisclosureError

WITHHELD, SHOWN = "c", ""


def protect(tables: list[CountTable], rule: Rule, *, previous: dict[str, pd.DataFrame] | None = None,
            seed: int = 0) -> dict[str, pd.Series]:
    """For each table the status of each of its cells: empty, or `c` for withheld. All tables together.

    previous: table name to the cells an earlier release published (`count`, NA where withheld, and `status`):
    what was shown stays shown and what was withheld stays withheld.
    """
    system = build(tables)
    pinned, withheld = _earlier(tables, system.cells, len(system.values), previous or {})
    pinned |= _known(tables, system.cells, len(system.values)) & ~small(system.values, rule.threshold)
    hidden = search(system, rule.threshold, pinned, withheld, seed).withheld
    return {table.name: pd.Series(np.where(hidden[system.cells[table.name]], WITHHELD, SHOWN), table.cells.index, dtype="string")
            for table in tables}


def _known(tables: list[CountTable], cells: dict, size: int) -> np.ndarray:
    """Variables that can be told from another universe."""
    flags = np.zeros(size, dtype=bool)
    for table in tables:
        for row in table.known:
            match = np.logical_and.reduce([table.cells[dimension] == code for dimension, code in row])
            flags[cells[table.name][match]] = True
    return flags


def _earlier(tables, cells, size: int, previous: dict[str, pd.DataFrame]) -> tuple[np.ndarray, np.ndarray]:
    pinned, withheld = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for table in tables:
        if table.name not in previous:
            continue
        key = ["period", *table.trees]
        old = table.cells[[*key, "count"]].merge(previous[table.name], on=key, how="left", suffixes=("", "_before"), validate="1:1")
        shown = ((old["status"] == SHOWN) & old["count_before"].notna()).fillna(False).to_numpy(dtype=bool)
        if (old["count"] != old["count_before"])[shown].any():
            raise DisclosureError(f"{table.name}: a figure published earlier would change. Nothing was published.")
        at = cells[table.name]
        pinned[at[shown]] = True
        withheld[at[(old["status"] == WITHHELD).fillna(False).to_numpy(dtype=bool)]] = True
    return pinned, withheld
