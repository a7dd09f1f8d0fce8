"""Which module imports which, and the wall between the confidential side and the public one."""

import ast
from functools import cache
from pathlib import Path

from support.workspace import ROOT

PACKAGE = ROOT / "src" / "openresponse"
MODULES = sorted(PACKAGE.rglob("*.py"))
# Packages of which the public side uses nothing itself.
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
# What opens files of data/raw, invents them, or leads to those that do. The public side reaches
# none of it, not even through what it imports.
OPENING = KNOWING | {"records.collection", "records.delivery", "demo", "workflow"}


def name(path: Path) -> str:
    """`release.store.write` of a module, `release.store` of a package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


PATHS = {name(path): path for path in MODULES}


def imported(code: str) -> set[str]:
    """The modules of the package that code imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "openresponse":
            whole = node.module.removeprefix("openresponse").removeprefix(".")
            for one in node.names:
                inner = f"{whole}.{one.name}".removeprefix(".")
                found.add(inner if inner in PATHS else whole)
        elif isinstance(node, ast.Import):
            found |= {
                one.name.removeprefix("openresponse").removeprefix(".")
                for one in node.names
                if one.name.split(".")[0] == "openresponse"
            }
    return found - {""}


def within(modules: set[str], rooms: set[str]) -> set[str]:
    """Those modules that are one of the rooms or in one."""
    return {one for one in modules if any(f"{one}.".startswith(f"{room}.") for room in rooms)}


@cache
def imports_of(module: str) -> frozenset[str]:
    """What a module imports itself."""
    return frozenset(imported(PATHS[module].read_text(encoding="utf-8")))


def reached(modules: set[str]) -> set[str]:
    """Modules and all that is imported with them: what they import, and the packages on the way."""
    seen: set[str] = set()
    left = set(modules)
    while left:
        one = left.pop()
        seen.add(one)
        left |= {*imports_of(one), *_packages(one)} - seen
    return seen


def _packages(module: str) -> set[str]:
    parts = module.split(".")
    return {".".join(parts[:upto]) for upto in range(1, len(parts))}
