"""Small tables typed into a test: leaves in, every margin out."""

from dataclasses import replace
from itertools import product

import pandas as pd

from openresponse.tables.contingency import CountTable
from openresponse.tables.hierarchy import Tree, flat


def table(
    leaves: dict, trees: dict[str, Tree], name="t", period="2026-10", universe="incidents", where=()
) -> CountTable:
    """leaves: tuple of leaf codes (in the order of `trees`) to count; with `period` None the first
    code is the period.
    """
    rows = []
    periods = [period] if period else list(dict.fromkeys(key[0] for key in leaves))
    for one in periods:
        for codes in product(*(tree.codes for tree in trees.values())):
            inside = [
                count
                for key, count in leaves.items()
                if (period or key[0] == one)
                and all(
                    code in tree.ancestors(leaf)
                    for code, leaf, tree in zip(
                        codes, key if period else key[1:], trees.values(), strict=True
                    )
                )
            ]
            rows.append((one, *codes, sum(inside)))
    cells = pd.DataFrame(rows, columns=["period", *trees, "count"]).astype(
        dict.fromkeys(["period", *trees], "string")
    )
    return CountTable(name, universe, cells, trees, where)


def grid(numbers: list[list[int]], name="t", period="2026-10") -> CountTable:
    """A two-way table with both margins."""
    trees = {
        "row": flat("row", {f"r{i}": "" for i in range(len(numbers))}),
        "column": flat("column", {f"c{j}": "" for j in range(len(numbers[0]))}),
    }
    return table(
        {(f"r{i}", f"c{j}"): n for i, line in enumerate(numbers) for j, n in enumerate(line)},
        trees,
        name,
        period,
    )


def line(numbers: list[int], name="t", period="2026-10", dimension="kind") -> CountTable:
    """A one-way table with its total."""
    return table(
        {(f"k{i}",): n for i, n in enumerate(numbers)},
        {dimension: flat(dimension, {f"k{i}": "" for i in range(len(numbers))})},
        name,
        period,
    )


def publish(tables: list[CountTable], statuses: dict) -> list[CountTable]:
    """What a reader sees: withheld counts emptied."""
    out = []
    for t in tables:
        status = statuses[t.name]
        cells = t.cells.assign(
            status=status, count=t.cells["count"].astype("Int64").mask(status == "c")
        )
        out.append(replace(t, cells=cells))
    return out


def hide(t: CountTable, *keys: tuple) -> pd.Series:
    """A status for each row: `c` for the rows with these codes."""
    codes = (
        list(t.cells[list(t.trees)].itertuples(index=False, name=None))
        if t.trees
        else [()] * len(t.cells)
    )
    return pd.Series(
        ["c" if code in keys else "" for code in codes], index=t.cells.index, dtype="string"
    )
