"""What is counted: from de-identified rows to tables of counts with every margin."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from openresponse.errors import ProgramError
from openresponse.measures import data_quality, dimensions, response_times
from openresponse.measures.counting import grain, margins, record_attributes
from openresponse.measures.counting.counted import Counted, name
from openresponse.measures.counting.sensitivity import informed
from openresponse.measures.measure import Measure, definition, fitted, of_codes
from openresponse.measures.registry import MEASURES
from openresponse.program import Program, Table
from openresponse.records.collection import Records
from openresponse.records.intervals import INTERVALS, Interval, timed_by
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy, flat

NOT_BY_CODES = {"times", "data_quality", "spending", "milestones"}  # measures of their own shape
BY_ANY_DIMENSION = ("volumes", "contacts")


def count(program: Program, records: Records, release: str) -> list[Counted]:
    """Every counted table of the catalogue, part by part, for the periods that are complete at
    `release`.

    A table appears with its first complete period; ProgramError where none has one yet.
    """
    counted = [
        informed(part, program)
        for table, spec in program.tables.items()
        for part in _Counting(table, spec, program, records, release).parts()
        if not part.counts.cells.empty
    ]
    if not counted:
        raise ProgramError(
            f"`tables`: no period of any table is complete in {release}, so there is nothing to"
            " publish. Add a table by month to the program file, or wait for the end of the first"
            " quarter or year."
        )
    return counted


@dataclass(frozen=True)
class _Counting:
    """One table of the catalogue, and what it is counted from."""

    table: str
    spec: Table
    program: Program
    records: Records
    release: str

    def parts(self) -> Iterator[Counted]:
        spec = self.spec
        if spec.period == "as_it_stands" or spec.measure == "spending" or spec.derived_from:
            return
        if spec.measure == "times":
            yield from self._times()
        elif spec.measure == "data_quality":
            yield self._data_quality()
        else:
            for part in spec.stack.parts if spec.stack else [None]:
                yield self._measured(part)

    def _measured(self, part: str | None) -> Counted:
        chosen = self._measure(part)
        rows = grain.by_period(self.records, self.spec, self.release)
        leaf = chosen.classify(rows)
        if self.spec.measure in BY_ANY_DIMENSION:
            column = part or self.spec.category
            if column is None:
                raise ProgramError(
                    f"`tables.{self.table}.category`: name the dimension that {chosen.name} are"
                    " counted by."
                )
            hierarchy = dimensions.dimension(column, self.program)
            leaf = dimensions.values(rows, column, self.program).where(leaf.notna())
            attribute = record_attributes.among(column, chosen.name) if chosen.subset else column
        else:
            hierarchy, attribute = chosen.hierarchy(self.program), chosen.name
        stated = definition(chosen.classify, self.records.universe)
        return self._counted(
            part, rows, leaf, hierarchy, stated, attribute=attribute, subset=chosen.subset
        )

    def _measure(self, part: str | None) -> Measure:
        wanted = self.spec.measure or part or ""
        if wanted not in MEASURES:
            raise ProgramError(
                f"`tables.{self.table}.measure`: {wanted} is not a measure; allowed are"
                f" {', '.join(sorted(set(MEASURES) | NOT_BY_CODES))}."
            )
        return MEASURES[wanted]

    def _times(self) -> Iterator[Counted]:
        rows = grain.by_period(self.records, self.spec, self.release)
        every = margins.with_totals(rows, self.spec.by, self.program)
        for interval in self._intervals():
            yield self._counted(
                interval.name,
                rows,
                response_times.timed(rows, interval),
                response_times.hierarchy(interval, self.records.universe),
                response_times.stated(interval, self.records.universe),
                attribute=interval.name,
                subset=() if interval.among is None else (interval.among.code,),
                quantiles=response_times.quantiles(
                    every, interval.name, ["period", *self.spec.by], interval.spent
                ),
            )

    def _intervals(self) -> list[Interval]:
        """The intervals of the table; ProgramError where one is unknown, or not all of them are
        from one moment to another, or all of them times spent.
        """
        key = f"`tables.{self.table}.stack"
        if self.spec.stack is None:
            raise ProgramError(f"{key}`: response times need the list of intervals.")
        possible = {interval.name for interval in timed_by(self.program)}
        for wanted in self.spec.stack.parts:
            if wanted not in possible:
                raise ProgramError(
                    f"{key}.parts`: the extracts give no interval `{wanted}`; with the columns"
                    f" mapped, allowed are {', '.join(sorted(possible))}."
                )
        intervals = [INTERVALS[wanted] for wanted in self.spec.stack.parts]
        if len({bool(interval.spent) for interval in intervals}) > 1:
            raise ProgramError(
                f"{key}.parts`: some of these are times that units spent, which are added up to"
                " hours, and some are not. Give each kind a table of its own."
            )
        return intervals

    def _data_quality(self) -> Counted:
        rows = grain.deliveries_by_period(self.records, self.spec)
        finest = data_quality.HANDLING
        hierarchy, leaf = self._cut(finest, data_quality.data_quality(rows))
        by = [column for column in self.spec.by if column == "extract"]
        hierarchies = {column: flat(column, data_quality.EXTRACTS, total=None) for column in by} | {
            hierarchy.dimension: hierarchy
        }
        counts = ContingencyTable(
            self.table,
            "rows",
            margins.margins(
                rows["period"], rows[by], leaf, hierarchies, sorted(rows["period"].unique())
            ),
            hierarchies,
            known=data_quality.KNOWN if by else (),
            coarsenings={
                hierarchy.dimension: record_attributes.coarsening(
                    finest.dimension, hierarchy, finest
                )
            },
        )
        stated = fitted(definition(data_quality.data_quality), finest, hierarchy)
        return Counted(self.table, None, hierarchy.dimension, counts, stated)

    def _counted(
        self,
        part: str | None,
        rows: pd.DataFrame,
        leaf: pd.Series,
        hierarchy: Hierarchy,
        stated: dict[str, str],
        *,
        attribute: str,
        subset: tuple[tuple[str, str], ...],
        quantiles: pd.DataFrame | None = None,
    ) -> Counted:
        finest = hierarchy
        hierarchy, leaf = self._cut(finest, leaf)
        stated = fitted(stated, finest, hierarchy)
        cells, hierarchies = margins.tabulate(
            rows,
            leaf,
            hierarchy,
            self.spec.by,
            self.program,
            grain.periods(self.records, self.spec, self.release),
        )
        stated = of_codes(stated, hierarchies.values())
        counts = ContingencyTable(
            name(self.table, part),
            self.records.universe,
            cells,
            hierarchies,
            subset,
            quantiles=()
            if quantiles is None
            else tuple(
                (hierarchy.dimension, response_times.TIMED, q)
                for q in response_times.QUANTILES.values()
            ),
            coarsenings={
                hierarchy.dimension: record_attributes.coarsening(attribute, hierarchy, finest)
            },
        )
        return Counted(self.table, part, hierarchy.dimension, counts, stated, quantiles)

    def _cut(self, hierarchy: Hierarchy, leaf: pd.Series) -> tuple[Hierarchy, pd.Series]:
        try:
            return margins.cut(hierarchy, leaf, self.spec.upto)
        except ProgramError as error:
            raise ProgramError(f"`tables.{self.table}.upto`: {error}") from error
