"""The tables of a finished page as a reader meets them: caption, group, period, rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from openresponse.website.inspection.page import Page, text

MARK = re.compile(r"\s*\[[a-z]\]$")
PERIOD = re.compile(r", ((?:\w+ to )?\w+ \d{4}|\d{4})$")
PREVIEW = re.compile(r"(?:All|The first) [\d,]+ (?:of [\d,]+ )?rows of ")
GROUP = re.compile(r": ([^:,]+(?:, [^:,]+)*?)(?:, (?:\w+ to )?(?:\w+ )?\d{4})?$")


@dataclass(frozen=True)
class Shown:
    """One table. group: the part that its caption names after a colon, or empty. rows: the cells'
    texts by the heads of their columns, with the head of the row under the empty name.
    """

    caption: str
    group: str
    period: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]

    @property
    def labels(self) -> list[str]:
        return [row[self.columns[0]] for row in self.rows if self.columns]


def tables(page: Page) -> Iterator[Shown]:
    """Every table of the page with a caption."""
    for table in page.root.iter("table"):
        caption = table.find("caption")
        if caption is not None:
            yield _shown(table, _caption(caption))


def value(cell: str) -> str:
    """A cell without the letter of its status."""
    return MARK.sub("", cell)


def _shown(table: HtmlElement, caption: str) -> Shown:
    columns = tuple(text(one) for one in table.iterfind("thead/tr/th"))
    rows = tuple(
        dict(zip(columns, (text(one) for one in row), strict=False))
        for row in table.iterfind("tbody/tr")
    )
    period = PERIOD.search(caption)
    group = None if PREVIEW.match(caption) else GROUP.search(caption)
    return Shown(caption, group[1] if group else "", period[1] if period else "", columns, rows)


def _caption(element: HtmlElement) -> str:
    """Without the meaning of the marks, which stands in an element of its own."""
    marks = element.find("span[@class='marks']")
    whole = text(element)
    return whole.removesuffix(text(marks)).strip() if marks is not None else whole
