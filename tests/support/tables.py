"""Small tables typed into a test: leaves in, every margin out."""

from dataclasses import replace
from itertools import product

import pandas as pd

from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy, flat


def table(
    leaves: dict,
    hierarchies: dict[str, Hierarchy],
    name="t",
    period="2026-10",
    universe="incidents",
    subset=(),
) -> ContingencyTable:
    """leaves: tuple of leaf codes (in the order of `hierarchies`) to count; with `period` None the
    first code is the period.
    """
    rows = []
    periods = [period] if period else list(dict.fromkeys(key[0] for key in leaves))
    for one in periods:
        for codes in product(*(hierarchy.codes for hierarchy in hierarchies.values())):
            inside = [
                count
                for key, count in leaves.items()
                if (period or key[0] == one)
                and all(
                    code in hierarchy.ancestors(leaf)
                    for code, leaf, hierarchy in zip(
                        codes, key if period else key[1:], hierarchies.values(), strict=True
                    )
                )
            ]
            rows.append((one, *codes, sum(inside)))
    cells = pd.DataFrame(rows, columns=["period", *hierarchies, "count"]).astype(
        dict.fromkeys(["period", *hierarchies], "string")
    )
    return ContingencyTable(name, universe, cells, hierarchies, subset)


def grid(numbers: list[list[int]], name="t", period="2026-10") -> ContingencyTable:
    """A two-way table with both margins."""
    hierarchies = {
        "row": flat("row", {f"r{i}": "" for i in range(len(numbers))}),
        "column": flat("column", {f"c{j}": "" for j in range(len(numbers[0]))}),
    }
    return table(
        {(f"r{i}", f"c{j}"): n for i, line in enumerate(numbers) for j, n in enumerate(line)},
        hierarchies,
        name,
        period,
    )


def line(numbers: list[int], name="t", period="2026-10", dimension="kind") -> ContingencyTable:
    """A one-way table with its total."""
    return table(
        {(f"k{i}",): n for i, n in enumerate(numbers)},
        {dimension: flat(dimension, {f"k{i}": "" for i in range(len(numbers))})},
        name,
        period,
    )


def publish(tables: list[ContingencyTable], statuses: dict) -> list[ContingencyTable]:
    """What a reader sees: withheld counts emptied."""
    out = []
    for t in tables:
        status = statuses[t.name]
        cells = t.cells.assign(
            status=status, count=t.cells["count"].astype("Int64").mask(status == "c")
        )
        out.append(replace(t, cells=cells))
    return out


def hide(t: ContingencyTable, *keys: tuple) -> pd.Series:
    """A status for each row: `c` for the rows with these codes."""
    codes = (
        list(t.cells[list(t.hierarchies)].itertuples(index=False, name=None))
        if t.hierarchies
        else [()] * len(t.cells)
    )
    return pd.Series(
        ["c" if code in keys else "" for code in codes], index=t.cells.index, dtype="string"
    )
