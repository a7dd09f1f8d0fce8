"""The folder boundary is the privacy boundary."""

import ast
import json
from pathlib import Path

import pytest

import workspace
from workspace import ROOT

PACKAGE = ROOT / "src" / "openresponse"
ORDER = ["program", "records", "measures", "disclosure", "release", "report", "inspection", "render"]
CONFIDENTIAL = {"records", "measures", "disclosure", "program", "demo"}


def imported(path: Path) -> set[str]:
    """The parts of the package a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("openresponse"):
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {name.name for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {n.name.split(".")[1] for n in node.names if n.name.startswith("openresponse.")}
    return found


def modules(part: str) -> list[Path]:
    return sorted((PACKAGE / part).rglob("*.py")) or [PACKAGE / f"{part}.py"]


@pytest.mark.parametrize("part", ORDER)
def test_imports_run_leftwards_only(part):
    right = set(ORDER[ORDER.index(part) + 1:])
    for path in modules(part):
        assert not imported(path) & right, path.name


@pytest.mark.parametrize("part", ["report", "inspection", "render"])
def test_nothing_right_of_the_release_knows_the_confidential_side(part):
    for path in modules(part):
        assert not imported(path) & CONFIDENTIAL, path.name


def test_the_inspection_shares_nothing_with_the_code_that_writes_the_pages():
    for path in modules("inspection"):
        assert imported(path) <= {"errors", "inspection", "language", "release"}, path.name


@pytest.mark.parametrize("name", ["2-outcomes", "3-brief"])
def test_the_public_notebooks_import_nothing_confidential(name):
    book = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    code = "\n".join("".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code")
    names = {alias.name for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert not names & CONFIDENTIAL and "data/raw" not in code


@pytest.mark.parametrize("name", ["1-anonymize", "2-outcomes", "3-brief"])
def test_notebooks_are_prose_and_calls(name):
    book = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells), "outputs are stripped in git"
    assert not any(isinstance(node, ast.FunctionDef) for cell in cells for node in ast.walk(ast.parse("".join(cell["source"]))))
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in cells) == 1


def test_raw_data_is_denied_by_default():
    text = (ROOT / ".gitignore").read_text(encoding="utf-8")
    assert "/data/raw/*" in text


def test_no_planted_identifier_is_in_any_public_byte_or_log(city):
    canaries = [text.encode() for text in city.planted]
    assert len(canaries) >= workspace.CANARIES
    files = [p for part in ("data/public", "site", "build", "log.txt") for p in (city.folder / part).rglob("*") if p.is_file()]
    files.append(city.folder / "log.txt")
    assert len(files) > 50
    for path in files:
        content = path.read_bytes()
        assert not any(canary in content for canary in canaries), path.relative_to(city.folder)
