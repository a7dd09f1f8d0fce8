"""The paragraphs of a page that tell figures, each with what stands above it: its headings, and the
table that it shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from openresponse.language import ENDS, FOREIGN, SOURCE, unmarked
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
UNMARKED = ("h1", "title", "desc")  # hold no other elements, or are written by the engine
TABLE = re.compile(r"data/latest/(\w+)\.csv")


@dataclass(frozen=True)
class Block:
    """text: what it says, with marks around what is in English on a page of another language.

    context: the headings it stands under, the nearest last, what its links aim at on the page, and
    the id of its section. table: the one whose file is offered beside it, where there is one.
    markable: whether HTML could say that a part of it is in another language.
    """

    text: str
    context: tuple[str, ...]
    table: str | None
    markable: bool = True


def blocks(page: Page) -> Iterator[Block]:
    """Every paragraph of the main part, the pictures' descriptions, and the description of the
    page; not its tables.
    """
    for element in page.root.iterfind("head/meta[@name='description']"):
        yield Block(element.get("content") or "", (), None, markable=False)
    main = next(iter(page.root.iter("main")), None)
    headings: list[str] = []
    for element in main.iter(*BLOCKS) if main is not None else ():
        if not _is_prose(element):
            continue
        text = _text(element, page)
        if element.tag in HEADINGS:
            level = int(element.tag[1])
            headings = [*headings[: level - 1], *[""] * (level - 1 - len(headings)), text]
        if text:
            yield _block(element, text, headings, page)


def _is_prose(element: HtmlElement) -> bool:
    return not any(
        one.tag in NO_PROSE or NO_FIGURES & set((one.get("class") or "").split())
        for one in (element, *element.iterancestors())
    )


def _block(element: HtmlElement, text: str, headings: list[str], page: Page) -> Block:
    aims = [a.get("href") for a in element.iter("a") if (a.get("href") or "").startswith("#")]
    section = next((one for one in element.iterancestors("section") if one.get("id")), None)
    if section is None:
        return Block(text, (*headings, *aims, ""), None, element.tag not in UNMARKED)
    links = [a.get("href") or "" for a in section.iter("a")]
    tables = [match[1] for link in links if (match := TABLE.search(link))]
    if "note" in (element.get("class") or "").split():  # on the figure that stands above it
        text = " ".join([*(_text(p, page) for p in section.iterfind("p[@class='detail']")), text])
    return Block(
        text,
        (*headings, *aims, section.get("id") or ""),
        tables[0] if tables else None,
        element.tag not in UNMARKED,
    )


def _text(element: HtmlElement, page: Page) -> str:
    """The words of an element, with marks around those in English on a page that is not."""
    if page.root.get("lang") == SOURCE:
        return _own(element, "")
    text = _own(element, SOURCE)
    around = (one.get("lang") for one in (element, *element.iterancestors()))
    return _marked(text) if next(filter(None, around), "") == SOURCE else text


def _own(element: HtmlElement, marked: str) -> str:
    """Its words without those of paragraphs within it, and without numbers to call.

    marked: the language that is marked.
    """
    parts = [element.text or ""]
    for part in element:
        skipped = (
            part.tag in (*BLOCKS, *NO_PROSE)
            or not isinstance(part.tag, str)
            or (part.get("href") or "").startswith("tel:")
        )
        inner = "" if skipped else _own(part, marked)
        if marked and part.get("lang") == marked:
            # What it says goes on without a space, as it is read.
            parts[-1] += (_marked(inner) if inner else "") + (part.tail or "")
        else:
            parts += [inner, part.tail or ""]
    return " ".join(" ".join(parts).split())


def _marked(text: str) -> str:
    return f"{FOREIGN}{unmarked(text)}{ENDS}"
