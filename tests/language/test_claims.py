"""A sentence that claims something of all, of each or of none has a predicate or a reason."""

import re
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

from support.workspace import ROOT

CLAIM = re.compile(
    r"\b(?:every|each|all|only|none|at least|newest|the same|too few|too small)\b", re.I
)
ALLOWED: dict[str, str] = yaml.safe_load(
    Path(__file__).with_name("claims.yml").read_text(encoding="utf-8")
)
CATALOGUE = ROOT / "src/openresponse/language/locale/es/LC_MESSAGES/openresponse.po"


def texts() -> list[str]:
    """Every text of templates and prose, as the catalogue collects them; not those of a program."""
    with CATALOGUE.open("rb") as file:
        messages = [m for m in read_po(file) if m.id]
    of_pages = [m for m in messages if any("report/" in name for name, _line in m.locations)]
    return [m.id if isinstance(m.id, str) else m.id[0] for m in of_pages]


def unexplained(said: list[str]) -> list[str]:
    return [text for text in said if CLAIM.search(text) and not text.startswith(tuple(ALLOWED))]


def test_a_claim_of_all_or_none_has_a_predicate_or_a_reason():
    assert unexplained(texts()) == []


def test_every_reason_is_of_a_text_that_is_there():
    assert [one for one in ALLOWED if not any(t.startswith(one) for t in texts())] == []


@pytest.mark.parametrize(
    "claim",
    [
        "Each monthly table shows at least {share} of what it counts.",
        "Every table of the whole city as picture and numbers.",
        "These figures are too small to be shown by model.",
        "The same brief as PDF",
        "A page for the newest figures",
    ],
)
def test_a_claim_without_a_reason_is_refused(claim):
    assert unexplained([claim]) == [claim]
