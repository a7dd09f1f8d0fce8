"""Microdata: the records behind contingency tables, told apart as far as any table tells them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from openresponse.errors import DisclosureError

ABSENT = ""  # in place of a code: the attribute does not apply, as an outcome where nobody was met
Pair = tuple[str, str]  # an attribute and one of its codes
# The columns of a table of what codes mean to each other, in the order of publication.
RELATION = ("universe", "attribute", "code", "other", "other_code", "first", "last")
NO_RELATIONS = pd.DataFrame(columns=list(RELATION), dtype="string")
COUNT, MONTH = "#records", "#month"  # columns of the rows, named as no attribute can be


@dataclass(frozen=True)
class Coarsening:
    """How a dimension of a table reads an attribute of the records.

    codes: each code of the dimension to the codes of the attribute that it holds.
    """

    attribute: str
    codes: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Microdata:
    """What is known of each record of one universe.

    rows: MONTH, counted from year 0; one column for each attribute, with its finest codes, or
        ABSENT; and COUNT, how many records are alike. A row of 0 did not occur and could have.
    dated: attributes whose codes begin and end by rule, as a response model with its launch.
    never: pairs of (attribute, code) that by definition never meet in a record. could_meet: pairs
        of which nobody knows that they do not, although none was ever seen.
    """

    universe: str
    rows: pd.DataFrame
    dated: frozenset[str] = field(default=frozenset())
    never: tuple[tuple[Pair, Pair], ...] = ()
    could_meet: tuple[tuple[Pair, Pair], ...] = ()

    @property
    def attributes(self) -> list[str]:
        return [name for name in self.rows if name not in (MONTH, COUNT)]

    @classmethod
    def of(
        cls,
        universe: str,
        records: pd.DataFrame,
        dated: frozenset[str],
        never: tuple[tuple[Pair, Pair], ...] = (),
        could_meet: tuple[tuple[Pair, Pair], ...] = (),
    ) -> "Microdata":
        """From one row for each record, without COUNT; an attribute that is missing is ABSENT."""
        names = [name for name in records if name != MONTH]
        known = records.assign(**{name: records[name].fillna(ABSENT) for name in names})
        rows = known.groupby([MONTH, *names], observed=True).size().rename(COUNT).reset_index()
        return cls(universe, rows, dated, never, could_meet)

    def __post_init__(self) -> None:
        if MONTH not in self.rows or COUNT not in self.rows:
            raise DisclosureError(
                f"{self.universe}: microdata need the columns `{MONTH}` and `{COUNT}`. Nothing was"
                " published; this is a defect of a measure."
            )
