"""A month against the months before it, beyond chance and far enough to matter.

A share is compared as in a p-chart, a count as in a c-chart; both limits are widened where the
months before differ by more than chance, so that what always moves is not news.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from openresponse.program.limits import Limits
from openresponse.records.column_readings import FIRST_ROWS
from openresponse.tables.process_limits import spread


@dataclass(frozen=True)
class Against:
    """The newest month and those before it. hits: of rows; a count where rows is None. usual: the
    share, or the count, of the months before. sure: the standard errors between them.
    """

    hits: float
    rows: float | None
    usual: float
    sure: float

    @property
    def share(self) -> float:
        return self.hits / self.rows if self.rows else 0.0

    def __str__(self) -> str:
        """`412 of 826 (49.9%), usually 2.1%`."""
        if self.rows is None:
            return f"{self.hits:,.0f}, usually about {self.usual:,.0f}"
        return f"{part(self.hits, self.rows)}, usually {self.usual:.1%}"


def part(hits: float, rows: float) -> str:
    """`412 of 826 (49.9%)`."""
    return f"{hits:,.0f} of {rows:,.0f} ({hits / rows if rows else 0:.1%})"


def numbers(rows: pd.DataFrame, hit: pd.Series) -> tuple[int, ...]:
    """The first line numbers of the rows that a finding is about."""
    chosen = rows.loc[hit.reindex(rows.index, fill_value=False).astype(bool), "row"]
    return tuple(int(row) for row in chosen.head(FIRST_ROWS))


def by_month(hit: pd.Series, month: pd.Series) -> pd.DataFrame:
    """`hits` and `rows` of each month."""
    grouped = hit.astype(bool).groupby(month)
    return pd.DataFrame({"hits": grouped.sum(), "rows": grouped.size()}).astype(float)


def share(table: pd.DataFrame, month: str, limits: Limits, since: str = "") -> Against | None:
    """The share of a month against those before; None where too few can be compared.

    table: `hits` and `rows` by month. since: months before it are not compared.
    """
    hits, rows = table["hits"].to_numpy(), table["rows"].to_numpy()
    some = rows > 0
    months, hits, rows = table.index.to_numpy(object)[some], hits[some], rows[some]
    before = _before(months, month, limits, since)
    if before is None:
        return None
    hit, of, newest = hits[before], rows[before], np.flatnonzero(months == month)[0]
    # One of each more, so that what never happened has some room.
    usual = (hit.sum() + 1) / (of.sum() + 2)
    chi = ((hit - of * usual) ** 2 / (of * usual * (1 - usual))).sum()
    widened = max(1.0, chi / (len(hit) - 1))
    error = np.sqrt(widened * usual * (1 - usual) * (1 / rows[newest] + 1 / of.sum()))
    sure = (hits[newest] / rows[newest] - usual) / error
    return Against(hits[newest], rows[newest], hit.sum() / of.sum(), sure)


def count(series: pd.Series, month: str, limits: Limits, since: str = "") -> Against | None:
    """A count of a month against those before; None where too few can be compared."""
    before = _before(series.index.to_numpy(object), month, limits, since)
    if before is None:
        return None
    counts = series.to_numpy(float)[before]
    usual = float(counts.mean())
    error = max(np.sqrt(max(usual, 1.0)), spread(list(counts)) / 3)
    return Against(float(series[month]), None, usual, (series[month] - usual) / error)


def so_few(table: pd.DataFrame, month: str, limits: Limits, since: str = "") -> float:
    """How likely a month has no more hits than it has, if it were as the months before; 1 where too
    few can be compared, or one of these had none. Exact for small numbers: given how many hits all
    months have together, those of one are binomial.

    table: `hits` and `rows` by month. since: months before it are not compared.
    """
    from scipy.special import bdtr  # slow to import, and `scipy.stats` ten times as slow

    table = table[table["rows"] > 0]
    before = _before(table.index.to_numpy(object), month, limits, since)
    if before is None or not (table["hits"].iloc[before] > 0).all():
        return 1.0
    hits, rows = table.loc[month]
    earlier = table.iloc[before].sum()
    part = rows / (rows + earlier["rows"])
    return float(bdtr(hits, int(hits + earlier["hits"]), part))


def differs(found: Against | None, limits: Limits, least: float, side: int = 0) -> bool:
    """Whether a share is beyond chance and by at least `least` from what is usual; side: 1 where
    only more of it matters, -1 where only less.
    """
    if found is None or abs(found.sure) <= limits.chance or side * found.sure < 0:
        return False
    if found.rows is None:
        return abs(found.hits - found.usual) >= least * found.usual
    return abs(found.share - found.usual) >= least


def _before(months: np.ndarray, month: str, limits: Limits, since: str) -> np.ndarray | None:
    """The places of the months before; None where they are too few or the month is not there."""
    before = np.flatnonzero((months < month) & (months >= since))[-limits.months_before :]
    return before if month in months and len(before) >= limits.fewest_months else None
