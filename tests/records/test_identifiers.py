"""Identifiers are learnt from whatever is delivered, to be searched for in what is published."""

from openresponse.program import Column
from openresponse.records.delivery import identifiers
from support.extract import deliver


def with_number(program, name, **extract):
    """The program with another way to find the incident numbers of one extract."""
    changed = program.extracts[name].model_copy(update=extract)
    return program.model_copy(update={"extracts": {name: changed}})


def test_identifiers_of_a_file_that_holds_all_months_are_learnt(boston):
    folder = deliver(boston.folders.raw, "2026-01", incidents=[{}])
    (folder / "incidents.csv").rename(boston.folders.raw / "incidents.csv")
    city = with_number(boston, "incidents", layout="single")
    assert identifiers(city, []) == {"P260000001"}


def test_every_identifier_that_a_pattern_matches_is_learnt(boston):
    deliver(boston.folders.raw, "2026-01", units=[{"Unit": "H21=10:02, H22=10:04"}])
    column = Column(column="Unit", pattern=r"([A-Z]\d+)=")
    city = with_number(boston, "units", columns={"unit": column})
    assert identifiers(city, ["2026-01"]) == {"H21", "H22"}


def test_where_nothing_is_delivered_there_is_nothing_to_learn(boston):
    assert identifiers(boston, []) == set()
    assert identifiers(with_number(boston, "incidents", layout="single"), []) == set()
