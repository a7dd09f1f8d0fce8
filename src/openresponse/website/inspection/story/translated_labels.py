"""A label has one translation: the tables of a page and of the same page in another language."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from openresponse.website.inspection.page import Finding, Page
from openresponse.website.inspection.story.shown_tables import Shown, tables

SOURCE = "en"
REMEDY = "Give the label one translation in the catalogue, or the two meanings two labels."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Labels and heads of columns that are said in two ways in one language."""
    there = {page.name: page for page in pages}
    said: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for page in pages:
        code = page.root.get("lang") or SOURCE
        source = there.get(page.name.removeprefix(f"{code}/"))
        if code == SOURCE or source is None:
            continue
        for label, translated in _paired(source, page):
            said[code, label][translated] = page.name
    return [
        Finding(
            max(words.values()),
            f"“{label}”",
            f"is said as {' and as '.join(sorted(words))}.",
            REMEDY,
        )
        for (_code, label), words in said.items()
        if len(words) > 1
    ]


def _paired(source: Page, other: Page) -> Iterator[tuple[str, str]]:
    ours, theirs = list(tables(source)), list(tables(other))
    if len(ours) != len(theirs):
        return
    for one, same in zip(ours, theirs, strict=True):
        if _is_alike(one, same):
            yield from zip(one.labels, same.labels, strict=True)
            yield from zip(one.columns[1:], same.columns[1:], strict=True)


def _is_alike(one: Shown, same: Shown) -> bool:
    return len(one.rows) == len(same.rows) and len(one.columns) == len(same.columns)
