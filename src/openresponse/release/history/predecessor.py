"""The release before: what it showed, and which deliveries its months were counted from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from pathlib import Path

import pandas as pd

from openresponse.disclosure import rules
from openresponse.errors import ReleaseError, first
from openresponse.program import Folders, Program
from openresponse.records.delivery import delivered_months, is_monthly
from openresponse.records.plausibility.judgement import Judged
from openresponse.release.formats.program_facts import rule_facts
from openresponse.release.history.release_days import MONTH
from openresponse.release.history.retraction import ever
from openresponse.release.store.public_folder import (
    available,
    is_retracted,
    order,
    published_before,
)
from openresponse.release.store.published import Published
from openresponse.release.tables.cells import count_tables
from openresponse.release.tables.columns import WITHHELD
from openresponse.tables.contingency import ContingencyTable


def earlier(folders: Folders, release: str) -> Published | None:
    """The release before this one that was not withdrawn, or None where there is none."""
    public = folders.public
    there = [name for name in available(public) if order(name) < order(release)]
    return Published.load(public / there[-1]) if there else None


def revises(public: Path, release: str) -> str:
    """Which release a revision takes the place of: the one before of its month, and of those that
    were withdrawn the last only where no other is left.
    """
    month, _ = order(release)
    of_month = [name for name in published_before(public, release) if order(name)[0] == month]
    there = [name for name in of_month if not is_retracted(public / name)]
    return (there or of_month)[-1]


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
    after it was shown may be another than the one before, also where that is not printed again.
    """
    read: list[list[ContingencyTable]] = []
    for published in releases:
        tables = count_tables(published)
        if read and published.revision and not is_edition(published):
            before = {table.name: table.cells for table in read[-1]}
            tables = [_other(table, before.get(table.name)) for table in tables]
        read.append(tables)
    return read


def _other(table: ContingencyTable, before: pd.DataFrame | None) -> ContingencyTable:
    """The table with the figure that `before` shows in each cell that it withholds."""
    key = ["period", *table.hierarchies]
    if before is None or not set(key) <= set(before):
        return table
    was = table.cells[key].merge(before, on=key, how="left", validate="1:1")["count"]
    figures = was.astype("Int64").set_axis(table.cells.index)
    figures = figures.where(table.cells["status"] == WITHHELD)
    if "carried_forward" in table.cells:
        figures = table.cells["carried_forward"].fillna(figures)
    return replace(table, cells=table.cells.assign(carried_forward=figures))


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


def counted_upto(program: Program, release: str, reopened: Collection[str] = ()) -> dict[str, str]:
    """Month to the delivery up to which its rows are counted, as earlier releases have it.

    A revision counts what has arrived since for the months `reopened`, or where none is named for
    those that are still provisional, so these are left out; but none where it changes the rule, so
    that each revision changes one thing. ReleaseError where one of them was never published.
    """
    before = earlier(program.folders, release)
    known = before.counted_upto if before else {}
    if unknown := sorted(set(reopened) - set(known)):
        raise ReleaseError(
            f"{first(unknown, ', ')}: not published, so there is nothing of it to revise. Published"
            f" are {min(known, default='no months')} to {max(known, default='')}."
        )
    _refuse_lost(program, known)
    _, revision = order(release)
    if revision and not changes_edition(program, before):
        for month in reopened or provisional(program, {*known, release[MONTH]}):
            known.pop(month, None)
    return known


def _refuse_lost(program: Program, known: Mapping[str, str]) -> None:
    """ReleaseError where a delivery is gone that published months were counted from."""
    raw = program.folders.raw
    lost = sorted(set(known.values()) - set(delivered_months(raw))) if is_monthly(program) else []
    if lost:
        raise ReleaseError(
            f"{raw}: the deliveries of {first(lost, ', ')} are gone, and every release counts their"
            " rows. Nothing was published. Put them back: `openresponse restore FROM`."
        )


def changes_edition(program: Program, before: Published | None) -> bool:
    """Whether the privacy rule or the exemptions are other than those of the release before."""
    if before is None:
        return False
    exempt = {
        name: [one.model_dump() for one in program.privacy.exemptions if one.table == name]
        for name in before.resources
    }
    was = {
        name: one["openresponse"].get("exemptions", []) for name, one in before.resources.items()
    }
    return rule_facts(rules.of(program.privacy)) != before.rule or exempt != was


def accepted(before: Published | None, judged: Iterable[Judged]) -> dict[str, str]:
    """The reasons given with a release for checks that would stop its revision too."""
    stops = {one.check.name for one in judged if one.check.severity == "stop"}
    known = before.accepted if before else []
    return {one["check"]: one["reason"] for one in known if one["check"] in stops}


def is_edition(published: Published) -> bool:
    """Whether a release is a change of edition: a revision because the rule is another one."""
    return bool(published.revision and published.revision.get("edition"))


def other_rule(folders: Folders, release: str) -> bool:
    """Whether any release before this one changed the edition."""
    return any(map(is_edition, ever(folders, before=release)))


def provisional(program: Program, months: Iterable[str]) -> list[str]:
    """The newest of these months, as many as the program file says; records that arrive later may
    revise them.
    """
    newest_first = sorted(months, reverse=True)
    return newest_first[: program.release.provisional_months]
