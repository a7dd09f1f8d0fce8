"""Pages written by hand name only what there is: commands that the parser takes, targets, modules,
paths, keys.
"""

import re
import shlex
from importlib import import_module
from importlib.util import find_spec

import pytest

from openresponse.errors import UsageError
from openresponse.program.keys import keys
from openresponse.workflow import commands
from openresponse.workflow.documentation import build, commands_page
from support.documentation import BESIDE, DOCS, blocks, code, prose, text
from support.documentation import pages as written
from support.workspace import ROOT

WRITTEN = [path for path in written() if path.name not in build.MADE] + BESIDE
PROGRAM = re.compile(r"^(?:\.venv/bin/|python -m )?openresponse\s")
PACKAGE = {path.stem for path in (ROOT / "src" / "openresponse").iterdir()}
FILES = ("py", "csv", "json", "jsonl", "xlsx", "xml", "yml", "zip")
PLACED = re.compile(r"^(?:src|tests|docs|site|notebooks|bench)/[\w./-]+$")
MADE = ("site/_site", "docs/_site")  # not in a fresh checkout
PRIVATE = ("lure", "besides", "twins", "filling", "drop folder")


def lines(path) -> list[str]:
    """The lines of a page's shell blocks; blocks without a language are shell in the README."""
    languages = ("sh", "") if path in BESIDE else ("sh",)
    return [line.strip() for block in blocks(path, *languages) for line in block.splitlines()]


def id_of(path) -> str:
    return path.name


@pytest.mark.parametrize("path", WRITTEN, ids=id_of)
def test_every_command_on_a_page_is_one_that_the_parser_takes(path):
    inline = [one for one in code(path) if PROGRAM.match(one) and "-" not in one.split()[-1][:1]]
    for line in [*lines(path), *inline]:
        for part in re.split(r"\s&&\s", line):
            if PROGRAM.match(part):
                words = shlex.split(part, comments=True)
                given = words[words.index("openresponse") + 1 :] if "openresponse" in words else []
                given = given or words[1:]
                try:
                    commands.parser().parse_args(given)
                except UsageError as error:
                    if part in inline and "required" in str(error):
                        continue  # only named in a sentence
                    raise AssertionError(f"{path.name}: {part}") from error


@pytest.mark.parametrize("path", WRITTEN, ids=id_of)
def test_every_target_on_a_page_is_one_of_the_makefile(path):
    known = set(commands_page.targets(ROOT))
    named = [line for line in [*lines(path), *code(path)] if re.match(r"make [a-z]", line)]
    words = [word for line in named for word in line.split("#")[0].split()[1:]]
    used = {word for word in words if re.fullmatch(r"[a-z-]+", word)}
    assert used <= known


@pytest.mark.parametrize("path", WRITTEN, ids=id_of)
def test_every_path_on_a_page_is_there(path):
    named = {one for one in code(path) if PLACED.match(one) and not one.startswith(MADE)}
    assert not {one for one in named if not (ROOT / one).exists()}


@pytest.mark.parametrize("path", WRITTEN, ids=id_of)
def test_every_module_on_a_page_is_there(path):
    for one in code(path):
        names = one.split(".")
        if len(names) > 1 and names[0] in PACKAGE and re.fullmatch(r"[a-z_.0-9]+", one):
            if names[-1] in FILES or any(key.path == one for key in keys()):
                continue
            whole = f"openresponse.{one}"
            parent, _, name = whole.rpartition(".")
            there = find_spec(parent) is not None and (
                hasattr(import_module(parent), name) or find_spec(whole) is not None
            )
            assert there, one


@pytest.mark.parametrize("path", WRITTEN, ids=id_of)
def test_every_key_on_a_page_is_one_of_the_program_file(path):
    known = {key.path for key in keys()}
    sections = {key.split(".")[0] for key in known} - PACKAGE
    for one in code(path):
        names = one.split(".")
        if len(names) > 1 and names[0] in sections and names[-1] not in FILES:
            assert one in known, one


def test_every_page_is_reached_from_the_first():
    reached, todo = set(), ["index.qmd"]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += re.findall(r"\]\(([\w-]+\.(?:qmd|md))", text(DOCS / name))
    assert reached == {path.name for path in written()}


@pytest.mark.parametrize("path", WRITTEN, ids=id_of)
def test_no_page_has_a_word_that_only_the_authors_know(path):
    assert not [word for word in PRIVATE if re.search(rf"\b{word}\b", prose(path), re.I)]


@pytest.mark.parametrize("path", [*written(), *BESIDE], ids=id_of)
def test_no_page_names_a_place_on_the_machine_of_its_author(path):
    assert not re.search(r"/(?:home|work|tmp|root)/", text(path))


def test_how_sure_the_pages_are_is_said_in_the_words_of_the_guide():
    (rule,) = re.findall(
        r"\*\*Say how sure you are.*?(?=\n\d+\. )", text(DOCS / "writing.md"), re.S
    )
    phrases = {" ".join(one.split()).lower() for one in re.findall('"(.*?)"', rule, re.S)}
    code = text(ROOT / "src/openresponse/report/prose/sentences/changes.py").lower()
    assert len(phrases) == 4 and all(phrase in code for phrase in phrases)
