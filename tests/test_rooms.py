"""The rooms of the house: their order, and the wall between confidential and public."""

import ast
from pathlib import Path

import pytest

from support.workspace import ROOT

PACKAGE = ROOT / "src" / "openresponse"
# Each room may know those before it. Rooms with rooms of their own are listed by these.
ROOMS = (
    "errors",
    "language",
    "media",
    "tables",
    "program",
    "records",
    "measures",
    "disclosure.rules",
    "disclosure.system",
    "disclosure.suppression",
    "disclosure.audit",
    "disclosure",
    "release.store",
    "release.tables",
    "release.formats",
    "release.history",
    "release.checks",
    "release",
    "report.prose",
    "report.charts",
    "report.figures",
    "report.html",
    "report.feeds",
    "report.pages",
    "website.inspection",
    "website",
    "demo",
    "workflow",
    "cli",
    "__main__",
)
CONFIDENTIAL = {"program", "records", "measures", "disclosure", "demo", "workflow"}
# Of the release these know what was delivered; the public side must not.
KNOWING = {
    "release.candidate",
    "release.checks",
    "release.history.confidential_ledger",
    "release.public_tables",
    "release.publication",
    "release.store.approvals",
}
PUBLIC = ("report", "website")
TWICE = {"tables"}  # tables in general, and the public tables of a release
MODULES = sorted(PACKAGE.rglob("*.py"))


def name(path: Path) -> str:
    """`release.store.write` of a module, `release.store` of a package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


NAMES = {name(path) for path in MODULES}


def room(module: str) -> str:
    """The innermost room that holds a module."""
    found = [one for one in ROOMS if module == one or module.startswith(f"{one}.")]
    return max(found, key=len, default="")


def imported(path: Path) -> set[str]:
    """The modules of the package that a module imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "openresponse":
            whole = node.module.removeprefix("openresponse").removeprefix(".")
            for one in node.names:
                inner = f"{whole}.{one.name}".removeprefix(".")
                found.add(inner if inner in NAMES else whole)
        elif isinstance(node, ast.Import):
            found |= {
                one.name.removeprefix("openresponse.")
                for one in node.names
                if one.name.startswith("openresponse")
            }
    return found - {""}


def test_every_module_stands_in_a_room_and_nothing_is_loose():
    loose = {name(path) for path in PACKAGE.glob("*.py")}
    assert loose == {"", "__main__", "cli", "errors"}
    assert [module for module in NAMES - {""} if not room(module) and module not in PUBLIC] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_room_knows_only_those_before_it(path):
    own = ROOMS.index(room(name(path))) if room(name(path)) else -1
    later = {one for one in imported(path) if room(one) and ROOMS.index(room(one)) > own}
    assert not later


def test_no_two_rooms_have_a_module_of_the_same_name():
    names = [path.stem for path in MODULES if path.stem != "__init__"]
    names += [
        path.parent.name for path in MODULES if path.stem == "__init__" and path.parent != PACKAGE
    ]
    assert {one for one in names if names.count(one) > 1} <= TWICE


def test_a_room_holds_about_a_dozen_modules():
    folders = {path.parent for path in MODULES}
    crowded = {
        str(folder.relative_to(PACKAGE)): many
        for folder in folders
        if (many := len(list(folder.glob("*.py"))) - 1) > 16
    }
    assert not crowded


@pytest.mark.parametrize("path", [p for p in MODULES if name(p).startswith(PUBLIC)], ids=name)
def test_nothing_right_of_the_release_knows_the_confidential_side(path):
    known = imported(path)
    assert not {one for one in known if one.split(".")[0] in CONFIDENTIAL}
    assert not {one for one in known if one.startswith(tuple(KNOWING))}
    assert "data/raw" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [p for p in MODULES if ".inspection." in name(p)], ids=name)
def test_the_inspection_shares_nothing_with_the_code_that_writes_the_pages(path):
    allowed = ("errors", "language", "release.store", "release.tables", "website.inspection")
    assert all(one.startswith(allowed) for one in imported(path))


@pytest.mark.parametrize("path", [p for p in MODULES if ".audit." in name(p)], ids=name)
def test_the_audit_shares_no_code_with_the_search(path):
    allowed = ("errors", "tables", "disclosure.rules", "disclosure.audit")
    assert all(one.startswith(allowed) for one in imported(path))


@pytest.mark.parametrize("path", [p for p in MODULES if p.stem == "__init__" and name(p)], ids=name)
def test_each_room_says_what_comes_in_what_goes_out_and_what_must_never_be_there(path):
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert said.startswith("In: ")
    assert "Out: " in said
    assert "Never here: " in said
    assert "__all__" in path.read_text(encoding="utf-8")
