"""What is counted: from de-identified rows to tables of counts with every margin."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from openresponse.errors import ProgramError
from openresponse.measures import (
    data_quality,
    dimensions,
    response_times,
)
from openresponse.measures.measure import definition
from openresponse.measures.registry import MEASURES
from openresponse.measures.sensitivity import informed
from openresponse.program import Program, Table
from openresponse.records.collection import Records
from openresponse.tables.contingency import CountTable
from openresponse.tables.hierarchy import Tree

SPECIAL = {"times", "data_quality", "spending", "milestones"}


@dataclass(frozen=True)
class Counted:
    """One part of one public table.

    part: which part of a stacked table, or None. category: the dimension of `counts` that the
    public table shows in its category column. quantiles: response times only, keyed as the counts
    are.
    """

    table: str
    part: str | None
    category: str
    counts: CountTable
    definition: dict[str, str]
    quantiles: pd.DataFrame | None = None


def count(program: Program, records: Records, release: str) -> list[Counted]:
    """Every counted table of the catalogue, part by part, for the periods that are complete at
    `release`.

    A table appears with its first complete period; ProgramError where none has one yet.
    """
    parts = [
        part
        for name, spec in program.tables.items()
        for part in _parts(name, spec, program, records, release)
        if not part.counts.cells.empty
    ]
    if not parts:
        raise ProgramError(
            f"`tables`: no period of any table is complete in {release}, so there is nothing to"
            " publish. Add a table by month to the program file, or wait for the end of the first"
            " quarter or year."
        )
    return [
        replace(
            part,
            counts=informed(
                part.counts,
                part.table,
                part.part,
                part.category,
                program,
                part.quantiles is None and part.counts.universe != "rows",
            ),
        )
        for part in parts
    ]


def _parts(
    name: str, spec: Table, program: Program, records: Records, release: str
) -> Iterator[Counted]:
    if spec.period == "as_it_stands" or spec.measure == "spending" or spec.told_from:
        return
    if spec.measure == "times":
        yield from _times(name, spec, program, records, release)
    elif spec.measure == "data_quality":
        yield _quality(name, spec, program, records)
    else:
        for part in spec.stack.parts if spec.stack else [None]:
            yield _measured(name, spec, part, program, records, release)


def _measured(
    name: str, spec: Table, part: str | None, program: Program, records: Records, release: str
) -> Counted:
    chosen = MEASURES.get(part if spec.measure is None else spec.measure)
    if chosen is None:
        known = ", ".join(sorted(set(MEASURES) | SPECIAL))
        raise ProgramError(
            f"`tables.{name}.measure`: {spec.measure or part} is not a measure; allowed are"
            f" {known}."
        )
    rows = _periods(records, spec, release)
    leaf = chosen.classify(rows)
    if spec.measure in ("volumes", "contacts"):
        column = part or spec.category
        tree = dimensions.dimension(column, program, total="All")
        leaf = dimensions.values(rows, column, program).where(leaf.notna())
    else:
        tree = chosen.tree(program)
    tree, leaf = _cut(name, tree, leaf, spec.upto)
    counts = CountTable(
        _full(name, part),
        records.universe,
        *_tabulate(rows, leaf, spec, tree, program),
        chosen.where,
    )
    return Counted(
        name, part, tree.dimension, counts, definition(chosen.classify, records.universe)
    )


def _cut(name: str, tree: Tree, leaf: pd.Series, upto: tuple[str, ...]) -> tuple[Tree, pd.Series]:
    """The tree down to these codes, and each row's leaf in it."""
    if not upto:
        return tree, leaf
    try:
        short = tree.cut(upto)
    except ProgramError as error:
        raise ProgramError(f"`tables.{name}.upto`: {error}") from error
    up = {code: next(a for a in tree.ancestors(code) if a in short.leaves) for code in tree.leaves}
    return short, leaf.map(up).astype("string")


def _times(
    name: str, spec: Table, program: Program, records: Records, release: str
) -> Iterator[Counted]:
    if spec.stack is None:
        raise ProgramError(f"`tables.{name}.stack`: response times need the list of intervals.")
    rows = _periods(records, spec, release)
    for interval in spec.stack.parts:
        if interval not in rows:
            raise ProgramError(
                f"`tables.{name}.stack.parts`: the extracts give no interval `{interval}`."
            )
        tree = response_times.tree(interval, records.universe.replace("_", " "))
        cells, trees = _tabulate(rows, response_times.timed(rows, interval), spec, tree, program)
        spread = response_times.quantiles(
            _exploded(rows, spec, program), interval, ["period", *spec.by]
        )
        counts = CountTable(
            _full(name, interval),
            records.universe,
            cells,
            trees,
            response_times.WHERE.get(interval, ()),
            quantiles=tuple(
                (tree.dimension, "timed", q) for q in response_times.QUANTILES.values()
            ),
        )
        yield Counted(
            name,
            interval,
            tree.dimension,
            counts,
            definition(response_times.timed, records.universe),
            spread,
        )


