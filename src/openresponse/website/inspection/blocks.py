"""The paragraphs of a page that tell figures, each with what stands above it: its headings, and the
table that it shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from openresponse.website.inspection.page import Page

BLOCKS = (
    "p",
    "li",
    "dd",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figcaption",
    "title",
    "desc",
    "div",
    "section",
    "main",
    "header",
)
NO_PROSE = ("table", "nav", "aside", "dl", "pre", "code", "summary", "script", "style", "text")
NO_FIGURES = {"files", "date"}  # classes of paragraphs that hold links, or a day
HEADINGS = ("h1", "h2", "h3")
TABLE = re.compile(r"data/latest/(\w+)\.csv")


@dataclass(frozen=True)
class Block:
    """text: what it says. context: the headings it stands under, the nearest last, what its links
    aim at on the page, and the id of its section. table: the one whose file is offered beside it,
    where there is one."""

    text: str
    context: tuple[str, ...]
    table: str | None


def blocks(page: Page) -> Iterator[Block]:
    """Every paragraph of the main part, the pictures' descriptions, and the description of the
    page; not its tables.
    """
    for element in page.root.iterfind("head/meta[@name='description']"):
        yield Block(element.get("content") or "", (), None)
    main = next(iter(page.root.iter("main")), None)
    if main is None:
        return
    headings: list[str] = []
    for element in main.iter(*BLOCKS):
        if any(
            e.tag in NO_PROSE or NO_FIGURES & set((e.get("class") or "").split())
            for e in (element, *element.iterancestors())
        ):
            continue
        text = _own(element)
        if element.tag in HEADINGS:
            level = int(element.tag[1])
            headings = [*headings[: level - 1], *[""] * (level - 1 - len(headings)), text]
        if text:
            aims = [
                a.get("href") for a in element.iter("a") if (a.get("href") or "").startswith("#")
            ]
            section = next((e for e in element.iterancestors("section") if e.get("id")), None)
            links = [a.get("href") or "" for a in section.iter("a")] if section is not None else []
            tables = [found[1] for link in links if (found := TABLE.search(link))]
            if (
                "note" in (element.get("class") or "").split() and section is not None
            ):  # it tells of the figure that stands above it
                text = " ".join([*(_own(p) for p in section.iterfind("p[@class='detail']")), text])
            yield Block(
                text,
                (*headings, *aims, section.get("id") if section is not None else ""),
                tables[0] if tables else None,
            )


def _own(element: HtmlElement) -> str:
    """Its words without those of paragraphs within it, and without numbers to call."""
    parts = [element.text or ""]
    for part in element:
        inner = (
            ""
            if part.tag in (*BLOCKS, *NO_PROSE)
            or not isinstance(part.tag, str)
            or (part.get("href") or "").startswith("tel:")
            else _own(part)
        )
        parts += [inner, part.tail or ""]
    return " ".join(" ".join(parts).split())
