"""Every public table of a release, protected and in the order of the catalogue."""

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.measures import spending
from openresponse.measures.counting.counted import Counted
from openresponse.program import Program
from openresponse.records.collection import Records
from openresponse.release.checks import gate
from openresponse.release.formats.dictionary import FICTIONAL
from openresponse.release.formats.table_schema import DAYS
from openresponse.release.history.predecessor import provisional
from openresponse.release.store.published import Published
from openresponse.release.tables import restated
from openresponse.release.tables.columns import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    PROVISIONAL,
    SHOWN,
    SOURCE,
    where_missing,
)
from openresponse.release.tables.protected import protected

MONEY = ("amount", "total_to_date", "budget", "share_of_budget")  # columns of the table of spending


def make(
    program: Program,
    records: Records,
    counted: list[Counted],
    statuses: dict[str, pd.Series],
    rule: Rule,
    before: Published | None = None,
    edition: bool = False,
) -> dict[str, pd.DataFrame]:
    """The tables by name, checked: shares agree, and what is withheld is empty.

    statuses: of each cell of each counted table. before: the release before, whose figures are
    carried forward where the revised ones are withheld; but not in a change of edition, whose rule
    does not show them any more.
    """
    source = FICTIONAL if records.fictional else program.program.city
    still = set(provisional(program, records.months))
    tables = protected(
        counted,
        statuses,
        program,
        rule,
        provisional=still,
        incomplete=records.partial,
        source=source,
        earlier=before.tables if before else None,
        carry_forward=not edition,
    )
    for name, spec in program.tables.items():
        if spec.measure == "spending":
            rows = _with_status(spending.spending(records.spending, program), still)
            was = before.tables.get(name) if before else None
            rows = rows if was is None else restated.marked(rows, was)
            tables[name] = rows.assign(**{SOURCE: source})
        elif spec.measure == "milestones":
            rows = _dated(spending.milestones(records.milestones))
            tables[name] = rows.assign(**{SOURCE: source})
    gate.shares_agree(tables, rule)
    gate.withheld_is_empty(tables)
    return {name: tables[name] for name in program.tables if name in tables}


def _with_status(frame: pd.DataFrame, provisional: set[str]) -> pd.DataFrame:
    """Money is never withheld, but its columns carry a status like all others. provisional: the
    months that a revision may still change.
    """
    columns: dict[str, pd.Series] = {}
    for name in frame.columns:
        columns[name] = frame[name]
        if name in MONEY:
            status = pd.Series(SHOWN, index=frame.index, dtype="string")
            if name != "budget":
                status = status.mask(frame["period"].isin(provisional), PROVISIONAL)
            columns[f"{name}_status"] = status.mask(frame[name].isna(), NOT_AVAILABLE)
    return pd.DataFrame(columns)


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    """The days as text, each with why there is none: none is set, or it has not happened yet."""
    columns: dict[str, pd.Series] = {}
    for name in frame.columns:
        columns[name] = frame[name]
        if name in DAYS:
            columns[name] = frame[name].dt.strftime("%Y-%m-%d").astype("string")
            columns[f"{name}_status"] = where_missing(frame[name], NOT_APPLICABLE)
    return pd.DataFrame(columns)
