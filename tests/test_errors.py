"""What an error names of many findings."""

import pytest

from openresponse.errors import NAMED, first


@pytest.mark.parametrize(
    ("many", "more"), [(NAMED - 1, ""), (NAMED, ""), (NAMED + 1, "; and 1 more")]
)
def test_an_error_names_the_first_findings_and_how_many_more_there_are(many, more):
    assert first([f"one {n}" for n in range(many)]) == (
        "; ".join(f"one {n}" for n in range(min(many, NAMED))) + more
    )
