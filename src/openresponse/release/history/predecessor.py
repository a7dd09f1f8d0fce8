"""The release before: what it showed, and which deliveries its months were counted from."""

from collections.abc import Iterable

import pandas as pd

from openresponse.program import Folders, Program
from openresponse.release.history.retraction import ever
from openresponse.release.store.public_folder import order
from openresponse.release.store.published import Published
from openresponse.release.tables.cells import count_tables


def earlier(folders: Folders, release: str) -> Published | None:
    """The release before this one, or None where it is the first."""
    releases = ever(folders, before=release)
    return releases[-1] if releases else None


def cells(before: Published | None) -> dict[str, pd.DataFrame]:
    """What an earlier release published, cell by cell, by the names of its counted tables."""
    return {table.name: table.cells for table in count_tables(before)} if before else {}


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
