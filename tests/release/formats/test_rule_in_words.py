"""A rule is published as facts, and said in words of the reader's language whatever its numbers."""

import re

import pytest

from openresponse.disclosure.rules import PRESETS, Rule, rule
from openresponse.language import FOREIGN, SOURCE, speaking
from openresponse.program import load
from openresponse.release.formats.program_facts import rule_facts
from openresponse.release.formats.rule_in_words import rule_in_words
from support.workspace import ROOT

REST = ", and anything from which they could be worked out"
SAID = {
    "cms-11": f"counts from 1 to 10{REST}",
    "wa-doh-10": f"counts from 1 to 9{REST}",
    "nhs-hes": f"counts from 1 to 7{REST}; other counts are shown to the nearest 5",
    "nhs-mh": f"counts from 0 to 4{REST}; other counts are shown to the nearest 5",
    "madph-5": f"counts from 1 to 4 for areas of at most 50,000 residents{REST}",
}
FOREIGN_TONGUES = [one for one in load(ROOT / "program.yml").program.languages if one != SOURCE]
RULES = [
    *PRESETS.values(),
    *(
        rule(preset.preset, **chosen)
        for preset in PRESETS.values()
        for chosen in ({"threshold": 16}, {"zeros": "hidden"}, {"reach": 3, "often": 15})
    ),
    Rule("county-2", 2, "", residents=1, share_decimals=0),
    Rule("county-1000", 1000, "", round_to=500),
]


@pytest.mark.parametrize("preset", SAID)
def test_what_a_rule_withholds_is_said_from_its_facts(preset):
    assert rule_in_words(rule_facts(rule(preset))) == SAID[preset]


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text))


@pytest.mark.parametrize("tongue", FOREIGN_TONGUES)
@pytest.mark.parametrize("chosen", RULES, ids=lambda rule: f"{rule.preset} {rule.threshold}")
def test_every_rule_is_said_in_every_language_without_a_word_left_in_english(chosen, tongue):
    facts = rule_facts(chosen)
    with speaking(tongue):
        said = rule_in_words(facts)
    assert FOREIGN not in said
    assert not words(said) & words(facts["hides"])
    numbers = [re.findall(r"\d+", text) for text in (said, facts["hides"])]
    assert numbers[0] == numbers[1]


def test_the_sentence_in_the_data_package_is_english_whatever_language_is_spoken():
    with speaking("es"):
        assert rule_facts(rule("cms-11"))["hides"] == SAID["cms-11"]
