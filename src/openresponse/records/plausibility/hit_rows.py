"""Findings about rows that a check hits."""

from collections.abc import Callable, Iterator

import pandas as pd

from openresponse.program import ExtractName
from openresponse.records.plausibility import chance
from openresponse.records.plausibility.chance import Against
from openresponse.records.plausibility.check import Finding
from openresponse.records.plausibility.delivered import Delivered

Above = Callable[[Against | None, float, float], bool]  # of the comparison, hits and rows


def among(rows: pd.DataFrame, hit: pd.Series, name: ExtractName, field: str = "") -> Finding:
    """How many of these rows are hit, and the first of them."""
    measure = chance.part(hit.sum(), len(rows))
    return Finding(measure, name, field, rows=chance.numbers(rows, hit))


def against_before(
    delivered: Delivered, rows: pd.DataFrame, hit: pd.Series, since: str = ""
) -> Against | None:
    """The share of the newest rows that is hit, against the deliveries before; None where too few
    can be compared. since: deliveries before it are not compared.
    """
    table = chance.by_month(hit, rows["delivery"])
    return chance.share(table, delivered.month, delivered.limits, since)


def more_than_before(
    delivered: Delivered,
    rows: pd.DataFrame,
    hit: pd.Series,
    name: ExtractName,
    field: str = "",
    *,
    least: float,
    above: Above = lambda against, hits, of: False,
) -> Iterator[Finding]:
    """Where more of the newest rows are hit than before, beyond chance and by `least` of them; or
    where `above` says that it is too many in any case.
    """
    newest = rows["delivery"] == delivered.month
    if not newest.any():
        return
    hits, of = float(hit[newest].sum()), float(newest.sum())
    against = against_before(delivered, rows, hit)
    if chance.differs(against, delivered.limits, least, side=1) or above(against, hits, of):
        measure = str(against or chance.part(hits, of))
        yield Finding(measure, name, field, rows=chance.numbers(rows[newest], hit))
