"""Rows counted over the whole cross of some dimensions, every margin included."""

from collections.abc import Iterable

import pandas as pd

from openresponse.measures import dimensions
from openresponse.program import Program
from openresponse.tables.hierarchy import ALL, Hierarchy


def tabulate(
    rows: pd.DataFrame,
    leaf: pd.Series,
    hierarchy: Hierarchy,
    by: Iterable[str],
    program: Program,
    periods: Iterable[str],
) -> tuple[pd.DataFrame, dict[str, Hierarchy]]:
    """The cells by `period`, the dimensions `by` and the codes of `hierarchy`; and each one's
    hierarchy. periods: those that are counted, also without a row.
    """
    hierarchies = {name: dimensions.dimension(name, program) for name in by}
    values = {name: dimensions.values(rows, name, program) for name in hierarchies}
    hierarchies |= {hierarchy.dimension: hierarchy}
    frame = pd.DataFrame(values, index=rows.index)
    return margins(rows["period"], frame, leaf, hierarchies, periods), hierarchies


def margins(
    period: pd.Series,
    by: pd.DataFrame,
    leaf: pd.Series,
    hierarchies: dict[str, Hierarchy],
    periods: Iterable[str],
) -> pd.DataFrame:
    """Counts over the whole cross of the hierarchies in every period, margins included, zeros too.

    by: a column for each hierarchy but the last. leaf: the codes of the last; NA is not counted.
    """
    *_, category = names = list(hierarchies)
    frame = by.assign(period=period, **{category: leaf}).dropna(subset=[category])
    counts = frame.groupby(["period", *names]).size().rename("count").reset_index()
    for name, hierarchy in hierarchies.items():
        up = [
            (code, ancestor) for code in hierarchy.leaves for ancestor in hierarchy.ancestors(code)
        ]
        climb = pd.DataFrame(up, columns=[name, "ancestor"]).astype("string")
        counts = (
            counts.merge(climb, on=name, validate="m:m")
            .drop(columns=name)
            .rename(columns={"ancestor": name})
        )
        counts = counts.groupby(["period", *names], as_index=False)["count"].sum()
    cross = pd.MultiIndex.from_product(
        [list(periods), *(hierarchy.codes for hierarchy in hierarchies.values())],
        names=["period", *names],
    )
    full = counts.set_index(["period", *names])["count"].reindex(cross, fill_value=0)
    return full.reset_index().astype(dict.fromkeys(["period", *names], "string"))


def with_totals(rows: pd.DataFrame, by: Iterable[str], program: Program) -> pd.DataFrame:
    """Rows once for themselves and once for each total they are part of."""
    for name in by:
        own = rows.assign(**{name: dimensions.values(rows, name, program)})
        rows = pd.concat([own, own.assign(**{name: ALL})], ignore_index=True)
    return rows


def cut(
    hierarchy: Hierarchy, leaf: pd.Series, upto: tuple[str, ...]
) -> tuple[Hierarchy, pd.Series]:
    """The hierarchy down to these codes, and each row's leaf in it; as they are where there are
    none.

    ProgramError where a code is not of the hierarchy.
    """
    if not upto:
        return hierarchy, leaf
    short = hierarchy.cut(upto)
    up = {
        code: next(a for a in hierarchy.ancestors(code) if a in short.leaves)
        for code in hierarchy.leaves
    }
    return short, leaf.map(up).astype("string")
