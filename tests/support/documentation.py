"""The documentation as its tests read it: pages, their code blocks, their prose."""

import re
from collections.abc import Iterator
from pathlib import Path

from support.workspace import ROOT

DOCS = ROOT / "docs"
BESIDE = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
BLOCK = re.compile(r"^( *)```(\S*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """Every page of the documentation."""
    return sorted([*DOCS.glob("*.qmd"), *DOCS.glob("*.md")])


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(path: Path, *languages: str) -> Iterator[str]:
    """The code blocks of a page in these languages, without their indentation."""
    for indent, language, code in BLOCK.findall(text(path)):
        if language in languages:
            yield re.sub(f"^{indent}", "", code, flags=re.MULTILINE)


def prose(path: Path) -> str:
    """A page without front matter, code blocks and HTML."""
    written = re.sub(r"\A---\n.*?\n---\n", "", text(path), flags=re.DOTALL)
    return BLOCK.sub("", written)


def code(path: Path) -> list[str]:
    """What a page's prose has in backticks."""
    return re.findall(r"`([^`\n]+)`", prose(path))
