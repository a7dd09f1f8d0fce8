"""Codes and names of columns stand on the pages about the files alone; a link may name its file."""

import re
from collections.abc import Iterator
from pathlib import Path

from openresponse.website.inspection.page import Finding, Page

# Pages about the files, their columns and their rules.
ABOUT_FILES = re.compile(r"(?:\w\w/)?(?:data|methods|privacy|wording|corrections|explore)\.html")
CODE = re.compile(r"\b[a-z]+\d*(?:_[a-z0-9]+)+\b")
REMEDY = "Say it by its label (`report.prose.definitions`)."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Each code on a page that is not about the files, once."""
    return [
        Finding(page.name, f"`{code}`", "is a word of the files, not of a reader.", REMEDY)
        for page in pages
        if not ABOUT_FILES.fullmatch(page.name)
        for code in sorted(set(_codes(page)))
    ]


def _codes(page: Page) -> Iterator[str]:
    for words in page.root.xpath("//text()[not(ancestor::a or ancestor::script)]"):
        yield from CODE.findall(str(words))
