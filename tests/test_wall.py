"""The folder boundary is the privacy boundary."""

import ast
import json
import re
import subprocess

import pytest

from support import workspace
from support.imports import CONFIDENTIAL, KNOWING, OPENING, imported, reached, within
from support.workspace import ROOT

PUBLIC = ("2-outcomes", "3-brief")


def code(name: str) -> str:
    """What a notebook runs."""
    book = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    return "\n".join(
        "".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"
    )


@pytest.mark.parametrize("name", PUBLIC)
def test_the_public_notebooks_import_nothing_confidential(name):
    known = imported(code(name))
    assert known and not within(known, CONFIDENTIAL | KNOWING)
    assert not within(reached(known), OPENING)
    assert "data/raw" not in code(name)


def test_the_confidential_notebook_is_one_that_the_wall_would_stop():
    assert within(imported(code("1-anonymize")), CONFIDENTIAL)
    assert within(imported("import openresponse.records.collection as harmless"), OPENING)
    assert within(reached(imported("from openresponse.workflow import city")), OPENING)


@pytest.mark.parametrize("name", ["1-anonymize", "2-outcomes", "3-brief"])
def test_notebooks_are_prose_and_calls(name):
    book = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells), (
        "outputs are stripped in git"
    )
    assert not any(
        isinstance(node, ast.FunctionDef)
        for cell in cells
        for node in ast.walk(ast.parse("".join(cell["source"])))
    )
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in cells) == 1


def test_raw_data_is_denied_by_default():
    denied = (
        "data/raw/2026-11/incidents.csv",
        "data/raw/2026-11/notes.txt",
        "data/raw/.ledger/seed",
        "data/raw/units.parquet",
        "elsewhere/anything.xlsx",
        "officer.key",
    )
    asked = subprocess.run(
        ["git", "check-ignore", "--no-index", *denied, "data/raw/README.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.split() == list(denied)


def test_no_planted_identifier_is_in_any_public_byte_or_log(whole_city):
    canaries = {text.encode() for text in whole_city.planted}
    assert len(canaries) >= workspace.CANARIES
    # Identifiers that differ in their digits alone are searched for at once.
    shapes = {re.sub(rb"\d", rb"\\d", re.escape(canary)) for canary in canaries}
    shape = re.compile(b"(?=(" + b"|".join(sorted(shapes)) + b"))")
    assert all(canaries.intersection(shape.findall(b"x" + canary)) for canary in canaries)
    files = [
        path
        for part in ("data/public", "site", "build")
        for path in (whole_city.folder / part).rglob("*")
        if path.is_file()
    ]
    assert len(files) > 50
    searched = {}
    for path in [*files, whole_city.folder / "log.txt"]:
        searched.setdefault(path.read_bytes(), path.relative_to(whole_city.folder))
    for content, path in searched.items():
        assert not canaries.intersection(shape.findall(content)), path
