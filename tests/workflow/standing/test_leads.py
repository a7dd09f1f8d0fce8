"""Every refusal names a command that leads on, and that command can be typed."""

import ast
import re
import shlex
import shutil
from pathlib import Path

import pytest

from openresponse import errors
from openresponse.errors import OpenResponseError
from openresponse.workflow import commands
from openresponse.workflow.arguments import PROGRAM_FILE
from openresponse.workflow.city import City
from openresponse.workflow.standing import leads
from support import golden, workspace
from support.imports import MODULES, name
from support.real_city import MONTH

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, OpenResponseError)
]
DECIDED = ("--reason", "It counted test calls", "--decided-by", "Privacy officer")
COMMAND = re.compile(r"`openresponse ([^`]*)`")


def typed(sentence: str) -> list[list[str]]:
    """The commands of a sentence, each of which the parser takes."""
    found = [shlex.split(one) for one in COMMAND.findall(sentence)]
    for words in found:
        if "--help" not in words:
            commands.parser().parse_args(words)
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("verb", ["release", "site", "publish"])
def test_a_refusal_of_any_kind_gets_a_command_that_is_not_the_refused_one(city, kind, verb):
    (words,) = typed(leads.led(City(city.file), verb, {}, kind("data/raw: it is wrong.")))
    assert words[:1] != [verb] or verb == "site" or "--help" in words


def test_a_refusal_that_names_a_command_stays_as_it_is_where_the_usual_program_file_is_meant():
    sentence = """It is early. Ask `openresponse revise --reason "..." --decided-by ROLE`."""
    error = OpenResponseError(sentence)
    assert leads.led(City(Path(PROGRAM_FILE)), "release", {}, error) == sentence


def test_every_command_in_a_refusal_names_the_program_file_of_the_city_once(city):
    here = City(city.file)
    said = f"Run `openresponse site`, then {here.typed('audit')}. See `openresponse site --help`."
    assert leads.led(here, "release", {}, OpenResponseError(said)) == (
        f"Run {here.typed('site')}, then {here.typed('audit')}. See `openresponse site --help`."
    )


def test_whoever_has_only_the_public_files_is_not_sent_to_a_program_file(city):
    said = "Wrong. Run `openresponse verify data/public`."
    error = OpenResponseError(said)
    assert leads.led(City(city.file), "verify", {"folder": "data/public"}, error) == said


@pytest.mark.parametrize("error", [OSError("no such disk"), KeyError("release")])
def test_a_state_that_cannot_be_read_does_not_hide_why_a_command_was_refused(
    city, monkeypatch, error
):
    def unreadable(program):
        raise error

    monkeypatch.setattr(leads.city_state, "read", unreadable)
    said = leads.led(City(city.file), "release", {}, errors.ReleaseError("It is early."))
    assert said.startswith("It is early. Next: `openresponse status ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("release", "--month", "2025-05"),
        ("revise", *DECIDED),
        ("retract", "2024-01", *DECIDED),
        ("approve", "--as", "privacy officer", "--key", "none"),
        ("approve", "--as", "privacy officer"),
        ("review",),
        ("diff", "2025-01", "2025-02"),
        ("audit",),
        ("verify",),
        ("verify", "--site"),
        ("publish", "--to", "web"),
        ("demo",),
        ("check", "--month", "2030-01"),
        ("site", "--month", "2030-01"),
    ],
    ids=" ".join,
)
def test_what_is_refused_before_a_first_release_names_what_leads_on(city, capsys, arguments):
    assert city.run(*arguments) != 0
    assert typed(capsys.readouterr().err)


@pytest.mark.parametrize(
    "arguments",
    [
        ("release", "--month", "2024-12"),
        ("release", "--month", "2025-05"),
        ("rebuild-ledger",),
        ("verify",),
        ("audit",),
        ("retract", MONTH, *DECIDED),
    ],
    ids=" ".join,
)
def test_what_is_refused_after_a_release_was_changed_names_what_leads_on(city, capsys, arguments):
    folder = shutil.copytree(golden.HERE / "public", city.folder / "public" / MONTH)
    (folder / "funnel.csv").write_text("changed", encoding="utf-8")
    city.deliver("2025-04")
    assert city.run(*arguments) != 0
    assert typed(capsys.readouterr().err)


def test_a_program_file_that_cannot_be_read_names_what_leads_on(tmp_path, capsys):
    from openresponse import cli

    path = workspace.program_file(tmp_path)
    path.write_text("program: [", encoding="utf-8")
    assert cli.main(["release", "--program", str(path)]) != 0
    assert ["status", "--program", str(path)] in typed(capsys.readouterr().err)


def sentences(tree: ast.AST) -> list[str]:
    """What a module raises, as far as it is written out; X where something is filled in."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (one.value if isinstance(one, ast.Constant) else "X" for one in node.values)
            found.append("".join(map(str, parts)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return found


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_command_that_is_written_into_a_message_is_one_of_the_program(path):
    for sentence in sentences(ast.parse(path.read_text(encoding="utf-8"))):
        for words in (shlex.split(one) for one in COMMAND.findall(" ".join(sentence.split()))):
            assert not words or words[0].startswith("-") or words[0] in {*commands.COMMANDS, "X"}
