"""A definition under a figure is in the words of a reader."""

import pytest

from openresponse.report.prose import definitions
from support import invented


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("the group above (`share_of_part`) and all calls.", "the group above and all calls."),
        ("the budget (`share_of_budget`, of the total).", "the budget (of the total)."),
        ("a missing arrival is part of `not_arrived`.", "is part of “Sent but not arrived”."),
        ("dollars; add up those in which `is_sum` is no.", "dollars."),
    ],
)
def test_a_column_is_left_out_and_a_code_is_its_label(published, stated, said):
    held = invented.repackaged(published)
    held.resources["funnel"]["openresponse"]["definition"]["denominator"] = stated
    assert definitions.in_words(held, "funnel")["denominator"].endswith(said)
