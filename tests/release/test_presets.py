"""Every rule publishes: the golden month end to end under each preset and some stricter ones."""

from pathlib import Path

import pytest

from openresponse.disclosure import rules
from openresponse.disclosure.rules import PRESETS
from openresponse.program.privacy import Preset, Privacy
from openresponse.release.checks import admission, leaks
from support import golden, workspace
from support.cities import FULL
from support.golden import Counts

OVERRIDES = ({"threshold": 16}, {"zeros": "hidden"}, {"reach": 3, "often": 15})
COUNTY = Preset(threshold=6, source="Riverton County, Rules for Small Numbers", round_to=3)
EVERY_PUSH = ("nhs-mh",)  # it rounds, and hides zeros; the others run in `make test-full`
CASES = [
    *(
        pytest.param(
            Privacy(preset=name), id=name, marks=() if name in EVERY_PUSH else pytest.mark.full
        )
        for name in PRESETS
    ),
    *(
        pytest.param(Privacy(overrides=chosen), id=" ".join(chosen), marks=pytest.mark.full)
        for chosen in OVERRIDES
    ),
    pytest.param(
        Privacy(preset="county-6", presets={"county-6": COUNTY}),
        id="county-6",
        marks=pytest.mark.full,
    ),
]


TABLES = None if FULL else workspace.FEW


@pytest.fixture(scope="module")
def counts(tmp_path_factory) -> Counts:
    return Counts.of(golden.program(tmp_path_factory.mktemp("counted"), TABLES))


@pytest.mark.slow
@pytest.mark.parametrize("privacy", CASES)
def test_the_golden_month_is_published_under_every_rule(privacy: Privacy, counts, tmp_path: Path):
    city, rule = golden.program(tmp_path, TABLES), rules.of(privacy)
    made = counts.candidate(city, rule)
    assert admission.check(made, city.folders, rule).ok
    assert leaks.search(city, [made.folder], made) == []
    assert made.rule["preset"] == privacy.preset
    assert any(
        (frame.filter(like="_status") == "c").any(axis=None) for frame in made.tables.values()
    )
