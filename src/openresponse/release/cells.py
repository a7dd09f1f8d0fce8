"""Published tables read back as counts: what a reader of the files knows, for the audit and the next release."""

import pandas as pd

from openresponse.counts import CountTable
from openresponse.release.published import Published
from openresponse.tree import Tree

TIMED = {"all": None, "timed": "timed", "not_timed": "not_timed"}  # code to column; None: the unit's own column


def count_tables(published: Published) -> list[CountTable]:
    """Every published count, withheld ones as NA, with `status` ('' or 'c') in the cells."""
    return [_part(published, table, part) for table, resource in published.resources.items()
            for part in resource["openresponse"]["parts"]]


def _part(published: Published, table: str, part: dict) -> CountTable:
    about = published.resources[table]["openresponse"]
    frame, unit = published.tables[table], about["unit"]
    stack = about["dimensions"][-1] if part["part"] is not None and about["kind"] == "counts" else None
    column = "interval" if about["kind"] == "times" else about["category"]
    if about["kind"] == "times":
        frame = _long(frame[frame["interval"] == part["part"]], unit, part["dimension"])
    else:
        if stack:
            frame = frame[frame[stack] == part["part"]]
        frame = frame.rename(columns={about["category"]: part["dimension"], unit: "count", f"{unit}_status": "status"})
    by = [name for name in about["dimensions"] if name not in (stack, "interval")]
    trees = {name: published.tree(table, name) for name in by}
    key = column if about["kind"] == "counts" else part["dimension"]
    tree = published.tree(table, key, part["part"])
    trees[part["dimension"]] = Tree(part["dimension"], tree.nodes)
    cells = frame[["period", *trees, "count", "status"]].reset_index(drop=True)
    cells["status"] = cells["status"].mask(cells["status"] != "c", "")
    where = tuple((dimension, code) for dimension, code in part["where"])
    return CountTable(part["name"], part["universe"], cells, trees, where)


def _long(frame: pd.DataFrame, unit: str, dimension: str) -> pd.DataFrame:
    pieces = []
    for code, column in TIMED.items():
        column = column or unit
        pieces.append(frame.assign(**{dimension: code, "count": frame[column], "status": frame[f"{column}_status"]}))
    return pd.concat(pieces, ignore_index=True).astype({dimension: "string"})
