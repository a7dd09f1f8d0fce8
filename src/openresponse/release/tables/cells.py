"""Published tables read back as counts: what a reader of the files knows, for the audit and the
next release.
"""

from typing import Any

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.measures.response_times import NOT_TIMED, QUANTILES, TIMED
from openresponse.release.store.published import Published
from openresponse.release.tables.columns import EARLIER, NOT_APPLICABLE, SHOWN, WITHHELD
from openresponse.release.tables.rate_intervals import PER
from openresponse.tables.contingency import ContingencyTable, Ratio
from openresponse.tables.hierarchy import ALL, Hierarchy
from openresponse.tables.microdata import NO_RELATIONS, Coarsening

RELATIONS = "relations.csv"  # what is known of the records, see `system.known_relations`
# Columns that rest on the counts.
RESTING = ("share_of_part", "share_of_all", "rate_per_10000", "residents", "at_least")


def relations(published: Published) -> pd.DataFrame:
    """What a release says of the records behind its tables; no row where it says nothing."""
    path = published.folder / RELATIONS
    if not path.is_file():
        return NO_RELATIONS
    return pd.read_csv(path, dtype="string", keep_default_na=False)


def count_tables(published: Published) -> list[ContingencyTable]:
    """Every published count, withheld ones as NA, with `status` ('' or 'c') in the cells.

    `carried_forward`, where there is such a column, holds the earlier figures that are shown in
    place of withheld revised ones.
    """
    return published.once(_count_tables)


def _count_tables(published: Published) -> list[ContingencyTable]:
    return [
        _count_table(published, table, part)
        for table, resource in published.resources.items()
        for part in resource["openresponse"]["parts"]
    ]


def _count_table(published: Published, table: str, part: dict[str, Any]) -> ContingencyTable:
    about, dimension = published.resources[table]["openresponse"], part["dimension"]
    is_times = about["kind"] == "times"
    stack = about["dimensions"][-1] if part["part"] is not None and not is_times else None
    read = _of_times if is_times else _of_counts
    frame = read(published, table, part, stack)
    # Of a place that there was not, everybody knows that nothing was counted.
    frame["count"] = frame["count"].mask(frame["status"] == NOT_APPLICABLE, 0)
    hierarchies = {
        name: published.hierarchy(table, name)
        for name in about["dimensions"]
        if name not in (stack, "interval")
    }
    hierarchy = published.hierarchy(
        table, dimension if is_times else about["category"], part["part"]
    )
    hierarchies[dimension] = Hierarchy(dimension, hierarchy.nodes)
    resting = [column for column in RESTING if column in frame]
    cells = frame[["period", *hierarchies, "count", "status", *resting]].reset_index(drop=True)
    return ContingencyTable(
        part["name"],
        part["universe"],
        _earlier_apart(cells, resting),
        hierarchies,
        tuple((name, code) for name, code in part["where"]),
        exempt=tuple(frozenset((name, code) for name, code in row) for row in part["exempt"]),
        zeros=part["zeros"],
        sensitive=tuple((name, code) for name, code in part["sensitive"]),
        ratios=_ratios(cells, dimension, published.rule["share_decimals"]),
        coarsenings={
            name: Coarsening(attribute, {})
            for name, attribute in part.get("attributes", {}).items()
        },
    )


def _earlier_apart(cells: pd.DataFrame, resting: list[str]) -> pd.DataFrame:
    """The cells as this release tells them: a figure carried forward was first shown by an earlier
    release; this one withholds the revised figure.
    """
    kept, figures = cells["status"] == EARLIER, cells["count"]
    emptied = ["count", *(name for name in resting if name != "residents")]
    cells = cells.assign(**{name: cells[name].mask(kept) for name in emptied})
    withheld = kept | (cells["status"] == WITHHELD)
    cells["status"] = cells["status"].mask(withheld, WITHHELD).where(withheld, SHOWN)
    return cells.assign(carried_forward=figures.where(kept)) if kept.any() else cells


def _of_counts(
    published: Published, table: str, part: dict[str, Any], stack: str | None
) -> pd.DataFrame:
    """The rows of a part of a table of counts, with `count` and `status`."""
    about, frame = published.resources[table]["openresponse"], published.tables[table]
    if stack:
        frame = frame[frame[stack] == part["part"]]
    unit = about["unit"]
    names = {about["category"]: part["dimension"], unit: "count", f"{unit}_status": "status"}
    return frame.rename(columns=names)


def _of_times(
    published: Published, table: str, part: dict[str, Any], stack: str | None
) -> pd.DataFrame:
    """The rows of an interval once for all, once for those timed, and once for the others."""
    frame, unit = published.tables[table], published.unit(table)
    frame = frame[frame["interval"] == part["part"]]
    pieces = []
    for code, column in ((ALL, unit), (TIMED, TIMED), (NOT_TIMED, NOT_TIMED)):
        piece = frame.assign(
            **{part["dimension"]: code},
            count=frame[column],
            status=frame[f"{column}_status"],
            share_of_all=frame["share_not_timed"] if code == NOT_TIMED else pd.NA,
            at_least=_needed(published, frame) if code == TIMED else 0,
        )
        pieces.append(piece)
    types = {part["dimension"]: "string", "share_of_all": "Float64"}
    return pd.concat(pieces, ignore_index=True).astype(types)


def _needed(published: Published, frame: pd.DataFrame) -> pd.Series:
    """How many were timed at least: a quantile that is shown rests on so many values."""
    rule = Rule(published.rule["preset"], published.rule["threshold"], published.rule["source"])
    needs = [frame[name].notna() * rule.quantile_needs(q) for name, q in QUANTILES.items()]
    return pd.concat(needs, axis="columns").max(axis="columns")


def _ratios(cells: pd.DataFrame, dimension: str, decimals: int) -> tuple[Ratio, ...]:
    """The published numbers that rest on the counts."""
    possible = (
        Ratio("share_of_part", "count", "part_of", dimension, decimals=decimals),
        Ratio("share_of_all", "count", "all", dimension, decimals=decimals),
        Ratio("rate_per_10000", "count", "residents", scale=PER, decimals=1),
    )
    return tuple(ratio for ratio in possible if ratio.value in cells)
