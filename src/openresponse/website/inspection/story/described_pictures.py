"""What is said of a picture to whoever does not see it is said beside it too."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml.html import HtmlElement

from openresponse.website.inspection.page import Finding, Page, text

FIGURE = re.compile(r"\d[\d.,]*%|\(\d[\d,]* \w+ \d[\d,]*\)|\$[\d,]+")
PICTURES = ("svg", "img")
SAID = ("title", "desc")
REMEDY = "Write both from one sentence (`report.figures`)."


def findings(folder: Path, pages: list[Page]) -> list[Finding]:
    """Numbers in the text of a picture that its figure does not have."""
    return [
        Finding(page.name, f"“{number}”", "is in the text of a picture, not beside it.", REMEDY)
        for page in pages
        for section in page.root.iter("section", "figure")
        for number in _alone(section)
    ]


def _alone(section: HtmlElement) -> Iterator[str]:
    pictures = [one for one in section.iter(*PICTURES) if _nearest(one) is section]
    if not pictures:
        return
    beside = text(section)
    for picture in pictures:
        for said in (text(one) for one in picture.iter(*SAID)):
            beside = beside.replace(said, "", 1)
    for picture in pictures:
        words = [picture.get("alt") or "", *(text(one) for one in picture.iter(*SAID))]
        yield from (one for said in words for one in FIGURE.findall(said) if one not in beside)


def _nearest(picture: HtmlElement) -> HtmlElement | None:
    """The figure or section that the picture is in."""
    return next(picture.iterancestors("section"), None)
