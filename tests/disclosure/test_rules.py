"""What a rule hides, at its edge."""

import pytest

from openresponse.disclosure import rules
from openresponse.disclosure.rules import PRESETS, rule
from openresponse.errors import ProgramError
from openresponse.program.privacy import Preset, Privacy

# The preset's count just below, at and just above its threshold, and zero: hidden, or what is
# shown.
EDGES = [
    ("cms-11", [0, 10, 11, 12], [0, None, 11, 12]),
    ("wa-doh-10", [0, 9, 10, 11], [0, None, 10, 11]),
    ("nhs-hes", [0, 7, 8, 9, 12, 13], [0, None, 10, 10, 10, 15]),
    ("nhs-mh", [0, 4, 5, 6, 8], [None, None, 5, 5, 10]),
    ("madph-5", [0, 4, 5, 6], [0, None, 5, 6]),
    ("cdc-wisqars", [0, 9, 10, 11], [0, None, 10, 11]),
]


@pytest.mark.parametrize(("preset", "counts", "shown"), EDGES)
def test_what_is_shown_at_the_edge_of_each_preset(preset, counts, shown):
    r = rule(preset)
    assert [None if r.hides(count) else r.rounded(count) for count in counts] == shown


def test_every_preset_is_tested_at_its_edge_and_names_its_source():
    assert {preset for preset, _, _ in EDGES} == set(PRESETS)
    assert all(preset.source for preset in PRESETS.values())


def test_a_table_may_hide_its_zeros_under_any_rule():
    assert rule("cms-11").hides(0, "hidden") and not rule("cms-11").hides(0)


def test_madph_protects_areas_of_50_000_residents_and_fewer_and_those_of_unknown_size():
    assert list(rule("madph-5").protects([49_999, 50_000, 50_001, float("nan")])) == [
        True,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("options", "events", "marked"),
    [
        (("cdc-wisqars",), 20, True),
        (("cdc-wisqars",), 21, False),
        (("cms-11",), 11, False),
        (("madph-5", "nchs-rates"), 9, True),
        (("madph-5", "nchs-rates"), 10, False),
        (("madph-5", "nchs-rates"), 0, False),
    ],
)
def test_rates_on_few_events_are_marked(options, events, marked):
    assert rule(*options).unstable(events) is marked


@pytest.mark.parametrize(
    ("n", "q", "allowed"), [(21, 0.5, False), (22, 0.5, True), (109, 0.9, False), (110, 0.9, True)]
)
def test_a_quantile_needs_the_threshold_on_either_side(n, q, allowed):
    assert (n >= rule("cms-11").quantile_needs(q)) is allowed


@pytest.mark.parametrize(
    ("preset", "overrides", "said"),
    [
        ("cms-12", {}, "not a rule; allowed are cms-11"),
        ("nchs-rates", {}, "cannot be the only rule"),
        ("cms-11", {"threshold": 5}, "at least 11"),
        ("nhs-mh", {"zeros": "public"}, "allowed are hidden"),
        ("cms-11", {"zeros": "shown"}, "allowed are public, hidden"),
        ("cms-11", {"reliability": "x"}, "allowed is nchs-rates"),
        ("cms-11", {"most_sure": 0.4}, "from 0.5 to 1"),
        ("cms-11", {"most_sure": 1.1}, "from 0.5 to 1"),
        ("cms-11", {"most_sure": "0.9"}, "from 0.5 to 1"),
        ("cms-11", {"limit": 5}, "limit cannot be set"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused(preset, overrides, said):
    with pytest.raises(ProgramError, match=said):
        rule(preset, **overrides)


COUNTY = {"threshold": 6, "source": "Riverton County, Rules for Small Numbers", "round_to": 3}


def test_a_city_chooses_a_rule_of_its_own():
    own = Privacy(preset="county-6", presets={"county-6": Preset(**COUNTY)})
    chosen = rules.of(own)
    assert [bool(chosen.hides(count)) for count in (0, 1, 5, 6)] == [False, True, True, False]
    assert (chosen.preset, chosen.source, chosen.rounded(7)) == ("county-6", COUNTY["source"], 6)


def test_a_citys_own_rule_can_be_made_stricter_and_not_weaker():
    own = Privacy(
        preset="county-6", presets={"county-6": Preset(**COUNTY)}, overrides={"threshold": 8}
    )
    assert rules.of(own).threshold == 8
    with pytest.raises(ProgramError, match="at least 6, the preset's own"):
        rules.of(own.model_copy(update={"overrides": {"threshold": 5}}))


@pytest.mark.parametrize("name", [*PRESETS, "nchs-rates"])
def test_a_citys_own_rule_has_a_name_of_its_own(name):
    with pytest.raises(ProgramError, match=rf"`privacy.presets.{name}`: a rule that comes with"):
        rules.of(Privacy(presets={name: Preset(**COUNTY)}))


def test_a_rule_that_is_not_there_names_the_citys_own_among_those_that_are():
    with pytest.raises(ProgramError, match="allowed are cms-11, .*, county-6"):
        rules.of(Privacy(preset="county-7", presets={"county-6": Preset(**COUNTY)}))
