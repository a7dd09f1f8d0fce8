"""What the checks look at: everything delivered up to a month, as it was read and linked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from openresponse.program import ExtractName, Program
from openresponse.program.limits import Limits
from openresponse.records.schema import FIELDS, MOMENTS
from openresponse.tables import months

# About money and steps, not about calls.
PLANS: tuple[ExtractName, ...] = ("spending", "milestones")
Frames = Mapping[ExtractName, pd.DataFrame]


NO_CALL = -1  # among the numbers of calls, of a row that belongs to none


@dataclass(frozen=True)
class Delivered:
    """Confidential: only findings leave it.

    month: of the release. files, values: see `folder_contents`. frames: every row delivered, with
    its handling. rows: the linked incidents, or the unit responses. published: month to the release
    that first published it.
    """

    program: Program
    month: str
    files: pd.DataFrame
    values: pd.DataFrame
    frames: Frames
    rows: pd.DataFrame
    published: Mapping[str, str] = field(default_factory=dict)

    @property
    def limits(self) -> Limits:
        return self.program.plausibility

    @property
    def counted(self) -> ExtractName:
        """The extract whose rows are counted."""
        return "incidents" if self.program.universe == "incidents" else "units"

    @cached_property
    def newest(self) -> Frames:
        """The rows of the release month's delivery."""
        return {name: rows[rows["delivery"] == self.month] for name, rows in self.frames.items()}

    def expects(self, name: ExtractName) -> bool:
        """Whether an extract has a file of its own for the release's month."""
        return any(
            form.layout == "monthly" and form.holds_in(self.month)
            for form in self.program.extracts[name].forms
        )

    def has(self, name: ExtractName, *fields: str) -> bool:
        """Whether an extract is read, and these fields of it."""
        extract = self.program.extracts.get(name)
        return extract is not None and set(fields) <= set(extract.columns)

    def has_fields(self, name: ExtractName) -> list[str]:
        """The fields of an extract that are read."""
        return [field for field in FIELDS[name] if self.has(name, field)]

    def of_calls(self, rows: pd.DataFrame, field: str) -> pd.Series:
        """A field of the call that each row belongs to; empty where it belongs to none."""
        calls = rows["incident"].fillna(NO_CALL)
        return self.rows[field].reindex(calls).set_axis(rows.index)

    def column(self, name: ExtractName | None, field: str) -> str:
        """The heading of a field in the newest file."""
        values = self.values
        read = (values["extract"] == name) & (values["field"] == field)
        newest = values.loc[read & (values["delivery"] == self.month), "column"]
        return str(newest.iloc[0]) if len(newest) else ""

    def coded(self, name: ExtractName) -> list[str]:
        """The fields of an extract of which the program file lists the codes."""
        extract = self.program.extracts.get(name)
        columns = extract.columns if extract else {}
        return [
            field for field, column in columns.items() if any(form.codes for form in column.forms)
        ]

    def listed(self, name: ExtractName, field: str) -> list[str]:
        """The spellings of codes that the program file lists for a field."""
        forms = self.program.extracts[name].columns[field].forms
        return sorted({spelling for form in forms for spelling in form.codes})

    def of_kind(self, name: ExtractName, *kinds: str) -> list[str]:
        """The fields of an extract that are read and of these kinds."""
        return [
            field
            for field, rule in FIELDS[name].items()
            if rule.kind in kinds and self.has(name, field)
        ]

    def moments(self, name: ExtractName) -> list[str]:
        """The moments of one row that are read, in the order in which they happen."""
        return [field for field in MOMENTS.get(name, ()) if self.has(name, field)]

    @cached_property
    def changed(self) -> str:
        """The last month up to that of the release in which a model began somewhere: who is sent is
        not compared across it.
        """
        launches = [
            launch
            for model in self.program.models.values()
            for launch in [model.launched]
            if launch
        ]
        launches += [
            launch
            for district in self.program.areas.districts.values()
            for launch in district.launched.values()
        ]
        return max((launch for launch in launches if launch <= self.month), default="")

    @cached_property
    def by_day(self) -> pd.Series:
        """How many rows are counted on each day of the months up to that of the release."""
        local = self.rows["local"].dropna()
        days = local.dt.tz_localize(None).dt.normalize()
        return days[self.rows.loc[days.index, "month"] <= self.month].value_counts().sort_index()

    @property
    def days(self) -> int:
        """The days of the release's month."""
        return int(pd.Period(self.month, freq="M").days_in_month)

    @cached_property
    def cells(self) -> dict[tuple[ExtractName, str], pd.DataFrame]:
        """For each column, how many cells each delivery (rows) has in it, and how many of them are
        empty, readable and unreadable.
        """
        counts = ["rows", "empty", "readable", "unreadable"]
        summed = self.values.groupby(["extract", "field", "delivery"])[counts].sum().astype(float)
        return {key: rows.droplevel([0, 1]) for key, rows in summed.groupby(level=[0, 1])}

    @cached_property
    def codes(self) -> list[tuple[ExtractName, str, str, pd.DataFrame]]:
        """Each code of each column of codes about calls and units that the newest delivery has
        values of, with how many (`hits`) of the filled cells (`rows`) have it by delivery.
        """
        tables = []
        coded = [(name, each) for name in self.frames for each in self.coded(name)]
        for name, column in coded:
            counts = self.frames[name].groupby(["delivery", column], observed=True).size()
            counts = counts.unstack(fill_value=0).astype(float)
            if name not in PLANS and self.month in counts.index:
                filled = counts.sum(axis="columns")
                tables += [
                    (name, column, str(code), pd.DataFrame({"hits": hits, "rows": filled}))
                    for code, hits in counts.items()
                ]
        return tables

    @property
    def end(self) -> pd.Timestamp:
        """The first moment after the release's month."""
        first = pd.Timestamp(f"{months.later(self.month, 1)}-01")
        return first.tz_localize(self.program.program.zone)