def _quality(name: str, spec: Table, program: Program, records: Records) -> Counted:
    rows = records.handling[records.handling["period"].notna()]
    if spec.period == "quarter":
        whole = _whole(records.months, "Q", 3)
        quarter = pd.PeriodIndex(rows["period"], freq="M").asfreq("Q").strftime("%Y-Q%q")
        rows = rows.assign(period=quarter.astype("string"))[quarter.isin(whole)]
    tree, leaf = _cut(name, data_quality.HANDLING, data_quality.data_quality(rows), spec.upto)
    by = [column for column in spec.by if column == "extract"]
    trees = {
        column: dimensions.flat(column, data_quality.EXTRACTS, total=None) for column in by
    } | {"handling": tree}
    counts = CountTable(
        name,
        "rows",
        _margins(rows["period"], rows[by], leaf, trees),
        trees,
        known=data_quality.KNOWN if by else (),
    )
    return Counted(name, None, "handling", counts, definition(data_quality.data_quality))


def _full(name: str, part: str | None) -> str:
    return name if part is None else f"{name}/{part}"


def _periods(records: Records, spec: Table, release: str) -> pd.DataFrame:
    """Rows with `period`, of complete periods whose figures are known at `release` only."""
    months = pd.PeriodIndex(records.months, freq="M")
    known = pd.Period(release, freq="M") - spec.lag_months
    rows = records.rows
    if spec.period == "all":
        first, last = records.months[0][:4], records.months[-1][:4]
        return rows.assign(period=f"{first}/{last}" if first != last else first)
    if spec.period == "month":
        return rows[rows["month"].isin([str(m) for m in months if m <= known])].assign(
            period=lambda r: r["month"]
        )
    grain, size = {"quarter": ("Q", 3), "year": ("Y", 12)}[spec.period]
    names = _whole([str(m) for m in months if m <= known], grain, size)
    return rows[rows[spec.period].isin(names)].assign(period=lambda r: r[spec.period])


def _whole(months: list[str], grain: str, size: int) -> set[str]:
    """The quarters or years of which all months are there."""
    all_months = pd.PeriodIndex(months, freq="M")
    sizes = pd.Series(1, index=all_months).groupby(all_months.asfreq(grain)).size()
    return {
        p.strftime("%Y-Q%q") if grain == "Q" else str(p.year) for p in sizes[sizes == size].index
    }


def _tabulate(
    rows, leaf, spec: Table, tree: Tree, program: Program
) -> tuple[pd.DataFrame, dict[str, Tree]]:
    trees = {name: dimensions.dimension(name, program) for name in spec.by} | {tree.dimension: tree}
    by = pd.DataFrame(
        {name: dimensions.values(rows, name, program) for name in spec.by}, index=rows.index
    )
    return _margins(rows["period"], by, leaf, trees), trees


def _margins(
    period: pd.Series, by: pd.DataFrame, leaf: pd.Series, trees: dict[str, Tree]
) -> pd.DataFrame:
    """Counts over the whole cross of the trees in every period, margins included, zeros too."""
    category = list(trees)[-1]
    frame = by.assign(period=period, **{category: leaf}).dropna(subset=[category])
    names = list(trees)
    counts = frame.groupby(["period", *names]).size().rename("count").reset_index()
    for name, tree in trees.items():
        up = [(code, ancestor) for code in tree.leaves for ancestor in tree.ancestors(code)]
        climb = pd.DataFrame(up, columns=[name, "ancestor"]).astype("string")
        counts = (
            counts.merge(climb, on=name, validate="m:m")
            .drop(columns=name)
            .rename(columns={"ancestor": name})
        )
        counts = counts.groupby(["period", *names], as_index=False)["count"].sum()
    cross = pd.MultiIndex.from_product(
        [sorted(period.unique()), *(tree.codes for tree in trees.values())],
        names=["period", *names],
    )
    full = counts.set_index(["period", *names])["count"].reindex(cross, fill_value=0)
    return full.reset_index().astype(dict.fromkeys(["period", *names], "string"))


def _exploded(rows: pd.DataFrame, spec: Table, program: Program) -> pd.DataFrame:
    """Rows once for themselves and once for each total they are part of."""
    for name in spec.by:
        own = rows.assign(**{name: dimensions.values(rows, name, program)})
        rows = pd.concat([own, own.assign(**{name: "all"})], ignore_index=True)
    return rows
