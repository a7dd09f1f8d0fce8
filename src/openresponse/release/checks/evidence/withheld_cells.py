"""The list of withheld cells for the officer, without their counts."""

from collections.abc import Iterable

import pandas as pd

from openresponse.disclosure.earlier_release import WITHHELD
from openresponse.release.checks.evidence.basis import Basis
from openresponse.release.store.published import Published
from openresponse.release.tables.cells import count_tables

SMALL, PROTECTS = "small, or of a group that is alike", "protects others"


def withheld_cells(basis: Basis, past: list[Published]) -> pd.DataFrame:
    """Every withheld cell, why, and since which release."""
    first = _first_withheld(past)
    tables = []
    for part in basis.counted:
        name = part.counts.name
        cells = part.counts.cells[basis.protection.statuses[name] == WITHHELD]
        reason = basis.protection.primary[name].map({True: SMALL, False: PROTECTS})
        listed = pd.DataFrame(
            {
                "table": name,
                "period": cells["period"],
                "codes": _codes(cells, part.counts.hierarchies),
                "reason": reason[cells.index],
            }
        )
        keys = listed[["table", "period", "codes"]].itertuples(index=False, name=None)
        since = [first.get(key, basis.candidate.name) for key in keys]
        tables.append(listed.assign(first_withheld=since))
    return pd.concat(tables, ignore_index=True)


def _first_withheld(past: list[Published]) -> dict[tuple[str, ...], str]:
    """Table, period and codes of each cell that was withheld before, to the first such release."""
    first: dict[tuple[str, ...], str] = {}
    for release in past:
        for table in count_tables(release):
            cells = table.cells[table.cells["status"] == WITHHELD]
            for key in zip(cells["period"], _codes(cells, table.hierarchies), strict=True):
                first.setdefault((table.name, *key), release.name)
    return first


def _codes(cells: pd.DataFrame, dimensions: Iterable[str]) -> pd.Series:
    """What each cell counts: its dimensions by name, with their codes."""
    names = sorted(dimensions)
    return pd.Series(
        [
            ", ".join(map("{}={}".format, names, codes))
            for codes in cells[names].itertuples(index=False, name=None)
        ],
        cells.index,
        dtype="string",
    )
