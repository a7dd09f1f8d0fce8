"""Whether each line of spending is there once, and none is the total of the others."""

from collections.abc import Iterator

import pandas as pd

from openresponse.records import precedence
from openresponse.records.plausibility import chance, hit_rows
from openresponse.records.plausibility.check import Check, Finding
from openresponse.records.plausibility.delivered import Delivered

LINE = ["month", "model", "category", "amount"]
MOST = 0.5  # a share of lines that are there twice which is no coincidence
FEWEST_LINES = 4  # two pairs of equal lines; three lines and their total


def spending_repeated(delivered: Delivered) -> Iterator[Finding]:
    lines, again = _equal(delivered)
    if _most(again):
        measure = f"{chance.part(again.sum(), len(lines))} are there more than once"
        yield Finding(measure, "spending", "amount", rows=chance.numbers(lines, again))


def equal_lines(delivered: Delivered) -> Iterator[Finding]:
    lines, again = _equal(delivered)
    if again.any() and not _most(again):
        yield hit_rows.among(lines, again, "spending", "amount")


def total_among_lines(delivered: Delivered) -> Iterator[Finding]:
    lines = _lines(delivered)
    cents = (lines["amount"].astype(float) * 100).round()
    by_month = cents.groupby(lines["month"])
    others = by_month.transform("sum") - cents
    # A cent of rounding for each line of which the total was made.
    near = (cents - others).abs() <= by_month.transform("size")
    hit = near & (cents > 0) & (by_month.transform("size") >= FEWEST_LINES)
    if hit.any():
        measure = f"{hit.sum()} of {len(lines):,} lines equals the sum of the others"
        yield Finding(measure, "spending", "amount", rows=chance.numbers(lines, hit))


def _equal(delivered: Delivered) -> tuple[pd.DataFrame, pd.Series]:
    """The lines, and which of them are equal to another in everything."""
    lines = _lines(delivered)
    return lines, lines.duplicated(LINE, keep=False)


def _most(again: pd.Series) -> bool:
    return bool(again.sum() >= FEWEST_LINES and again.mean() > MOST)


def _lines(delivered: Delivered) -> pd.DataFrame:
    """The lines of the newest delivery that are counted; none where the program has no such
    extract.
    """
    rows = delivered.newest.get("spending")
    if rows is None:
        return pd.DataFrame(columns=[*LINE, "row"])
    return precedence.usable(rows).dropna(subset=LINE)


CHECKS = (
    Check(
        "spending_repeated",
        "The lines of spending are not there twice.",
        "stop",
        "Deliver each line once: the lines of a file add up. Add up lines that are rightly equal.",
        spending_repeated,
    ),
    Check(
        "equal_lines",
        "No two lines of spending are equal in month, model, category and amount.",
        "note",
        "Nothing, where the same was paid twice: both are counted. Else remove one.",
        equal_lines,
    ),
    Check(
        "total_among_lines",
        "No line of spending is the total of the others.",
        "stop",
        "Remove the line of the total from the file: the lines are added up here.",
        total_among_lines,
    ),
)
