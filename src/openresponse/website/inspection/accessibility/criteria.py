"""What of the Web Content Accessibility Guidelines 2.2 (https://www.w3.org/TR/WCAG22/) can be
decided on a page without a browser.

Each rule names the success criterion it is part of. Tests run axe in a real browser besides, which
sees more.
"""

import re
from functools import partial
from pathlib import Path

from openresponse.website.inspection.accessibility import controls, structure
from openresponse.website.inspection.accessibility.contrast import contrast
from openresponse.website.inspection.page import Finding, Page

SCROLLS = re.compile(r"([^{}]+)\{[^{}]*overflow(?:-x)?:\s*(?:auto|scroll)")
RULES = (
    structure.languages,
    structure.title,
    structure.headings,
    structure.identifiers,
    structure.references,
    controls.pictures,
    controls.controls,
    controls.fields,
    structure.tables,
    structure.landmark,
    controls.focus,
    structure.magnified,
)


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """What keeps somebody from reading the site, by page."""
    sheets = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css"))}
    boxes = {
        name
        for sheet in sheets.values()
        for selectors in SCROLLS.findall(sheet)
        for name in re.findall(r"(?:^|[\s,])\.([\w-]+)\s*(?=,|$)", selectors)
    }
    rules = (*RULES, partial(controls.scrolling, boxes=boxes))
    of_pages = [
        Finding(page.name, *fault) for page in pages for rule in rules for fault in rule(page)
    ]
    return of_pages + [
        Finding(name, *fault) for name, sheet in sheets.items() for fault in contrast(sheet)
    ]
