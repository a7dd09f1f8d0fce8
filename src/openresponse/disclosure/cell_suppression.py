"""What may be said: the rule, the search for what to withhold, its witnesses, and the audit."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.suppression import carried_forward, search
from openresponse.disclosure.suppression.witness import Move, Target, from_keys
from openresponse.disclosure.system.linked_tables import System, build
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable

WITHHELD, SHOWN = "c", ""


@dataclass(frozen=True)
class Protection:
    """What the search decided, and its proof.

    statuses: for each table the status of each of its cells: empty, or `c` for withheld.
    primary: for each table which of its withheld cells are too small themselves, or tell that a
    group is alike.
    witnesses: for each protected figure the table in which it is large, verified.
    """

    statuses: dict[str, pd.Series]
    primary: dict[str, pd.Series]
    witnesses: dict[Target, Move]
    system: System


def protect(
    tables: list[ContingencyTable],
    rule: Rule,
    *,
    previous: dict[str, pd.DataFrame] | None = None,
    stands: str = "some",
    seed: int = 0,
    before: dict[tuple, dict[tuple, int]] | None = None,
    guided: bool | None = None,
    seconds: float = search.SECONDS,
) -> Protection:
    """Which cells are withheld, in all tables together.

    previous: table name to the cells an earlier release published (`count`, NA where withheld, and
    `status`): what was shown stays shown and what was withheld stays withheld. Where a revision
    left an earlier figure standing (`stood`), it stays impossible to tell that the revised one
    differs from it by less than the threshold. stands: for that `some` new figures are withheld, or
    `all` that count months of which a figure stands.
    before: witnesses of that release, by the keys of cells. guided: whether the costs are guided by
    the linear relaxation of the optimum (slow; None: where the system is small). seconds: for
    giving cells back.
    """
    system = build(tables, rule)
    shown, withheld, told, stood = _earlier(tables, system, previous or {})
    for table in tables:
        at = system.cells[table.name]
        if (rule.rounded(system.values[at]) != told[at])[shown[at]].any():
            raise DisclosureError(
                f"{table.name}: a figure published earlier would change. Nothing was published."
                " Where that is meant, make a revision: `openresponse revise --help`."
            )
    apart = []
    if stands == "all":  # but zeros, which are shown
        withheld |= (
            ~shown & (system.values > 0) & carried_forward.overlapping(system, ~np.isnan(stood))
        )
    else:
        apart = [
            Target((int(v),), int(stood[v]) + rule.threshold)
            for v in np.flatnonzero(abs(system.values - stood) < rule.threshold)
        ]
    system = replace(system, least=_least(system, stood))
    return _searched(
        tables,
        system,
        shown,
        withheld,
        seed=seed,
        before=before,
        guided=guided,
        seconds=seconds,
        besides=apart,
    )


def revise(
    tables: list[ContingencyTable],
    rule: Rule,
    *,
    previous: dict[str, pd.DataFrame],
    truth: dict[tuple, int],
    stands: str = "some",
    seed: int = 0,
    before: dict[tuple, dict[tuple, int]] | None = None,
    seconds: float = search.SECONDS,
) -> Protection:
    """Which cells are withheld where figures of an earlier release may change.

    previous: as for `protect`. truth: the counts behind that release, by the keys of cells. What
    lies in months of which nothing changed stays as it was. In the others what was withheld stays
    withheld, and so is a revised figure that would tell small change; its earlier figure stands.
    stands: `some` figures, as few as hide the small changes, or `all` of those months.
    """
    system = build(tables, rule)
    shown, withheld, _told, _stood = _earlier(tables, system, previous)
    change = np.array(
        [
            value - truth.get(key, np.nan) if known else np.nan
            for key, value, known in zip(system.keys, system.values, system.published, strict=True)
        ],
        dtype=float,
    )
    opened = carried_forward.reopened(system, change)
    if not opened.any():
        raise DisclosureError(
            "No figure published earlier changes, so there is nothing to revise. Nothing was"
            " published."
        )
    withheld |= (
        shown & opened
        if stands == "all"
        else carried_forward.standing(system, change, withheld & opened, rule)
    )
    return _searched(
        tables,
        system,
        shown & ~opened,
        withheld,
        seed=seed,
        before=before,
        guided=None,
        seconds=seconds,
    )


def _searched(
    tables, system: System, pinned: np.ndarray, withheld: np.ndarray, *, before, **how
) -> Protection:
    pinned = pinned | _marked(tables, system.cells, "known", len(system.values)) & ~system.primary
    pinned |= _marked(tables, system.cells, "exempt", len(system.values)) & ~withheld
    pattern = search.search(system, pinned, withheld, before=from_keys(before or {}, system), **how)
    return Protection(
        _by_table(tables, system, np.where(pattern.withheld, WITHHELD, SHOWN), "string"),
        _by_table(tables, system, pattern.own, bool),
        pattern.witnesses,
        system,
    )


def _by_table(tables, system: System, values: np.ndarray, dtype) -> dict[str, pd.Series]:
    return {
        table.name: pd.Series(values[system.cells[table.name]], table.cells.index, dtype=dtype)
        for table in tables
    }


def _marked(tables, cells: dict, mark: str, size: int) -> np.ndarray:
    """Variables of the rows that the tables name as known from elsewhere, or as exempt."""
    flags = np.zeros(size, dtype=bool)
    for table in tables:
        flags[cells[table.name][table.rows(getattr(table, mark)).to_numpy(dtype=bool)]] = True
    return flags


def _least(system: System, stood: np.ndarray) -> np.ndarray:
    """What each variable is known to be at least, for a reader who takes it that a revision only
    adds records: no less than the figure that stands, in each universe where that can be so."""
    least = system.least.copy()
    for inside in carried_forward.universes(system):
        there = inside & ~np.isnan(stood)
        if (system.values[there] >= stood[there]).all():
            least[there] = np.maximum(least[there], stood[there])
    return least


def _earlier(
    tables, system: System, previous: dict[str, pd.DataFrame]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Flags of the variables that an earlier release showed, and withheld; the counts it showed;
    and the figures that stand in place of revised ones, nan where none does."""
    size = len(system.values)
    shown, withheld, told, stood = (
        np.zeros(size, dtype=bool),
        np.zeros(size, dtype=bool),
        np.zeros(size),
        np.full(size, np.nan),
    )
    for table in tables:
        if table.name not in previous:
            continue
        key = ["period", *table.hierarchies]
        old = table.cells[key].merge(previous[table.name], on=key, how="left", validate="1:1")
        at = system.cells[table.name]
        seen = ((old["status"] == SHOWN) & old["count"].notna()).fillna(False).to_numpy(dtype=bool)
        shown[at[seen]], told[at[seen]] = True, old["count"][seen].to_numpy(dtype=float)
        withheld[at[(old["status"] == WITHHELD).fillna(False).to_numpy(dtype=bool)]] = True
        if "stood" in old:
            stood[at] = np.fmax(stood[at], old["stood"].to_numpy(dtype=float, na_value=np.nan))
    return shown, withheld, told, stood
