"""HTML stands in templates, and nowhere in Python."""

import ast
import re

import pytest

from support.workspace import ROOT

PACKAGE = ROOT / "src" / "openresponse"
TAG = re.compile(
    r"(?<!\?P)</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|</?[a-zA-Z][\w-]*\s+[a-z-]+=|<!DOCTYPE"
)
ALLOWED = {
    "language/marking.py": "marks what stands in English on the finished page",
    "release/checks/containers.py": "reads the XML within a workbook",
    "report/charts/svg.py": "the one writer of pictures",
    "website/inspection/accessibility/controls.py": "names elements in what it finds",
    "website/inspection/accessibility/structure.py": "names elements in what it finds",
}


def tags(path) -> list[str]:
    """The strings of a module in which a tag stands; what is said about it (docstrings) is none."""
    hierarchy = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        id(node.body[0].value)
        for node in ast.walk(hierarchy)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(hierarchy)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in said
        and TAG.search(node.value)
    ]


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_no_html_stands_in_python(path):
    if str(path.relative_to(PACKAGE)) not in ALLOWED:
        assert not tags(path), "HTML belongs into a template, see report/html/templates"


def test_whatever_may_hold_html_does():
    assert [name for name in ALLOWED if not tags(PACKAGE / name)] == []
