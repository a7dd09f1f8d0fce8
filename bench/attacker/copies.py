"""What stands beside figures and says something about them: copies, shares, rates, quantiles, rows.

A withheld figure may be shown as the whole of another row, or follow from a share or a rate.
"""

from collections.abc import Iterator
from math import ceil, floor
from pathlib import Path

import pandas as pd

from .publication import Cell, Key, Publication, Share, Table

# A quantile q is shown where n · min(q, 1 − q) is at least the threshold: so many thresholds.
QUANTILES = {"median": 2, "p90": 10}


def learn(
    publication: Publication,
    release: int,
    table: Table,
    period: str,
    rows: pd.DataFrame,
    fresh: dict[Key, Cell],
) -> None:
    """Narrow the cells of a block by the copies, rates and shares in its rows."""
    if publication.rule.round_to > 1:
        return  # shares of rounded figures say nothing more than these
    codes = list(rows[table.code_columns].itertuples(index=False, name=None))
    records = rows.to_dict("records")
    for row, record in zip(codes, records, strict=True):
        for key, copy in copied(table, row, record):
            if key in fresh:
                narrow(fresh[key], int(copy), int(copy))
        for key, least, most in rates(table, row, record):
            if key in fresh:
                narrow(fresh[key], ceil(least), floor(most))
        timed = (table.name, row, "timed")
        if timed in fresh and fresh[timed].withheld:
            needed = [
                count * publication.rule.threshold
                for name, count in QUANTILES.items()
                if any(
                    column.startswith(name) and record[column]
                    for column in record
                    if not column.endswith("_status")
                )
            ]
            fresh[timed].least = max([fresh[timed].least, *needed])
    for row, record in zip(codes, records, strict=True):
        for part, whole, text in shares(table, row, record):
            if part in fresh and whole in fresh and (fresh[part].withheld or fresh[whole].withheld):
                near = 0.5 * 10.0 ** -decimals(text)
                share = float(text)
                publication.shares.append(
                    Share(part, whole, period, release, share - near, share + near)
                )


def narrow(cell: Cell, least: int, most: int) -> None:
    if cell.shown is None:
        cell.least, cell.most = max(cell.least, least), min(cell.most, most)
        cell.shown = float(least) if least == most else None


def decimals(text: str) -> int:
    return len(text.partition(".")[2])


def wholes(table: Table, row: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The row that a row is part of, and the whole that both are part of, by its last code."""
    parents = table.parents[-1] if table.parents else {}
    if row in parents:
        yield "part_of", (*row[:-1], parents[row])
        while row in parents:
            row = (*row[:-1], parents[row])
        yield "all", row


def copied(table: Table, row: tuple[str, ...], record: dict) -> Iterator[tuple[Key, float]]:
    for which, above in wholes(table, row):
        for value in table.values:
            if record.get(f"{which}_{value}"):
                yield (table.name, above, value), float(record[f"{which}_{value}"])


def rates(table: Table, row: tuple[str, ...], record: dict) -> Iterator[tuple[Key, float, float]]:
    text, residents = record.get("rate_per_10000"), record.get("residents")
    if text and residents:
        unit = float(residents) / 10_000
        near = 0.5 * 10.0 ** -decimals(text)
        key = (table.name, row, table.values[0])
        yield key, (float(text) - near) * unit, (float(text) + near) * unit


def shares(table: Table, row: tuple[str, ...], record: dict) -> Iterator[tuple[Key, Key, str]]:
    first = table.values[0]
    for which, above in wholes(table, row):
        name = "share_of_part" if which == "part_of" else "share_of_all"
        if record.get(name):
            yield (table.name, row, first), (table.name, above, first), record[name]
    for value in table.values[1:]:
        if record.get(f"share_{value}"):
            yield (table.name, row, value), (table.name, row, first), record[f"share_{value}"]


def read_records(publication: Publication, release: int, path: Path) -> None:
    """So many rows carry the codes of a cell: it is at least that large."""
    records = pd.read_csv(path, dtype=str, keep_default_na=False)
    for table in publication.tables.values():
        if set(table.code_columns) <= set(records.columns):
            counts = records.groupby(["period", *table.code_columns]).size()
            for (period, *row), count in counts.items():
                key = (table.name, tuple(row), table.values[0])
                cell = publication.cell(key, period, release)
                if cell is not None and publication.cells[cell].shown is None:
                    known = publication.cells[cell]
                    known.least = max(known.least, int(count))
