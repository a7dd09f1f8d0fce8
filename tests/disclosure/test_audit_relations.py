"""What codes of different tables say of each other, planted for the audit to find.

Each leak is tried a second time with that knowledge withheld: an audit that finds it then finds it
by chance.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd
import pytest

from openresponse.disclosure.audit import verdict
from openresponse.disclosure.cell_suppression import Protection, protect
from openresponse.disclosure.rules import Rule
from openresponse.tables.contingency import ContingencyTable
from openresponse.tables.hierarchy import Hierarchy, flat
from openresponse.tables.microdata import ABSENT, COUNT, MONTH, NO_RELATIONS, Microdata
from support.records import FIRST, counted

RULE = Rule("test", 5, "typed in", reach=1, often=1)
Hidden = dict[str, list[tuple[str, ...]]]


@dataclass(frozen=True)
class Leak:
    """records: behind the tables. hidden: the withheld cells of each table, by their codes with or
    without the period. opened: what can be proved to be small.
    """

    records: pd.DataFrame
    tables: list[ContingencyTable]
    hidden: Hidden
    opened: str

    @property
    def published(self) -> list[ContingencyTable]:
        return [published(table, self.hidden.get(table.name, [])) for table in self.tables]

    @cached_property
    def search(self) -> Protection:
        dated = frozenset({"model", "stage"} & {*self.records})
        return protect(self.tables, [Microdata("incidents", self.records, dated)], RULE)

    @property
    def relations(self) -> pd.DataFrame:
        return self.search.system.relations


def published(table: ContingencyTable, hidden: list[tuple[str, ...]]) -> ContingencyTable:
    codes = table.cells[["period", *table.hierarchies]].itertuples(index=False, name=None)
    withheld = pd.Series(
        [cell in hidden or cell[1:] in hidden for cell in codes], index=table.cells.index
    )
    status = withheld.map({True: "c", False: ""}).astype("string")
    count = table.cells["count"].astype("Int64").mask(withheld)
    return replace(table, cells=table.cells.assign(count=count, status=status))


def rows(*names: str) -> Callable[..., pd.DataFrame]:
    """Records of the first month, or of the one that comes first in each row, with these codes."""
    return lambda *content: pd.DataFrame(content, columns=[MONTH, *names, COUNT]).assign(
        **{MONTH: lambda frame: frame[MONTH] + FIRST}
    )


def quarter(records: pd.DataFrame) -> pd.Series:
    return pd.Series("2026-Q1", index=records.index)


def monthly(records: pd.DataFrame) -> pd.Series:
    return records[MONTH].map({FIRST + m: f"2026-{m + 1:02}" for m in range(12)})


def codes(dimension: str, *wanted: str) -> dict[str, Hierarchy]:
    return {dimension: flat(dimension, dict.fromkeys(wanted, ""))}


def reason_that_is_a_district() -> Leak:
    """Of the 52 calls without a district, 48 are not eligible for that reason."""
    records = rows("reason", "district", "service")(
        (0, "outside", "north", "not_eligible", 40),
        (0, "no_area", "not_recorded", "not_eligible", 48),
        (0, "none", "north", "eligible", 60),
        (0, "none", "not_recorded", "eligible", 4),
    )
    district, service = ("north", "not_recorded"), ("not_eligible", "eligible")
    both = codes("district", *district) | codes("service", *service)
    tables = [
        counted("funnel", records, codes("reason", "outside", "no_area", "none"), quarter(records)),
        counted("districts", records, both, quarter(records)),
    ]
    hidden = {"districts": [(d, s) for d in district for s in service]}
    return Leak(records, tables, hidden, "district=not_recorded, service=eligible")


def arrests_of_three_months() -> Leak:
    """An arrest as an outcome is an arrest as an event, of which the quarter has 6."""
    records = rows("outcome", "answer")(
        *((m, "home", "no", 30) for m in range(3)),
        *((m, "jail", "no", 25) for m in range(3)),
        *((m, "arrest", "yes", 2) for m in range(3)),
    )
    tables = [
        counted("outcomes", records, codes("outcome", "home", "jail", "arrest"), monthly(records)),
        counted("safety", records, codes("answer", "yes", "no"), quarter(records)),
    ]
    return Leak(records, tables, {"outcomes": [("arrest",), ("jail",)]}, "2026-01, outcome=arrest")


def interval_inside_a_longer_one() -> Leak:
    """Who could not be timed to the team is among 20 not timed to the end, of whom 16 met none."""
    records = rows("team", "end", "came")(
        (0, "timed", "timed", "yes", 40),
        (0, "not_timed", "not_timed", "yes", 3),
        (0, "timed", "not_timed", "yes", 1),
        (0, ABSENT, "not_timed", "no", 16),
    )
    tables = [
        counted("to_end", records, codes("end", "timed", "not_timed"), quarter(records)),
        counted(
            "to_team",
            records,
            codes("team", "timed", "not_timed"),
            quarter(records),
            subset=(("came", "yes"),),
        ),
        counted("teams", records, codes("came", "yes", "no"), quarter(records)),
    ]
    return Leak(records, tables, {"to_team": [("timed",), ("not_timed",)]}, "team=not_timed")


def teams_that_begin_in_the_last_month() -> Leak:
    """Two models, each with a run at least, share the 5 runs of the month in which theirs began."""
    records = rows("model", "stage")(
        *((m, model, "not_sent", 20) for m in range(3) for model in ("old", "one", "two")),
        *((m, "old", "sent", 30) for m in range(2)),
        (2, "one", "sent", 3),
        (2, "two", "sent", 2),
    )
    model, stage = codes("model", "old", "one", "two"), codes("stage", "sent", "not_sent")
    tables = [
        counted("models", records, model, monthly(records)),
        counted("funnel", records, stage, monthly(records)),
        counted("model_funnel", records, model | stage, quarter(records)),
    ]
    hidden = {"model_funnel": [(m, s) for m in ("old", "one", "two") for s in ("sent", "not_sent")]}
    return Leak(records, tables, hidden, "model=one, stage=sent")


def neighborhood_of_a_district() -> Leak:
    """What a district has beside its only other neighborhood."""
    records = rows("neighborhood", "district")(
        (0, "n1", "d1", 20), (0, "n2", "d1", 3), (0, "n3", "d2", 26), (0, "n4", "d2", 6)
    )
    places = codes("neighborhood", "n1", "n2", "n3", "n4")
    tables = [
        counted("neighborhoods", records, places, quarter(records)),
        counted("districts", records, codes("district", "d1", "d2"), quarter(records)),
    ]
    return Leak(records, tables, {"neighborhoods": [("n2",), ("n4",)]}, "neighborhood=n2")


def hold_that_needs_police() -> Leak:
    """Police came to 12, of whom 9 were arrested, so at most 3 were held."""
    records = rows("outcome", "police")(
        (0, "arrest", "yes", 9), (0, "hold", "yes", 2), (0, "home", "yes", 1), (0, "home", "no", 40)
    )
    tables = [
        counted("outcomes", records, codes("outcome", "arrest", "hold", "home"), quarter(records)),
        counted("police", records, codes("police", "yes", "no"), quarter(records)),
    ]
    return Leak(records, tables, {"outcomes": [("hold",), ("home",)]}, "outcome=hold")


LEAKS = [
    reason_that_is_a_district,
    arrests_of_three_months,
    interval_inside_a_longer_one,
    teams_that_begin_in_the_last_month,
    neighborhood_of_a_district,
    hold_that_needs_police,
]


def opened(leak: Leak, relations: pd.DataFrame = NO_RELATIONS) -> str:
    return "; ".join(verdict.audit(leak.published, RULE, relations=relations).opened)


@pytest.mark.parametrize("leak", LEAKS)
def test_the_leak_is_found(leak):
    planted = leak()
    assert planted.opened in opened(planted, planted.relations)


@pytest.mark.parametrize("leak", LEAKS)
def test_without_the_relations_it_goes_unnoticed(leak):
    assert opened(leak()) == ""


@pytest.mark.parametrize("leak", LEAKS)
def test_what_the_search_withholds_instead_gives_nothing_away(leak):
    planted = leak()
    found = planted.search.statuses
    tables = [
        replace(
            table,
            cells=table.cells.assign(
                count=table.cells["count"].astype("Int64").mask(found[table.name] == "c"),
                status=found[table.name],
            ),
        )
        for table in planted.tables
    ]
    assert verdict.audit(tables, RULE, relations=planted.relations).ok


def test_what_is_proved_by_a_relation_that_only_the_new_release_names_was_not_given_away_before():
    planted = reason_that_is_a_district()
    twice = planted.published, RULE, [planted.published]
    named = verdict.audit(*twice, relations=planted.relations)
    assert named.ok and named.given_away
    first_named = verdict.audit(*twice, relations=planted.relations, relations_before=NO_RELATIONS)
    assert not first_named.ok


NO_ARREST_WITHOUT_ONE = (("outcome", "arrest"), ("answer", "no"))


@pytest.mark.parametrize("by_definition", [True, False])
def test_that_a_pair_could_occur_is_believed_unless_a_definition_excludes_it(by_definition):
    planted = arrests_of_three_months()
    never = (NO_ARREST_WITHOUT_ONE,) if by_definition else ()
    records = Microdata(
        "incidents", planted.records, never=never, could_meet=(NO_ARREST_WITHOUT_ONE,)
    )
    relations = protect(planted.tables, [records], RULE).system.relations
    assert (planted.opened in opened(planted, relations)) == by_definition
