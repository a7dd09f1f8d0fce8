"""Which cells of a release are withheld, in all tables together, and the proof that it suffices."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from openresponse.disclosure.earlier_release import (
    SHOWN,
    WITHHELD,
    EarlierRelease,
    Kept,
    least_after_additions,
)
from openresponse.disclosure.rules import ALL, SOME, Rule
from openresponse.disclosure.suppression import carried_forward
from openresponse.disclosure.suppression.search import USUAL, Settings, search
from openresponse.disclosure.suppression.witness import Move, Target, from_keys
from openresponse.disclosure.system.linked_tables import System, build
from openresponse.errors import DisclosureError
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.microdata import Microdata


@dataclass(frozen=True)
class Protection:
    """What the search decided, and its proof.

    statuses: for each table the status of each of its cells: empty, or `c` for withheld.
    primary: for each table which cells need primary suppression: too small, or of a sensitive
    group.
    witnesses: for each protected figure the table in which it is large, verified.
    """

    statuses: dict[str, pd.Series]
    primary: dict[str, pd.Series]
    witnesses: dict[Target, Move]
    system: System

    @property
    def withheld(self) -> np.ndarray:
        """A flag for each variable of the system."""
        flags = np.zeros(len(self.system.values), dtype=bool)
        for name, status in self.statuses.items():
            flags[self.system.cells[name][(status == WITHHELD).to_numpy()]] = True
        return flags

    @property
    def small(self) -> np.ndarray:
        """The variables that are withheld because they are too small, but zeros that may be proved
        to be zero.
        """
        system = self.system
        known_zero = system.may_be_zero & (system.values == 0)
        too_small = system.primary & (system.values < system.threshold)
        return np.flatnonzero(system.published & too_small & ~known_zero)


def protect(
    tables: Sequence[ContingencyTable],
    microdata: Sequence[Microdata],
    rule: Rule,
    earlier: EarlierRelease | None = None,
    *,
    around_carried: str = SOME,
    edition: bool = False,
    settings: Settings = USUAL,
) -> Protection:
    """Which cells are withheld beside everything that an earlier release showed and withheld.

    What was shown stays shown and what was withheld stays withheld. Where a revision carried a
    figure forward, it stays impossible to prove that the revised one differs from it by less
    than the threshold. around_carried: how much new is withheld to that end. edition: whether the
    rule became stricter: what was shown and may not be shown any more is then withheld, and taken
    for known by everybody.
    """
    earlier = earlier or EarlierRelease()
    system = build(tables, microdata, rule)
    kept = Kept.of(earlier, tables, system)
    _check_unchanged(tables, system, kept, rule)
    given_away = kept.given_away | (kept.shown & system.primary & edition)
    system = _without(system, given_away)
    stay_withheld, also = kept.withheld, []
    if around_carried == ALL:  # but zeros, which are shown
        months = carried_forward.overlapping(system, ~np.isnan(kept.carried))
        stay_withheld = stay_withheld | (~kept.shown & (system.values > 0) & months)
    else:
        close = abs(system.values - kept.carried) < rule.threshold
        also = _far_from(kept.carried, close, rule)
    system = replace(system, least=least_after_additions(system, kept.carried))
    return _protection(
        tables, system, kept.shown, stay_withheld, earlier, settings, also, given_away
    )


def revise(
    tables: Sequence[ContingencyTable],
    microdata: Sequence[Microdata],
    rule: Rule,
    earlier: EarlierRelease,
    *,
    around_carried: str = SOME,
    settings: Settings = USUAL,
) -> Protection:
    """Which cells are withheld where figures of an earlier release may change.

    What lies in months of which nothing changed stays as it was. In the others what was withheld
    and never shown stays withheld, and so is a revised figure that would give away a small change
    since any earlier release; its earlier figure is carried forward. around_carried: how many are.
    """
    system = build(tables, microdata, rule)
    kept = Kept.of(earlier, tables, system)
    change = system.values - _counts_before(system, kept, earlier, rule)
    vintages = earlier.vintages(tables, system)
    revised = carried_forward.in_revised_months(system, change)
    if not revised.any():  # money, say, or a table that is new
        return protect(
            tables, microdata, rule, earlier, around_carried=around_carried, settings=settings
        )
    also: list[Target] = []
    again = revised & ~np.isnan(kept.carried)  # shown once: a large change can be shown again
    withheld = kept.withheld & ~again
    if around_carried == ALL:
        new = ~kept.shown & ~kept.withheld & (system.values > 0)  # in a table that is added
        concerned = carried_forward.overlapping(system, abs(np.nan_to_num(change)) > 0)
        silent = ((kept.shown | again) & revised) | (new & concerned)
    else:
        since = [np.where(revised, system.values - counts, np.nan) for counts in vintages]
        silent = carried_forward.since_any(system, [change, *since], withheld & revised, rule)
        shown_before = [np.where(kept.shown, kept.counts, np.nan), *vintages]
        carried = np.where(again, np.nan, kept.carried)  # in other months
        also = _small_changes(system, silent, shown_before, carried, rule)
        system = replace(system, least=least_after_additions(system, carried))
    shown = kept.shown & ~revised
    return _protection(tables, system, shown, withheld | silent, earlier, settings, also)


def _small_changes(
    system: System,
    silent: np.ndarray,
    shown_before: Sequence[np.ndarray],
    carried: np.ndarray,
    rule: Rule,
) -> list[Target]:
    """That no small change can be proved: of what is silent now, since each release before, and of
    what earlier revisions carried forward. shown_before, carried: figures, nan where there is none.
    """
    also = _far_from(carried, abs(system.values - carried) < rule.threshold, rule)
    for counts in shown_before:
        by = abs(system.values - counts)  # nan is not small
        also += _far_from(counts, silent & (by > 0) & (by < rule.threshold), rule)
    return also


def _far_from(earlier: np.ndarray, close: np.ndarray, rule: Rule) -> list[Target]:
    """That figures can be larger than earlier ones by the threshold. close: flags of those."""
    return [Target((int(v),), int(earlier[v]) + rule.threshold) for v in np.flatnonzero(close)]


def _counts_before(system: System, kept: Kept, earlier: EarlierRelease, rule: Rule) -> np.ndarray:
    """The counts behind the earlier release; nan where it had none. What it showed is known also
    where the ledger calls it otherwise.
    """
    same = system.shown == kept.counts
    shown = np.where(kept.shown, np.where(same, system.values, kept.counts), np.nan)
    counts = [earlier.truth.get(key, then) for key, then in zip(system.keys, shown, strict=True)]
    return np.where(system.published, np.array(counts, dtype=float), np.nan)


def _without(system: System, given_away: np.ndarray) -> System:
    """The system in which what everybody knows needs no protection."""
    groups = [codes for codes in system.sensitive_groups if not given_away[codes].any()]
    threshold = np.where(given_away, 0, system.threshold)
    return replace(system, threshold=threshold, sensitive_groups=groups)


def _check_unchanged(
    tables: Sequence[ContingencyTable], system: System, kept: Kept, rule: Rule
) -> None:
    for table in tables:
        at = system.cells[table.name]
        changed = system.shown[at] != kept.counts[at]
        if changed[kept.shown[at]].any():
            raise DisclosureError(
                f"{table.name}: a figure published earlier would change. Nothing was published."
                " Where that is meant, make a revision: `openresponse revise --help`."
            )


def _protection(
    tables: Sequence[ContingencyTable],
    system: System,
    shown: np.ndarray,
    withheld: np.ndarray,
    earlier: EarlierRelease,
    settings: Settings,
    also: Sequence[Target] = (),
    given_away: np.ndarray | None = None,
) -> Protection:
    """The search beside what was shown and withheld earlier, table by table. given_away: what is
    withheld although everybody knows it; to the search it is shown.
    """
    given = np.zeros(len(system.values), dtype=bool) if given_away is None else given_away
    shown, withheld = shown | given, withheld & ~given
    known = _flags(system, {t.name: t.rows(t.known) for t in tables}) & ~system.primary
    exempt = _flags(system, {t.name: t.rows(t.exempt) for t in tables}) & ~withheld
    pattern = search(
        system,
        stay_shown=shown | known | exempt,
        stay_withheld=withheld,
        earlier=from_keys(earlier.witnesses, system),
        also=also,
        may_fail=withheld if earlier.other_rule else None,
        settings=settings,
    )
    return Protection(
        _by_table(tables, system, np.where(pattern.withheld | given, WITHHELD, SHOWN), "string"),
        _by_table(tables, system, pattern.primary | given, bool),
        pattern.witnesses,
        system,
    )


def _by_table(
    tables: Sequence[ContingencyTable], system: System, values: np.ndarray, dtype: object
) -> dict[str, pd.Series]:
    return {
        table.name: pd.Series(values[system.cells[table.name]], table.cells.index, dtype=dtype)
        for table in tables
    }


def _flags(system: System, rows: dict[str, pd.Series]) -> np.ndarray:
    """Variables of some rows. rows: table name to a flag for each of its cells."""
    flags = np.zeros(len(system.values), dtype=bool)
    for name, marked in rows.items():
        flags[system.cells[name][marked.to_numpy(dtype=bool)]] = True
    return flags
