"""What the code has is in the documentation: pages made from it are up to date and leave nothing
out.
"""

import argparse

import pytest
import yaml

from openresponse import errors
from openresponse.disclosure.rules import FLAG_ONLY, PRESETS
from openresponse.errors import OpenResponseError
from openresponse.measures.registry import MEASURES
from openresponse.program.keys import keys
from openresponse.records.intervals import INTERVALS
from openresponse.records.schema import FIELDS
from openresponse.release.tables.columns import STATUS
from openresponse.workflow import commands
from openresponse.workflow.documentation import build, commands_page, examples
from openresponse.workflow.documentation.program_page import LISTED, PROGRAMS
from support.documentation import DOCS, text
from support.workspace import ROOT

KEYS = keys()


def kinds() -> list[type[OpenResponseError]]:
    named = [one for one in vars(errors).values() if isinstance(one, type)]
    return [one for one in named if issubclass(one, OpenResponseError)]


def options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [one for one in parser._actions if one.dest not in ("help", "verb")]


def verbs() -> dict[str, argparse.ArgumentParser]:
    chosen = [
        one for one in commands.parser()._actions if isinstance(one, argparse._SubParsersAction)
    ]
    return dict(chosen[0].choices)


@pytest.mark.parametrize("name", build.MADE)
def test_a_page_made_from_the_code_is_what_the_code_gives(name):
    assert text(DOCS / name) == build.MADE[name](ROOT), "stale: run `make docs` and commit it"


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.path)
def test_every_key_of_the_program_file_says_what_it_changes(key):
    assert key.meaning.endswith("."), f"write a text below `{key.path}` in its model"


@pytest.fixture(scope="module")
def programs() -> list[dict]:
    return [yaml.safe_load(text(ROOT / name)) for name in PROGRAMS]


@pytest.mark.parametrize("key", [key for key in KEYS if not key.section], ids=lambda key: key.path)
def test_every_key_of_the_program_file_has_an_example(programs, key):
    assert examples.of(key, programs), f"use `{key.path}` in a program file or give `examples`"


def test_every_key_that_a_program_file_uses_is_on_its_page():
    page = text(DOCS / "program-file.qmd")
    assert all(f"**`{key.path}`**" in page for key in KEYS)
    assert len({key.path for key in KEYS}) == len(KEYS) > 80
    assert set(LISTED) <= {key.path for key in KEYS}


def test_every_field_of_an_extract_is_explained():
    page = text(DOCS / "program-file.qmd").split("## The fields of each extract")[1]
    for fields in FIELDS.values():
        for name, field in fields.items():
            assert field.meaning
            assert f"**`{name}`** ({field.kind}): {field.meaning}." in page


@pytest.mark.parametrize("verb", commands.COMMANDS)
def test_every_command_and_option_is_on_the_page_of_commands(verb):
    page = text(DOCS / "commands.qmd")
    section = page.split(f"## `openresponse {verb}`")[1].split("\n## ")[0]
    common = page.split("## Options of every command")[1]
    for action in options(verbs()[verb]):
        name = action.option_strings[-1] if action.option_strings else action.dest.upper()
        assert f"**`{name}" in section + common, f"{verb} {name}"


def test_the_options_before_a_command_are_on_the_page_of_commands():
    page = text(DOCS / "commands.qmd")
    assert all(
        one.option_strings[-1] in page for one in options(commands.parser()) if one.option_strings
    )


def test_every_target_of_the_makefile_is_on_the_page_of_commands():
    listed = set(commands_page.targets(ROOT))
    assert {"site", "test", "test-quick", "docs", "help"} <= listed
    assert all(f"**`make {name}`**" in text(DOCS / "commands.qmd") for name in listed)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_kind_of_failure_is_listed_and_has_a_remedy(kind):
    assert f"**{kind.exit_code}** `{kind.__name__}`" in text(DOCS / "commands.qmd")
    remedies = text(DOCS / "when-it-stops.qmd")
    headings = [line for line in remedies.splitlines() if line.startswith("## ")]
    assert any(
        line.startswith(f"## {kind.exit_code}: ") and kind.__name__ in line for line in headings
    )


def test_the_page_of_remedies_names_no_kind_of_failure_that_is_gone():
    headings = [
        line for line in text(DOCS / "when-it-stops.qmd").splitlines() if line.startswith("## ")
    ]
    named = {word for line in headings for word in line.split() if word.endswith("Error")}
    assert named == {kind.__name__ for kind in kinds()}


@pytest.mark.parametrize(
    "name", [*MEASURES, *INTERVALS, *PRESETS, FLAG_ONLY, *filter(None, STATUS)]
)
def test_every_measure_interval_rule_and_mark_is_on_the_page_of_figures(name):
    assert f"**`{name}`**" in text(DOCS / "figures.qmd")


def test_a_measure_that_is_not_on_its_page_would_be_noticed(monkeypatch):
    from openresponse.workflow.documentation import figures_page

    fewer = {name: one for name, one in MEASURES.items() if name != "funnel"}
    monkeypatch.setattr(figures_page, "MEASURES", fewer)
    assert build.MADE["figures.qmd"](ROOT) != text(DOCS / "figures.qmd")
