"""Published tables read back as counts: what a reader of the files knows, for the audit and the
next release.
"""

import pandas as pd

from openresponse.disclosure.rules import Rule
from openresponse.measures.response_times import QUANTILES
from openresponse.release.store.published import Published
from openresponse.release.tables.columns import EARLIER
from openresponse.tables.contingency import CountTable, Ratio
from openresponse.tables.hierarchy import Tree

RESTING = (
    "share_of_part",
    "share_of_all",
    "rate_per_10000",
    "residents",
    "at_least",
)  # columns that rest on the counts
TIMED = {
    "all": None,
    "timed": "timed",
    "not_timed": "not_timed",
}  # code to column; None: the unit's own column


def count_tables(published: Published) -> list[CountTable]:
    """Every published count, withheld ones as NA, with `status` ('' or 'c') in the cells.

    Where earlier figures stand, `stands` says of which cells, and `stood` which figures.
    """
    return [
        _part(published, table, part)
        for table, resource in published.resources.items()
        for part in resource["openresponse"]["parts"]
    ]


def _part(published: Published, table: str, part: dict) -> CountTable:
    about = published.resources[table]["openresponse"]
    frame, unit = published.tables[table], about["unit"]
    stack = (
        about["dimensions"][-1] if part["part"] is not None and about["kind"] == "counts" else None
    )
    column = "interval" if about["kind"] == "times" else about["category"]
    if about["kind"] == "times":
        frame = _long(
            frame[frame["interval"] == part["part"]],
            unit,
            part["dimension"],
            Rule(published.rule["preset"], published.rule["threshold"], published.rule["source"]),
        )
    else:
        if stack:
            frame = frame[frame[stack] == part["part"]]
        frame = frame.rename(
            columns={
                about["category"]: part["dimension"],
                unit: "count",
                f"{unit}_status": "status",
            }
        )
    by = [name for name in about["dimensions"] if name not in (stack, "interval")]
    trees = {name: published.tree(table, name) for name in by}
    key = column if about["kind"] == "counts" else part["dimension"]
    tree = published.tree(table, key, part["part"])
    trees[part["dimension"]] = Tree(part["dimension"], tree.nodes)
    resting = [column for column in RESTING if column in frame]
    cells = frame[["period", *trees, "count", "status", *resting]].reset_index(drop=True)
    stands = cells["status"] == EARLIER
    # An earlier figure that stands was told by the release that showed it first; this one withholds
    # the revised figure.
    stood = cells["count"].where(stands)
    told = ["count", *(name for name in resting if name != "residents")]
    cells[told] = cells[told].mask(stands)
    cells["status"] = cells["status"].mask(stands, "c").mask(~stands & (cells["status"] != "c"), "")
    if stands.any():
        cells["stands"], cells["stood"] = stands, stood
    where = tuple((dimension, code) for dimension, code in part["where"])
    exempt = tuple(frozenset((d, c) for d, c in pairs) for pairs in part["exempt"])
    return CountTable(
        part["name"],
        part["universe"],
        cells,
        trees,
        where,
        exempt=exempt,
        zeros=part["zeros"],
        sensitive=tuple(map(tuple, part["sensitive"])),
        ratios=_ratios(cells, part["dimension"], published.rule["share_decimals"]),
    )


def _ratios(cells: pd.DataFrame, dimension: str, decimals: int) -> tuple[Ratio, ...]:
    """The published numbers that rest on the counts."""
    known = (
        Ratio("share_of_part", "count", "part_of", dimension, decimals=decimals),
        Ratio("share_of_all", "count", "all", dimension, decimals=decimals),
        Ratio("rate_per_10000", "count", "residents", scale=10_000, decimals=1),
    )
    return tuple(ratio for ratio in known if ratio.value in cells)


def _long(frame: pd.DataFrame, unit: str, dimension: str, rule: Rule) -> pd.DataFrame:
    pieces = []
    for code, column in TIMED.items():
        column = column or unit
        share = frame["share_not_timed"] if code == "not_timed" else pd.NA
        # A quantile that is shown rests on enough values, so that many were timed at least.
        needs = [
            frame[name].notna() * rule.quantile_needs(q)
            for name, q in QUANTILES.items()
            if code == "timed"
        ]
        pieces.append(
            frame.assign(
                **{
                    dimension: code,
                    "count": frame[column],
                    "status": frame[f"{column}_status"],
                    "share_of_all": share,
                    "at_least": (
                        pd.concat(needs, axis="columns").max(axis="columns") if needs else 0
                    ),
                }
            )
        )
    return pd.concat(pieces, ignore_index=True).astype(
        {dimension: "string", "share_of_all": "Float64"}
    )
