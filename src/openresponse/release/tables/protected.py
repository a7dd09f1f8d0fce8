"""Public tables: protected counts in their published columns.

A value that may not be shown is empty, and the `_status` column beside it says why. Withheld counts
come in and none goes out: they are emptied first, and shares and times are computed from what is
left.
"""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.disclosure.system.periods import Span, months
from openresponse.measures.counting.counted import Counted
from openresponse.program import Program
from openresponse.release.tables import series
from openresponse.release.tables.columns import (
    EARLIER,
    PROVISIONAL,
    REVISED,
    SHOWN,
    SOURCE,
    WITHHELD,
    counts,
    keys,
    values,
)
from openresponse.release.tables.quantiles import of_times
from openresponse.release.tables.shares import of_counts


def protected(
    parts: Sequence[Counted],
    statuses: Mapping[str, pd.Series],
    program: Program,
    rule: Rule,
    *,
    provisional: Iterable[str],
    incomplete: Iterable[str],
    source: str,
    earlier: Mapping[str, pd.DataFrame] | None = None,
    carry_forward: bool = True,
) -> dict[str, pd.DataFrame]:
    """One frame a counted table, in catalogue order.

    statuses: table (part) name to the status of each of its cells, as
    `disclosure.cell_suppression` gives them.
    provisional: months whose figures, and those of longer periods with them, may still be revised.
    incomplete: months of which days are missing.
    earlier: the tables of the release before. What it showed and is withheld now is published as it
    was, marked, where nothing that counts the same months is revised: old and new figures beside
    one another would not add up; and where such figures are to be carried forward.
    """
    open_months = {months(month) for month in provisional}
    frames: dict[str, list[pd.DataFrame]] = {}
    for part in parts:
        spec = program.tables[part.table]
        cells = _emptied(part, statuses[part.counts.name], rule, open_months)
        frame = (
            of_counts(part, cells, spec, program, rule)
            if part.quantiles is None
            else of_times(part, cells, spec, rule)
        )
        frames.setdefault(part.table, []).append(frame)
    universes = {part.table: part.counts.universe for part in parts}
    of_table = {part.table: part for part in parts}
    tables = {
        name: pd.concat(pieces, ignore_index=True).assign(**{SOURCE: source})
        for name, pieces in frames.items()
    }
    if earlier is None:
        return {
            name: series.marked(frame, of_table[name], program, incomplete, None)
            for name, frame in tables.items()
        }
    revised: dict[str, set[Span]] = {}
    for name in tables.keys() & earlier.keys():
        spans = revised.setdefault(universes[name], set())
        spans |= _revised(tables[name], earlier[name])
    marked = {}
    for name, frame in tables.items():
        was = earlier.get(name)
        if was is not None:
            frame = _with_earlier(frame, was, revised[universes[name]], carry_forward)
            was = _before(frame, was)
        marked[name] = series.marked(frame, of_table[name], program, incomplete, was)
    return marked


def _emptied(
    part: Counted, status: pd.Series, rule: Rule, open_months: set[tuple[int, int]]
) -> pd.DataFrame:
    """The cells with `count` as it is shown, empty where it is withheld, and `count_status`."""
    cells = part.counts.cells
    exempt = part.counts.rows(part.counts.exempt)
    status = status.astype("string")
    shown = cells["count"].where(exempt, rule.rounded(cells["count"])).astype("Int64")
    stretches = {period: months(period) for period in cells["period"].unique()}
    still_open = {
        period
        for period, (start, end) in stretches.items()
        if any(start <= first and last <= end for first, last in open_months)
    }
    provisional = cells["period"].isin(still_open) & (status == SHOWN)
    return cells.assign(
        count=shown.mask(status == WITHHELD), count_status=status.mask(provisional, PROVISIONAL)
    )


def _before(frame: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    """The rows of the release before, in the place of those of the frame."""
    was = frame[keys(frame)].merge(earlier, on=keys(frame), how="left", validate="1:1")
    return was.set_index(frame.index)


def _revised(frame: pd.DataFrame, earlier: pd.DataFrame) -> set[Span]:
    """The months of which a count is shown that is not the one shown before."""
    was = _before(frame, earlier)
    changed = pd.Series(False, index=frame.index)
    for name in counts(frame):
        changed |= (frame[name] != was[name]).fillna(False)
    return {months(period) for period in frame["period"][changed].unique()}


def _with_earlier(
    frame: pd.DataFrame, earlier: pd.DataFrame, revised: set[Span], carry_forward: bool
) -> pd.DataFrame:
    """The frame with the rows that stay as they were, and with a mark on what was revised."""
    was = _before(frame, earlier)
    mixed = {
        period
        for period in frame["period"].unique()
        if any(a < months(period)[1] and months(period)[0] < b for a, b in revised)
    }
    kept = pd.Series(False, index=frame.index)
    for name in counts(frame):
        kept |= (frame[f"{name}_status"] == WITHHELD) & was[name].notna()
    kept &= ~frame["period"].isin(mixed) & carry_forward
    out = frame.copy()
    for name in values(earlier):
        status, status_was = frame[f"{name}_status"].astype("string"), was[f"{name}_status"]
        changed = (frame[name] != was[name]).fillna(False)
        changed |= (status_was == REVISED).fillna(False)
        status = status.mask(changed & status.isin([SHOWN, PROVISIONAL]), REVISED)
        out[name] = frame[name].mask(kept, was[name])
        out[f"{name}_status"] = status.mask(kept, status_was.mask(was[name].notna(), EARLIER))
    return out
