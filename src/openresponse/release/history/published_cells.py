"""What releases published, cell by cell, as a later release and an attacker know it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

import pandas as pd

from openresponse.program import Folders
from openresponse.release.history.predecessor import is_edition
from openresponse.release.history.retraction import ever
from openresponse.release.store.published import Published
from openresponse.release.tables.cells import count_tables
from openresponse.release.tables.columns import WITHHELD
from openresponse.tables.contingency import ContingencyTable


def cells(folders: Folders, release: str) -> dict[str, pd.DataFrame]:
    """What the release before published, cell by cell, by the names of its counted tables.

    `carried_forward`: of withheld cells, the figure that a still earlier release showed and a
    revision withheld; no column where no revision did.
    """
    releases = ever(folders, before=release)
    now: dict[str, pd.DataFrame] = {}
    # A change of edition withholds by its rule what everybody knows; other revisions hide changes.
    for published, following in zip_longest(releases, releases[1:]):
        # Other releases withhold nothing that was shown.
        if following is None or published.revision or following.revision:
            now = {
                table.name: _kept(table, now.get(table.name), published)
                for table in count_tables(published)
            }
    return now


def _kept(
    table: ContingencyTable, before: pd.DataFrame | None, published: Published
) -> pd.DataFrame:
    """The cells as a release has them, with what was shown before of those it withholds."""
    edition = is_edition(published)
    cells = _carried(table, before, bool(published.revision) and not edition)
    if before is None or not (edition or "given_away" in before):
        return cells
    key = ["period", *table.hierarchies]
    was = cells[key].merge(before, on=key, how="left", validate="1:1").set_axis(cells.index)
    none = pd.Series(pd.NA, cells.index, dtype="Int64")
    given = was["given_away"].astype("Int64") if "given_away" in was else none
    if edition:
        given = given.fillna(was["count"].astype("Int64"))
    return cells.assign(given_away=given.where(cells["status"] == WITHHELD))


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


def vintages(folders: Folders, release: str) -> list[dict[str, pd.DataFrame]]:
    """What each release showed that a revision followed, cell by cell, but for the one before."""
    releases = ever(folders, before=release)
    return [
        {table.name: table.cells for table in count_tables(published)}
        for published, following in pairwise(releases)
        if following.revision and not is_edition(following)
    ]


def as_read(releases: Sequence[Published]) -> list[list[ContingencyTable]]:
    """The tables of each release, oldest first, for the audit: a figure that a revision withholds
    after it was shown may be another than the one before, zero included, also where that is not
    printed again, and so it may in every release after it.
    """
    read: list[list[ContingencyTable]] = []
    for published in releases:
        tables = count_tables(published)
        if read:
            revised = bool(published.revision) and not is_edition(published)
            before = {table.name: table.cells for table in read[-1]}
            tables = [_other(table, before.get(table.name), revised) for table in tables]
        read.append(tables)
    return read


def _other(
    table: ContingencyTable, before: pd.DataFrame | None, is_revised: bool
) -> ContingencyTable:
    """The table with the earlier figure of each cell that it withholds: what `before` shows, where
    this release is a revision, or what it had from still earlier ones.
    """
    key = ["period", *table.hierarchies]
    if before is None or not set(key) <= set(before):
        return table
    if not (is_revised or "carried_forward" in before):
        return table
    was = table.cells[key].merge(before, on=key, how="left", validate="1:1")
    was = was.set_axis(table.cells.index)
    figures = was["count"].astype("Int64") if is_revised else was["carried_forward"]
    if is_revised and "carried_forward" in was:
        figures = figures.fillna(was["carried_forward"])
    figures = figures.where(table.cells["status"] == WITHHELD)
    if "carried_forward" in table.cells:
        figures = table.cells["carried_forward"].fillna(figures)
    return replace(table, cells=table.cells.assign(carried_forward=figures))
