"""What the program file says of pairs of codes that never occurred."""

import pytest

from openresponse.errors import ProgramError
from openresponse.measures import tabulation
from openresponse.measures.counting.record_attributes import microdata
from openresponse.program.privacy import PossiblePair
from openresponse.records import collection
from support.extract import deliver, described

MONTHS = ("2026-07", "2026-08", "2026-09")
ENTRY = {"attribute": "district", "code": "B-2", "other": "service", "other_code": "team_not_sent"}


def could_meet(boston, **entry):
    """What is taken to be possible of calls of two districts, by an entry of the program file."""
    city = described(boston, "incidents", {"district": {"column": "District"}})
    pair = PossiblePair(reason="Nothing keeps a team from being sent there.", **entry)
    privacy = city.privacy.model_copy(update={"could_occur": (pair,)})
    city = city.model_copy(
        update={"privacy": privacy, "tables": {"districts": city.tables["districts"]}}
    )
    for month in MONTHS:
        calls = [
            {"Incident Number": month + code, "Call Received": f"{month}-03", "District": code}
            for code in ("B-2", "C-6")
        ]
        deliver(city.folders.raw, month, incidents=calls)
    records = collection.collect(city, MONTHS[-1])
    (known,) = microdata(city, records, tabulation.count(city, records, MONTHS[-1]))
    return known.could_meet


def test_a_pair_of_codes_that_could_occur_is_taken_to_be_possible(boston):
    assert could_meet(boston, **ENTRY) == ((("district", "B-2"), ("service", "team_not_sent")),)


@pytest.mark.parametrize(
    "wrong", [{"code": "B-9"}, {"other": "weather"}, {"other_code": "misspelt"}]
)
def test_a_pair_of_which_no_record_has_a_code_is_refused_where_it_stands(boston, wrong):
    with pytest.raises(ProgramError, match=r"`privacy.could_occur\[0\]`: no records have"):
        could_meet(boston, **(ENTRY | wrong))
