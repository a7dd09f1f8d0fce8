"""The release before: what it showed, and which deliveries its months were counted from."""

from collections.abc import Iterable
from itertools import zip_longest

import pandas as pd

from openresponse.program import Folders, Program
from openresponse.release.history.retraction import ever
from openresponse.release.store.public_folder import order
from openresponse.release.store.published import Published
from openresponse.release.tables.cells import count_tables
from openresponse.release.tables.columns import WITHHELD
from openresponse.tables.contingency import ContingencyTable


def earlier(folders: Folders, release: str) -> Published | None:
    """The release before this one, or None where it is the first."""
    releases = ever(folders, before=release)
    return releases[-1] if releases else None


def cells(folders: Folders, release: str) -> dict[str, pd.DataFrame]:
    """What the release before published, cell by cell, by the names of its counted tables.

    `carried_forward`: of withheld cells, the figure that a still earlier release showed and a
    revision withheld; no column where no revision did.
    """
    releases = ever(folders, before=release)
    now: dict[str, pd.DataFrame] = {}
    for published, following in zip_longest(releases, releases[1:]):
        # Other releases withhold nothing that was shown.
        if following is None or published.revision or following.revision:
            now = {
                table.name: _carried(table, now.get(table.name), bool(published.revision))
                for table in count_tables(published)
            }
    return now


def _carried(
    table: ContingencyTable, before: pd.DataFrame | None, is_revised: bool
) -> pd.DataFrame:
    """The cells, with what was shown before of those that a revision withheld. is_revised: whether
    this release is one.
    """
    key = ["period", *table.hierarchies]
    if before is None or not (is_revised or "carried_forward" in before):
        return table.cells
    was = table.cells[key].merge(before, on=key, how="left", validate="1:1")
    was = was.set_axis(table.cells.index)
    figures = was["count"].astype("Int64") if is_revised else was["carried_forward"]
    if "carried_forward" in was:
        figures = was["carried_forward"].fillna(figures)
    return table.cells.assign(carried_forward=figures.where(table.cells["status"] == WITHHELD))


def counted_upto(program: Program, release: str) -> dict[str, str]:
    """Month to the delivery up to which its rows are counted, as earlier releases have it.

    A revision counts what has arrived since for months that are still provisional, so these are
    left out.
    """
    before = earlier(program.folders, release)
    known = dict(before.package["openresponse"]["counted_upto"]) if before else {}
    _, revision = order(release)
    if revision:
        for month in provisional(program, known):
            del known[month]
    return known


def provisional(program: Program, months: Iterable[str]) -> list[str]:
    """The newest of these months, as many as the program file says; records that arrive later may
    revise them.
    """
    newest_first = sorted(months, reverse=True)
    return newest_first[: program.release.provisional_months]
