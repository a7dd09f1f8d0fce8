"""A rule is published as facts, and said in words of the reader's language whatever its numbers."""

import pytest

from openresponse.disclosure.rules import PRESETS, rule
from openresponse.language import FOREIGN, speaking
from openresponse.release.formats.program_facts import rule_facts
from openresponse.release.formats.rule_in_words import rule_in_words

REST = ", and anything from which they could be worked out"
SAID = {
    "cms-11": f"counts from 1 to 10{REST}",
    "wa-doh-10": f"counts from 1 to 9{REST}",
    "nhs-hes": f"counts from 1 to 7{REST}; other counts are shown to the nearest 5",
    "nhs-mh": f"counts from 0 to 4{REST}; other counts are shown to the nearest 5",
    "madph-5": f"counts from 1 to 4 for areas of at most 50,000 residents{REST}",
}


@pytest.mark.parametrize("preset", SAID)
def test_what_a_rule_withholds_is_said_from_its_facts(preset):
    assert rule_in_words(rule_facts(rule(preset))) == SAID[preset]


def test_every_preset_is_said_in_every_language_without_a_word_left_in_english():
    facts = [rule_facts(preset) for preset in PRESETS.values()]
    facts += [rule_facts(rule("cms-11", threshold=12)), rule_facts(rule("cms-11", zeros="hidden"))]
    with speaking("es"):
        said = [rule_in_words(one) for one in facts]
    assert all(FOREIGN not in one and one.startswith("cuentas de ") for one in said)
    assert "cuentas de 1 a 11 " in said[-2] and "cuentas de 0 a 10 " in said[-1]


def test_the_sentence_in_the_data_package_is_english_whatever_language_is_spoken():
    with speaking("es"):
        assert rule_facts(rule("cms-11"))["hides"] == SAID["cms-11"]
