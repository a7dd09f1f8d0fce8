"""A withheld count in a page is found, and what merely looks like one is not."""

import pytest

from openresponse.release.checks import withheld_counts
from openresponse.release.checks.readable import Text


@pytest.mark.parametrize(
    ("sentence", "is_trace"),
    [
        ("Police came to 4567 calls.", True),
        ("Section 12 of chapter 123 of the General Laws.", False),  # as the glossary has it
    ],
)
def test_a_number_that_the_texts_of_the_site_name_is_no_trace_of_a_count(sentence, is_trace):
    search = withheld_counts.counts([], {"funnel": [123, 4567]})
    assert bool(list(search(Text("glossary.html", f"<p>{sentence}</p>")))) is is_trace
