"""One part of one public table, counted."""

from dataclasses import dataclass

import pandas as pd

from openresponse.tables.contingency import ContingencyTable


@dataclass(frozen=True)
class Counted:
    """One part of one public table.

    part: which part of a stacked table, or None. category: the dimension of `counts` that the
    public table shows in its category column. quantiles: response times only, keyed as the counts
    are.
    """

    table: str
    part: str | None
    category: str
    counts: ContingencyTable
    definition: dict[str, str]
    quantiles: pd.DataFrame | None = None

    @property
    def about_people(self) -> bool:
        """Whether it says something about people, so that a group all alike would say it of each
        of them.
        """
        return self.quantiles is None and self.counts.universe != "rows"


def name(table: str, part: str | None) -> str:
    """What the counts of a part are called: `safety/arrest`, or as the table where it has none."""
    return table if part is None else f"{table}/{part}"
