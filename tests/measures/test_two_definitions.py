"""Two definitions of a mental-health call stand side by side in one table."""

import pandas as pd

from openresponse.measures.measure import definition
from openresponse.measures.volumes import case_definition


def test_every_call_is_one_of_the_definitions_answers():
    rows = pd.DataFrame(
        {"case_definition": ["meets_definition", "does_not_meet", "codes_not_recorded", None]},
        dtype="string",
    )
    expected = ["meets_definition", "does_not_meet", "codes_not_recorded", "no_ems_record"]
    assert list(case_definition(rows)) == expected


def test_the_definition_is_printed_with_its_source_and_day():
    counts = definition(case_definition.classify)["counts"]
    assert "NEMSIS Technical Assistance Center" in counts and "May 27, 2025" in counts
