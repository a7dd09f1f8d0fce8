"""Invented figures have no city as their publisher, wherever a publisher is named."""

import re
from collections.abc import Iterator
from pathlib import Path

from openresponse.website.inspection.page import Finding, Page, text
from openresponse.website.inspection.story.public_files import package

# Files that name their publisher, and how.
NAMED = {
    "data.json": r'"publisher": (?:"|\{{[^}}]*"name": "){city}"',
    "data/index.json": r'"publisher": (?:"|\{{[^}}]*"name": "){city}"',
    "releases.xml": r"name>{city}<",
}
REMEDY = "Name the demonstration as publisher (`Published.publisher`)."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Each place where a demonstration names the city as its publisher."""
    latest = folder / "data" / "latest"
    facts = package(latest)["openresponse"]
    if not facts["fictional"]:
        return []
    city = facts["program"]["city"]
    named = [
        *_in_package(latest, city),
        *_in_files(folder, city),
        *_on_pages(pages, city),
    ]
    rule = f"{city} published no demonstration."
    return [Finding(name, place, rule, REMEDY) for name, place in named]


def _in_package(latest: Path, city: str) -> Iterator[tuple[str, str]]:
    if any(one["title"] == city for one in package(latest).get("contributors", ())):
        yield "data/latest/datapackage.json", "contributors"


def _in_files(folder: Path, city: str) -> Iterator[tuple[str, str]]:
    for name, pattern in NAMED.items():
        path = folder / name
        if path.is_file() and re.search(
            pattern.format(city=re.escape(city)), path.read_text(encoding="utf-8")
        ):
            yield name, "publisher"
    for path in sorted((folder / "figures").glob("*.svg")):
        if f"{city}, release" in path.read_text(encoding="utf-8"):
            yield path.relative_to(folder).as_posix(), "foot of the picture"


def _on_pages(pages: list[Page], city: str) -> Iterator[tuple[str, str]]:
    for page in pages:
        if any(text(one).startswith(f"{city}, release") for one in page.root.iter("footer")):
            yield page.name, "foot"
        if any(text(one).startswith(f"{city} (") for one in page.root.iter("p")):
            yield page.name, "citation"
