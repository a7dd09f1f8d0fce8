"""A table that no extract stands behind is named when the program file is loaded."""

import pytest

from openresponse.errors import ProgramError
from openresponse.measures import planned_tables
from openresponse.program import Table


def without(program, name):
    return {one: extract for one, extract in program.extracts.items() if one != name}


def counting(program, measure, **changes):
    table = Table(title="One", measure=measure, period="month")
    return program.model_copy(update={"tables": {"one": table}, **changes})


@pytest.mark.parametrize("measure", ["spending", "milestones"])
def test_money_and_milestones_need_their_extract(program, measure):
    planned_tables.check(counting(program, measure))
    with pytest.raises(ProgramError, match=rf"`tables.one.measure`: .*`extracts.{measure}`"):
        planned_tables.check(counting(program, measure, extracts=without(program, measure)))


@pytest.mark.parametrize(
    "measure", ["outcomes", "referrals", "involuntary_hold", "repeat_contacts"]
)
def test_what_is_counted_from_contacts_needs_a_contact_record(program, measure):
    extracts = {name: program.extracts[name] for name in ("incidents", "units")}
    with pytest.raises(ProgramError, match=r"`extracts\.encounters` or `extracts\.epcr`"):
        planned_tables.check(counting(program, measure, extracts=extracts))


def test_a_measure_of_a_field_needs_its_column(program):
    with pytest.raises(ProgramError, match=r"columns\.primary_impression`"):
        planned_tables.check(counting(program, "case_definition"))


def test_unit_responses_have_no_measures_of_incidents(program):
    with pytest.raises(ProgramError, match="funnel counts incidents"):
        planned_tables.check(counting(program, "funnel", universe="unit_responses"))


def test_who_was_sent_is_not_counted_without_a_unit_log(program):
    with pytest.raises(ProgramError, match=r"`extracts\.units`"):
        planned_tables.check(counting(program, "funnel", extracts=without(program, "units")))
