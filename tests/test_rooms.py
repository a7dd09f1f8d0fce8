"""The rooms of the house: their order, and the wall between confidential and public."""

import ast
from importlib import import_module

import pytest

from support.imports import (
    CONFIDENTIAL,
    KNOWING,
    MODULES,
    OPENING,
    PACKAGE,
    PATHS,
    imports_of,
    name,
    reached,
    within,
)
from support.workspace import ROOT

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
    "disclosure.audit.record_kinds",
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
    "drafting",
    "workflow",
    "cli",
    "__main__",
)
PUBLIC = ("report", "website")
TWICE = {"tables"}  # tables in general, and the public tables of a release
# What the inspection of a finished site shares with the code that writes its pages: the languages
# and their catalogues, the errors, how a published file is read, and two definitions of published
# columns. All else of the release and the report it does without.
SHARED = {
    "errors",
    "language",
    "release.store.published",
    "release.tables.loss",
    "release.tables.rate_intervals",
}


def room(module: str) -> str:
    """The innermost room that holds a module."""
    found = [one for one in ROOMS if module == one or module.startswith(f"{one}.")]
    return max(found, key=len, default="")


def test_every_module_stands_in_a_room_and_nothing_is_loose():
    loose = {name(path) for path in PACKAGE.glob("*.py")}
    assert loose == {"", "__main__", "cli", "errors"}
    assert [
        module for module in PATHS if module and not room(module) and module not in PUBLIC
    ] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_room_knows_only_those_before_it(path):
    own = ROOMS.index(room(name(path))) if room(name(path)) else -1
    later = {one for one in imports_of(name(path)) if room(one) and ROOMS.index(room(one)) > own}
    assert not later


def test_no_two_rooms_have_a_module_of_the_same_name():
    names = [path.stem for path in MODULES if path.stem != "__init__"]
    names += [
        path.parent.name for path in MODULES if path.stem == "__init__" and path.parent != PACKAGE
    ]
    assert {one for one in names if names.count(one) > 1} <= TWICE


def test_tests_lie_in_folders_named_like_what_they_test():
    tests = ROOT / "tests"
    folders = {path.parent.relative_to(tests) for path in tests.rglob("test_*.py")}
    assert {str(one) for one in folders if not (PACKAGE / one).is_dir()} == {"docs", "programs"}


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
    assert not within(imports_of(name(path)), CONFIDENTIAL | KNOWING)
    assert not within(reached({name(path)}), OPENING)
    assert "data/raw" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [p for p in MODULES if ".inspection." in name(p)], ids=name)
def test_the_inspection_shares_only_what_is_listed_with_the_code_that_writes_the_pages(path):
    known = imports_of(name(path))
    assert known == within(known, SHARED | {"website.inspection"})


def test_each_thing_that_the_inspection_shares_is_one_it_uses():
    known = set().union(*(imports_of(one) for one in PATHS if one.startswith("website.inspection")))
    assert {one for one in SHARED if not within(known, {one})} == set()


@pytest.mark.parametrize("path", [p for p in MODULES if ".audit." in name(p)], ids=name)
def test_the_audit_shares_no_code_with_the_search(path):
    allowed = {"errors", "tables", "disclosure.rules", "disclosure.audit"}
    known = imports_of(name(path))
    assert known == within(known, allowed)


@pytest.mark.parametrize("path", [p for p in MODULES if p.stem == "__init__" and name(p)], ids=name)
def test_each_room_says_what_comes_in_what_goes_out_and_what_must_never_be_there(path):
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert said.startswith("In: ")
    assert "Out: " in said
    assert "Never here: " in said


@pytest.mark.parametrize("path", [p for p in MODULES if p.stem == "__init__" and name(p)], ids=name)
def test_each_room_exports_its_modules_or_the_names_that_it_takes_from_them(path):
    package = import_module(f"openresponse.{name(path)}")
    modules = {one.stem for one in path.parent.glob("*.py") if one != path}
    modules |= {one.parent.name for one in path.parent.glob("*/__init__.py")}
    exported = set(package.__all__)
    assert exported and (exported >= modules or exported.isdisjoint(modules))
    assert all(hasattr(package, one) for one in exported - modules)
