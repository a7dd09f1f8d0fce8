"""What a rule hides, at its edge."""

import pytest

from openresponse.disclosure.rules import PRESETS, rule
from openresponse.errors import ProgramError


@pytest.mark.parametrize(("preset", "count", "hidden"), [
    ("cms-11", 0, False), ("cms-11", 1, True), ("cms-11", 10, True), ("cms-11", 11, False), ("cms-11", 12, False),
    ("wa-doh-10", 0, False), ("wa-doh-10", 1, True), ("wa-doh-10", 9, True), ("wa-doh-10", 10, False),
    ("cdc-wisqars", 0, False), ("cdc-wisqars", 1, True), ("cdc-wisqars", 9, True), ("cdc-wisqars", 10, False),
])
def test_counts_below_the_threshold_are_hidden_and_zero_is_not(preset, count, hidden):
    assert rule(preset).hides(count) is hidden


def test_every_preset_is_tested_at_its_edge_and_names_its_source():
    assert set(PRESETS) == {"cms-11", "wa-doh-10", "cdc-wisqars"}
    assert all(preset.source for preset in PRESETS.values())


@pytest.mark.parametrize(("n", "q", "allowed"), [(21, 0.5, False), (22, 0.5, True), (109, 0.9, False), (110, 0.9, True)])
def test_a_quantile_needs_the_threshold_on_either_side(n, q, allowed):
    assert rule("cms-11").quantile_allowed(n, q) is allowed


@pytest.mark.parametrize(("preset", "overrides", "said"), [
    ("cms-12", {}, "not a rule; allowed are cms-11"), ("nhs-mh", {}, "hidden zeros and rounding"),
    ("cms-11", {"threshold": 5}, "at least 11"), ("cms-11", {"limit": 5}, "limit cannot be set"),
])
def test_a_rule_that_cannot_be_kept_is_refused(preset, overrides, said):
    with pytest.raises(ProgramError, match=said):
        rule(preset, **overrides)
